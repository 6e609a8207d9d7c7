/** A camera in the scene frame: where it is and what it turns about. Metres. */
export interface CameraPose {
  readonly eye: readonly [number, number, number];
  readonly target: readonly [number, number, number];
}

export interface SceneBox {
  readonly min: readonly [number, number, number];
  readonly max: readonly [number, number, number];
}

export interface FitOptions {
  /** Degrees clockwise from north, from the target to the eye. */
  readonly fromDeg: number;
  readonly elevationDeg: number;
  /** Vertical field of view. */
  readonly fovDeg: number;
  /** Width over height of the canvas. */
  readonly aspect: number;
}

const RADIANS = Math.PI / 180;
/** The boxes fill this share of the canvas in the tighter direction: panels may lie over its margins. */
const FILL = 0.86;

/**
 * The nearest pose in the direction asked for that sees all boxes, centred. Exact: each side of the frustum touches one
 * corner or leaves room. Null without a finite box.
 *
 * @param boxes six numbers a box, scene frame
 */
export function fitBoxes(boxes: readonly ArrayLike<number>[], options: FitOptions): CameraPose | null {
  const { fromDeg, elevationDeg, fovDeg, aspect } = options;
  const cosUp = Math.cos(elevationDeg * RADIANS);
  const back: Vec3 = [
    Math.sin(fromDeg * RADIANS) * cosUp,
    Math.sin(elevationDeg * RADIANS),
    -Math.cos(fromDeg * RADIANS) * cosUp,
  ];
  const right: Vec3 = [-Math.cos(fromDeg * RADIANS), 0, -Math.sin(fromDeg * RADIANS)];
  const up = cross(back, right);
  const tanY = Math.tan((fovDeg / 2) * RADIANS) * FILL;
  const tanX = tanY * aspect;
  const across = createSpan();
  const along = createSpan();
  let nearest = Number.NEGATIVE_INFINITY;
  let furthest = Number.POSITIVE_INFINITY;
  for (const corner of cornersOf(boxes)) {
    const depth = dot(corner, back);
    nearest = Math.max(nearest, depth);
    furthest = Math.min(furthest, depth);
    grow(across, dot(corner, right), depth * tanX);
    grow(along, dot(corner, up), depth * tanY);
  }
  if (!Number.isFinite(nearest)) return null;
  const eyeBack = Math.max(
    (across.high - across.low) / (2 * tanX),
    (along.high - along.low) / (2 * tanY),
    nearest + 0.5,
  );
  const eye = compose(back, right, up, [
    eyeBack,
    (across.high + across.low) / 2,
    (along.high + along.low) / 2,
  ]);
  const away = eyeBack - (nearest + furthest) / 2;
  return { eye, target: [eye[0] - back[0] * away, eye[1] - back[1] * away, eye[2] - back[2] * away] };
}

type Vec3 = readonly [number, number, number];

/** Where lines through corners along the sides of the frustum cross the plane through the origin. */
interface Span {
  high: number;
  low: number;
}

function createSpan(): Span {
  return { high: Number.NEGATIVE_INFINITY, low: Number.POSITIVE_INFINITY };
}

function grow(span: Span, place: number, spread: number): void {
  span.high = Math.max(span.high, place + spread);
  span.low = Math.min(span.low, place - spread);
}

function* cornersOf(boxes: readonly ArrayLike<number>[]): Iterable<Vec3> {
  for (const box of boxes)
    for (let i = 0; i + 5 < box.length; i += 6) {
      if (!Number.isFinite(box[i])) continue;
      for (let corner = 0; corner < 8; corner++)
        yield [0, 1, 2].map((axis) => box[i + axis + ((corner >> axis) & 1) * 3] ?? 0) as unknown as Vec3;
    }
}

function compose(a: Vec3, b: Vec3, c: Vec3, [x, y, z]: Vec3): [number, number, number] {
  return [a[0] * x + b[0] * y + c[0] * z, a[1] * x + b[1] * y + c[1] * z, a[2] * x + b[2] * y + c[2] * z];
}

/** Between two poses, `t` from 0 to 1: the target moves straight, the eye swings about it so that it never dives through. */
export function blendPoses(from: CameraPose, to: CameraPose, t: number): CameraPose {
  const target = lerp(from.target, to.target, t);
  const a = toSphere(from);
  const b = toSphere(to);
  let turn = b.azimuth - a.azimuth;
  turn -= Math.round(turn / (2 * Math.PI)) * 2 * Math.PI;
  const azimuth = a.azimuth + turn * t;
  const elevation = a.elevation + (b.elevation - a.elevation) * t;
  const distance = Math.exp(Math.log(a.distance) * (1 - t) + Math.log(b.distance) * t);
  const flat = Math.cos(elevation) * distance;
  return {
    target,
    eye: [
      target[0] + Math.sin(azimuth) * flat,
      target[1] + Math.sin(elevation) * distance,
      target[2] + Math.cos(azimuth) * flat,
    ],
  };
}

/** Slow at both ends. */
export function easeInOut(t: number): number {
  return t < 0.5 ? 4 * t ** 3 : 1 - (-2 * t + 2) ** 3 / 2;
}

function toSphere({ eye, target }: CameraPose) {
  const [x, y, z] = [eye[0] - target[0], eye[1] - target[1], eye[2] - target[2]];
  const distance = Math.max(1e-6, Math.hypot(x, y, z));
  return { azimuth: Math.atan2(x, z), elevation: Math.asin(y / distance), distance };
}

function lerp(
  a: readonly [number, number, number],
  b: readonly [number, number, number],
  t: number,
): [number, number, number] {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

function dot(a: readonly [number, number, number], b: readonly [number, number, number]): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(
  a: readonly [number, number, number],
  b: readonly [number, number, number],
): [number, number, number] {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** Half the diagonal; never 0. */
export function radiusOf(box: SceneBox): number {
  return Math.hypot(...[0, 1, 2].map((axis) => (box.max[axis] ?? 0) - (box.min[axis] ?? 0))) / 2 || 1;
}
