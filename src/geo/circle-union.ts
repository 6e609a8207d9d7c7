/** Metres on a flat ground. */
export interface FlatCircle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

type Point = readonly [x: number, y: number];

/** Samples along the smallest circle's radius, and along the longer side of what hangs together at most. */
const STEPS_PER_RADIUS = 8;
const MAX_STEPS = 320;

/**
 * Outlines of what circles cover together: open rings in metres, counter-clockwise, none overlapping another. Gaps that are
 * closed in on all sides are filled. By marching squares over the depth inside the nearest circle: off by at most `tolerance`
 * metres and a sixteenth of the smallest radius, more only where what hangs together is over 40 times as wide as that radius.
 */
export function outlineOfCircles(
  circles: readonly FlatCircle[],
  tolerance: number,
): readonly (readonly Point[])[] {
  return clustersOfCircles(circles).flatMap((cluster) =>
    new DepthGrid(cluster)
      .rings()
      .filter((ring) => signedArea(ring) > 0)
      .map((ring) => simplify(ring, tolerance))
      .filter((ring) => ring.length >= 3),
  );
}

/** Circles that reach one another, directly or through others: as many clusters, as many outlines. */
export function clustersOfCircles(circles: readonly FlatCircle[]): readonly (readonly FlatCircle[])[] {
  const left = new Set(circles);
  const found: FlatCircle[][] = [];
  for (const start of left) {
    left.delete(start);
    const cluster = [start];
    for (const one of cluster)
      for (const other of left) {
        if (Math.hypot(one.x - other.x, one.y - other.y) > one.radius + other.radius) continue;
        left.delete(other);
        cluster.push(other);
      }
    found.push(cluster);
  }
  return found;
}

/** Depth inside the circle that holds a point deepest, at the corners of square cells; negative outside. */
class DepthGrid {
  readonly #west: number;
  readonly #south: number;
  readonly #step: number;
  readonly #columns: number;
  readonly #rows: number;
  readonly #depths: Float64Array;

  constructor(circles: readonly FlatCircle[]) {
    const smallest = Math.min(...circles.map(({ radius }) => radius));
    const west = Math.min(...circles.map(({ x, radius }) => x - radius));
    const south = Math.min(...circles.map(({ y, radius }) => y - radius));
    const east = Math.max(...circles.map(({ x, radius }) => x + radius));
    const north = Math.max(...circles.map(({ y, radius }) => y + radius));
    this.#step = Math.max(smallest / STEPS_PER_RADIUS, Math.max(east - west, north - south) / MAX_STEPS);
    this.#west = west - 1.5 * this.#step;
    this.#south = south - 1.5 * this.#step;
    this.#columns = Math.ceil((east - this.#west) / this.#step) + 2;
    this.#rows = Math.ceil((north - this.#south) / this.#step) + 2;
    this.#depths = new Float64Array(this.#columns * this.#rows).fill(-this.#step);
    for (const circle of circles) this.#add(circle);
  }

