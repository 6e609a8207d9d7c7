/**
 * The convex hull of points in a plane (Andrew's monotone chain), counter-clockwise, open; fewer than three corners where
 * all points lie on a line.
 *
 * @param points pairs, x and y
 */
export function convexHull(points: ArrayLike<number>): (readonly [number, number])[] {
  const sorted = Array.from(
    { length: points.length >> 1 },
    (_, i) => [points[i * 2]!, points[i * 2 + 1]!] as const,
  )
    .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (sorted.length < 3) return sorted;
  const lower = chain(sorted);
  const upper = chain(sorted.reverse());
  return [...lower.slice(0, -1), ...upper.slice(0, -1)];
}

function chain(sorted: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const hull: (readonly [number, number])[] = [];
  for (const point of sorted) {
    while (hull.length > 1 && turnsRight(hull.at(-2)!, hull.at(-1)!, point)) hull.pop();
    hull.push(point);
  }
  return hull;
}

type Pair = readonly [number, number];

function turnsRight(a: Pair, b: Pair, c: Pair): boolean {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) <= 0;
}
