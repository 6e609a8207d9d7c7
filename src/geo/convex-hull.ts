/**
 * The convex hull of points in a plane (Andrew's monotone chain), counter-clockwise, open; fewer than three corners where
 * all points lie on a line.
 *
 * @param points pairs, x and y
 */
export function convexHull(points: ArrayLike<number>): (readonly [number, number])[] {
  const sorted = notSurelyInside(points).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (sorted.length < 3) return sorted;
  const lower = chain(sorted);
  const upper = chain(sorted.reverse());
  return [...lower.slice(0, -1), ...upper.slice(0, -1)];
}

/** Fewer are sorted as they are. */
const MANY = 64;

/**
 * The finite points without those that lie inside the octagon of the outermost ones in eight directions (Akl and Toussaint):
 * no corner is among them, and they are nearly all of the corners of a building's elements.
 */
function notSurelyInside(points: ArrayLike<number>): Pair[] {
  const kept: Pair[] = [];
  const ring = points.length > 2 * MANY ? octagon(points) : [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [points[i]!, points[i + 1]!];
    if (Number.isFinite(x) && Number.isFinite(y) && !isInside(ring, x, y)) kept.push([x, y]);
  }
  return kept;
}

const DIRECTIONS = [
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
] as const;

function octagon(points: ArrayLike<number>): Pair[] {
  return DIRECTIONS.map(([dx, dy]) => {
    let most = -Infinity;
    let found: Pair = [Number.NaN, Number.NaN];
    for (let i = 0; i + 1 < points.length; i += 2) {
      const [x, y] = [points[i]!, points[i + 1]!];
      if (!(x * dx + y * dy > most) || !Number.isFinite(x) || !Number.isFinite(y)) continue;
      most = x * dx + y * dy;
      found = [x, y];
    }
    return found;
  });
}

/** Strictly, and not within rounding of the edge. */
function isInside(ring: readonly Pair[], x: number, y: number): boolean {
  let edges = 0;
  for (let i = 0; i < ring.length; i++) {
    const [ax, ay] = ring[i]!;
    const [bx, by] = ring[(i + 1) % ring.length]!;
    const [ux, uy] = [bx - ax, by - ay];
    if (ux === 0 && uy === 0) continue;
    edges++;
    const cross = ux * (y - ay) - uy * (x - ax);
    if (!(cross > 1e-9 * (Math.abs(ux) + Math.abs(uy)) * (Math.abs(x) + Math.abs(y) + 1))) return false;
  }
  return edges > 0;
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