  /** Rings with the covered side on their left: outlines counter-clockwise, gaps clockwise. */
  rings(): readonly (readonly Point[])[] {
    const next = this.#edges();
    const rings: Point[][] = [];
    for (const start of next.keys()) {
      if (!next.has(start)) continue;
      const ring: Point[] = [];
      for (let at: number | undefined = start; at !== undefined; ) {
        ring.push(this.#crossing(at));
        const to: number | undefined = next.get(at);
        next.delete(at);
        at = to !== undefined && next.has(to) ? to : undefined;
      }
      rings.push(ring);
    }
    return rings;
  }

  #add({ x, y, radius }: FlatCircle): void {
    const reach = radius + this.#step;
    const fromColumn = Math.max(0, Math.floor((x - reach - this.#west) / this.#step));
    const toColumn = Math.min(this.#columns - 1, Math.ceil((x + reach - this.#west) / this.#step));
    const fromRow = Math.max(0, Math.floor((y - reach - this.#south) / this.#step));
    const toRow = Math.min(this.#rows - 1, Math.ceil((y + reach - this.#south) / this.#step));
    const depths = this.#depths;
    for (let row = fromRow; row <= toRow; row++)
      for (let column = fromColumn; column <= toColumn; column++) {
        const offX = this.#west + column * this.#step - x;
        const offY = this.#south + row * this.#step - y;
        const at = row * this.#columns + column;
        depths[at] = Math.max(depths[at]!, radius - Math.hypot(offX, offY));
      }
  }

  /** Where the outline goes from each edge of the cells that it crosses. An edge is its first corner twice, plus one upright. */
  #edges(): Map<number, number> {
    const next = new Map<number, number>();
    const columns = this.#columns;
    const isIn = Uint8Array.from(this.#depths, (depth) => Number(depth >= 0));
    for (let row = 0; row + 1 < this.#rows; row++)
      for (let column = 0; column + 1 < columns; column++) {
        const corner = row * columns + column;
        const above = corner + columns;
        const code = isIn[corner]! + 2 * isIn[corner + 1]! + 4 * isIn[above + 1]! + 8 * isIn[above]!;
        if (code === 0 || code === 15) continue;
        const edges = { B: 2 * corner, R: 2 * (corner + 1) + 1, T: 2 * above, L: 2 * corner + 1 };
        for (const [from, to] of STEPS[code]!) next.set(edges[from], edges[to]);
      }
    return next;
  }

  #crossing(edge: number): Point {
    const from = edge >> 1;
    const to = edge % 2 === 0 ? from + 1 : from + this.#columns;
    const [a, b] = [this.#depths[from]!, this.#depths[to]!];
    const share = a / (a - b);
    const [x, y] = this.#corner(from % this.#columns, Math.floor(from / this.#columns));
    return edge % 2 === 0 ? [x + share * this.#step, y] : [x, y + share * this.#step];
  }

  #corner(column: number, row: number): Point {
    return [this.#west + column * this.#step, this.#south + row * this.#step];
  }
}

type Edge = "B" | "R" | "T" | "L";

/** By which corners are covered (1 south-west, 2 south-east, 4 north-east, 8 north-west): ways through the cell, covered side on the left. */
const STEPS: readonly (readonly (readonly [Edge, Edge])[])[] = [
  [],
  [["B", "L"]],
  [["R", "B"]],
  [["R", "L"]],
  [["T", "R"]],
  [
    ["B", "L"],
    ["T", "R"],
  ],
  [["T", "B"]],
  [["T", "L"]],
  [["L", "T"]],
  [["B", "T"]],
  [
    ["R", "B"],
    ["L", "T"],
  ],
  [["R", "T"]],
  [["L", "R"]],
  [["B", "R"]],
  [["L", "B"]],
  [],
];

function signedArea(ring: readonly Point[]): number {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!;
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

/** Douglas and Peucker's simplification of a ring, in two halves from the corner that lies farthest from the first. */
function simplify(ring: readonly Point[], tolerance: number): readonly Point[] {
  const [first] = ring;
  const far = ring.reduce(
    (best, point, i) => (distance(point, first!) > distance(ring[best]!, first!) ? i : best),
    0,
  );
  const there = thin(ring.slice(0, far + 1), tolerance);
  const back = thin([...ring.slice(far), first!], tolerance);
  return [...there, ...back.slice(1, -1)];
}

function thin(line: readonly Point[], tolerance: number): readonly Point[] {
  if (line.length < 3) return line;
  const [a, b] = [line[0]!, line.at(-1)!];
  let [worst, at] = [0, 0];
  for (let i = 1; i + 1 < line.length; i++) {
    const off = distanceToLine(line[i]!, a, b);
    if (off > worst) [worst, at] = [off, i];
  }
  if (worst <= tolerance) return [a, b];
  return [...thin(line.slice(0, at + 1), tolerance), ...thin(line.slice(at), tolerance).slice(1)];
}

function distanceToLine([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const length = Math.hypot(bx - ax, by - ay);
  if (length === 0) return Math.hypot(x - ax, y - ay);
  return Math.abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length;
}

function distance([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot(ax - bx, ay - by);
}
