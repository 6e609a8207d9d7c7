import type { RingDeg } from "./polygon.ts";

function turn(a: readonly number[], b: readonly number[], c: readonly number[]): number {
  const [ax = 0, ay = 0] = a;
  const [bx = 0, by = 0] = b;
  const [cx = 0, cy = 0] = c;
  return Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
}

function liesWithin(a: readonly number[], b: readonly number[], p: readonly number[]): boolean {
  return [0, 1].every((axis) => {
    const [from = 0, to = 0, at = 0] = [a[axis], b[axis], p[axis]];
    return at >= Math.min(from, to) && at <= Math.max(from, to);
  });
}

/** Whether two closed segments have a point in common; collinear ones count when they overlap or touch. */
export function segmentsMeet(
  a: readonly number[],
  b: readonly number[],
  c: readonly number[],
  d: readonly number[],
): boolean {
  const [abc, abd, cda, cdb] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (abc * abd < 0 && cda * cdb < 0) return true;
  return (
    (abc === 0 && liesWithin(a, b, c)) ||
    (abd === 0 && liesWithin(a, b, d)) ||
    (cda === 0 && liesWithin(c, d, a)) ||
    (cdb === 0 && liesWithin(c, d, b))
  );
}

/**
 * Whether an outline crosses or touches itself: no two edges meet but neighbours at their corner, and no neighbours turn
 * back on each other. `isClosed` takes the edge from the last corner to the first as well. The ring is open (the last
 * corner is not the first). Plane geometry in degrees: right for rings of a city.
 */
export function ringMeetsItself(ring: RingDeg, isClosed: boolean): boolean {
  const edges = isClosed && ring.length > 2 ? ring.length : ring.length - 1;
  const at = (k: number): readonly number[] => ring[k % ring.length] ?? [];
  for (let i = 0; i < edges; i++) {
    if (i + 1 < edges || edges === ring.length) {
      const [before, corner, after] = [at(i), at(i + 1), at(i + 2)];
      if (edges > 1 && turn(before, corner, after) === 0 && !isStraightOn(before, corner, after)) return true;
    }
    for (let j = i + 2; j < edges; j++) {
      const areNeighbours = edges === ring.length && i === 0 && j === edges - 1;
      if (!areNeighbours && segmentsMeet(at(i), at(i + 1), at(j), at(j + 1))) return true;
    }
  }
  return false;
}

function isStraightOn(
  before: readonly number[],
  corner: readonly number[],
  after: readonly number[],
): boolean {
  const [bx = 0, by = 0] = before;
  const [cx = 0, cy = 0] = corner;
  const [ax = 0, ay = 0] = after;
  return (cx - bx) * (ax - cx) + (cy - by) * (ay - cy) > 0;
}
