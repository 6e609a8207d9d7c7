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
/** The box fills this share of the canvas in the tighter direction. */
const FILL = 0.86;

/** The nearest pose in the direction asked for from which all corners of the box are inside the picture. */
export function fitBox(box: SceneBox, options: FitOptions): CameraPose {
  const { fromDeg, elevationDeg, fovDeg, aspect } = options;
  const cosUp = Math.cos(elevationDeg * RADIANS);
  const back = [
    Math.sin(fromDeg * RADIANS) * cosUp,
    Math.sin(elevationDeg * RADIANS),
    -Math.cos(fromDeg * RADIANS) * cosUp,
  ] as const;
  const right = [Math.cos(fromDeg * RADIANS) * -1, 0, -Math.sin(fromDeg * RADIANS)] as const;
  const up = cross(back, right);
  const target = [0, 1, 2].map((axis) => ((box.min[axis] ?? 0) + (box.max[axis] ?? 0)) / 2) as [
    number,
    number,
    number,
  ];
  const tanY = Math.tan((fovDeg / 2) * RADIANS) * FILL;
  const tanX = tanY * aspect;
  let distance = 1;
  for (let corner = 0; corner < 8; corner++) {
    const offset = [0, 1, 2].map(
      (axis) => ((corner >> axis) & 1 ? (box.max[axis] ?? 0) : (box.min[axis] ?? 0)) - (target[axis] ?? 0),
    ) as [number, number, number];
    const depth = dot(offset, back);
    distance = Math.max(
      distance,
      depth + Math.abs(dot(offset, right)) / tanX,
      depth + Math.abs(dot(offset, up)) / tanY,
    );
  }
  return {
    eye: [target[0] + back[0] * distance, target[1] + back[1] * distance, target[2] + back[2] * distance],
    target,
  };
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
