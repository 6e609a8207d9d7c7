import { SHAPE } from "../city/raw-feature.ts";
import type { FeatureSet } from "./feature-set.ts";

/** Whether a shape is at the place: inside an area, or within the tolerance of a line. All in degrees. */
export function isAt(
  set: FeatureSet,
  shape: number,
  longitudeDeg: number,
  latitudeDeg: number,
  toleranceDeg: readonly [number, number],
): boolean {
  const isArea = set.shapeKinds[shape] === SHAPE.area;
  let isInside = false;
  for (let ring = shape === 0 ? 0 : set.shapeEnds[shape - 1]!; ring < set.shapeEnds[shape]!; ring++) {
    const start = ring === 0 ? 0 : set.ringEnds[ring - 1]!;
    const end = set.ringEnds[ring]!;
    if (isArea && crossings(set.xyz, start, end, longitudeDeg, latitudeDeg) % 2 === 1) isInside = !isInside;
    if (!isArea && isNearLine(set.xyz, start, end, longitudeDeg, latitudeDeg, toleranceDeg)) return true;
  }
  return isInside;
}

function crossings(xyz: Float64Array, start: number, end: number, x: number, y: number): number {
  let count = 0;
  for (let i = start, j = end - 1; i < end; j = i++) {
    const [xi, yi, xj, yj] = [xyz[i * 3]!, xyz[i * 3 + 1]!, xyz[j * 3]!, xyz[j * 3 + 1]!];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) count++;
  }
  return count;
}

function isNearLine(
  xyz: Float64Array,
  start: number,
  end: number,
  x: number,
  y: number,
  [toleranceX, toleranceY]: readonly [number, number],
): boolean {
  for (let k = start; k + 1 < end; k++) {
    const [ax, ay] = [(xyz[k * 3]! - x) / toleranceX, (xyz[k * 3 + 1]! - y) / toleranceY];
    const [bx, by] = [(xyz[k * 3 + 3]! - x) / toleranceX, (xyz[k * 3 + 4]! - y) / toleranceY];
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
    if (Math.hypot(ax + along * dx, ay + along * dy) <= 1) return true;
  }
  return false;
}
