import type { TileLayer } from "./tile-layer.ts";

export interface Ray {
  readonly origin: readonly [number, number, number];
  /** Of any length: distances are in its units. */
  readonly direction: readonly [number, number, number];
}

export interface LayerHit {
  readonly feature: number;
  readonly distance: number;
}

/**
 * The nearest triangle that the ray meets, both sides counting. Boxes of features are tried first: on seven thousand
 * elements this is a tenth of the cost of asking every triangle, and needs no tree that storeys would have to rebuild.
 *
 * @param accepts whether a hit counts: false for what a section plane has cut away
 */
export function pickInLayer(
  ray: Ray,
  layer: TileLayer,
  isVisible: (feature: number) => boolean,
  accepts: (distance: number) => boolean,
  nearest: number,
): LayerHit | null {
  let best: LayerHit | null = null;
  let limit = nearest;
  const { boxes, first } = layer;
  for (let f = 0; f + 1 < first.length; f++) {
    if (first[f] === first[f + 1] || !(boxDistance(ray, boxes, f * 6) < limit) || !isVisible(f)) continue;
    const distance = nearestTriangle(ray, layer, first[f] as number, first[f + 1] as number, accepts, limit);
    if (distance === null) continue;
    limit = distance;
    best = { feature: f, distance };
  }
  return best;
}

/** Distance to the nearest triangle of one feature before `limit`; null when there is none. */
export function distanceToFeature(ray: Ray, layer: TileLayer, feature: number, limit: number): number | null {
  if (!(boxDistance(ray, layer.boxes, feature * 6) < limit)) return null;
  const { first } = layer;
  return nearestTriangle(ray, layer, first[feature]!, first[feature + 1]!, () => true, limit);
}

/** Where the ray enters the box (0 from inside); infinity when it misses. */
function boxDistance({ origin, direction }: Ray, boxes: Float32Array, box: number): number {
  let near = 0;
  let far = Number.POSITIVE_INFINITY;
  for (let axis = 0; axis < 3; axis++) {
    const o = origin[axis] as number;
    const d = direction[axis] as number;
    const min = boxes[box + axis] as number;
    const max = boxes[box + 3 + axis] as number;
    if (d === 0) {
      if (o < min || o > max) return Number.POSITIVE_INFINITY;
      continue;
    }
    const a = (min - o) / d;
    const b = (max - o) / d;
    near = Math.max(near, Math.min(a, b));
    far = Math.min(far, Math.max(a, b));
  }
  return near <= far ? near : Number.POSITIVE_INFINITY;
}

function nearestTriangle(
  ray: Ray,
  { positions, index }: TileLayer,
  from: number,
  to: number,
  accepts: (distance: number) => boolean,
  limit: number,
): number | null {
  let best: number | null = null;
  let nearest = limit;
  for (let i = from; i < to; i += 3) {
    const distance = triangleDistance(
      ray,
      positions,
      (index[i] as number) * 3,
      (index[i + 1] as number) * 3,
      (index[i + 2] as number) * 3,
    );
    if (distance === null || distance >= nearest || !accepts(distance)) continue;
    nearest = distance;
    best = distance;
  }
  return best;
}

/** Möller and Trumbore, Fast, Minimum Storage Ray/Triangle Intersection, 1997, both sides. */
function triangleDistance(
  { origin, direction }: Ray,
  p: Float32Array,
  a: number,
  b: number,
  c: number,
): number | null {
  const [dx, dy, dz] = direction;
  const ax = p[a] as number;
  const ay = p[a + 1] as number;
  const az = p[a + 2] as number;
  const ux = (p[b] as number) - ax;
  const uy = (p[b + 1] as number) - ay;
  const uz = (p[b + 2] as number) - az;
  const vx = (p[c] as number) - ax;
  const vy = (p[c + 1] as number) - ay;
  const vz = (p[c + 2] as number) - az;
  const px = dy * vz - dz * vy;
  const py = dz * vx - dx * vz;
  const pz = dx * vy - dy * vx;
  const determinant = ux * px + uy * py + uz * pz;
  if (determinant === 0) return null;
  const tx = origin[0] - ax;
  const ty = origin[1] - ay;
  const tz = origin[2] - az;
  const u = (tx * px + ty * py + tz * pz) / determinant;
  if (u < 0 || u > 1) return null;
  const qx = ty * uz - tz * uy;
  const qy = tz * ux - tx * uz;
  const qz = tx * uy - ty * ux;
  const v = (dx * qx + dy * qy + dz * qz) / determinant;
  if (v < 0 || u + v > 1) return null;
  const distance = (vx * qx + vy * qy + vz * qz) / determinant;
  return distance > 0 ? distance : null;
}
