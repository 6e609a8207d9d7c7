/** Lines in metres of a local plane: interleaved x, y; `tag` says what kind of line it is. */
export interface PlaneLine {
  readonly points: Float64Array;
  readonly tag: number;
}

/** Nodes and straight undirected edges of lines that were cut wherever they meet. */
export interface PlanarGraph {
  readonly nodeX: Float64Array;
  readonly nodeY: Float64Array;
  readonly edgeFrom: Uint32Array;
  readonly edgeTo: Uint32Array;
  /** Tag of the line that the edge is a piece of. */
  readonly edgeTag: Uint8Array;
  /** Metres. */
  readonly edgeLength: Float64Array;
}

export interface PlanarOptions {
  /** An end this near to another line is joined to it, metres. */
  readonly joinWithin: number;
  /** An end that touches nothing goes straight on for at most this many metres to meet a line; 0 never. */
  readonly reach: number;
}

const CELL = 120;
/** Points this near are the same node, metres. */
const SAME = 1;

interface Segment {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
  readonly tag: number;
  readonly line: number;
  /** Shares along it where it is cut. */
  readonly cuts: number[];
}

/** Cuts lines at every crossing and touch and joins loose ends; the level at which a road crosses is not known and not asked. */
export function planarGraph(lines: readonly PlaneLine[], options: PlanarOptions): PlanarGraph {
  const segments = segmentsOf(lines);
  const grid = new SegmentGrid(segments);
  for (const link of linksOfLooseEnds(lines, segments, grid, options)) {
    segments.push(link);
    grid.add(segments.length - 1);
  }
  grid.eachPair((a, b) => cutWhereTheyMeet(segments[a]!, segments[b]!));
  return assemble(segments);
}

function segmentsOf(lines: readonly PlaneLine[]): Segment[] {
  const segments: Segment[] = [];
  for (const [line, { points, tag }] of lines.entries())
    for (let i = 2; i + 1 < points.length; i += 2) {
      const [ax, ay, bx, by] = [points[i - 2]!, points[i - 1]!, points[i]!, points[i + 1]!];
      if (Math.hypot(bx - ax, by - ay) > 1e-6) segments.push({ ax, ay, bx, by, tag, line, cuts: [] });
    }
  return segments;
}

/** Segments by the square cells that their boxes cover. */
class SegmentGrid {
  readonly #segments: readonly Segment[];
  readonly #cells = new Map<number, number[]>();

  constructor(segments: readonly Segment[]) {
    this.#segments = segments;
    for (let i = 0; i < segments.length; i++) this.add(i);
  }

  add(index: number): void {
    const { ax, ay, bx, by } = this.#segments[index]!;
    this.#eachCell(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by), (key) => {
      const cell = this.#cells.get(key);
      if (cell) cell.push(index);
      else this.#cells.set(key, [index]);
    });
  }

  near(x: number, y: number, radius: number): Set<number> {
    const found = new Set<number>();
    this.#eachCell(x - radius, y - radius, x + radius, y + radius, (key) => {
      for (const index of this.#cells.get(key) ?? []) found.add(index);
    });
    return found;
  }

  eachPair(visit: (a: number, b: number) => void): void {
    const seen = new Set<number>();
    const count = this.#segments.length;
    for (const cell of this.#cells.values())
      for (let i = 0; i < cell.length; i++)
        for (let j = i + 1; j < cell.length; j++) {
          const key = cell[i]! * count + cell[j]!;
          if (seen.has(key)) continue;
          seen.add(key);
          visit(cell[i]!, cell[j]!);
        }
  }

  #eachCell(minX: number, minY: number, maxX: number, maxY: number, visit: (key: number) => void): void {
    for (let row = Math.floor((minY - SAME) / CELL); row <= Math.floor((maxY + SAME) / CELL); row++)
      for (
        let column = Math.floor((minX - SAME) / CELL);
        column <= Math.floor((maxX + SAME) / CELL);
        column++
      )
        visit((row + 0x8000) * 0x10000 + column + 0x8000);
  }
}

/** Short segments from loose ends of lines to what they nearly touch, or to what lies straight ahead. */
function linksOfLooseEnds(
  lines: readonly PlaneLine[],
  segments: readonly Segment[],
  grid: SegmentGrid,
  { joinWithin, reach }: PlanarOptions,
): Segment[] {
  const links: Segment[] = [];
  for (const [line, { points, tag }] of lines.entries()) {
    const last = points.length - 2;
    if (last < 2) continue;
    for (const [at, before] of [
      [0, 2],
      [last, last - 2],
    ] as const) {
      const [x, y] = [points[at]!, points[at + 1]!];
      const end = { x, y, line, dx: x - points[before]!, dy: y - points[before + 1]! };
      const meeting =
        nearestTouch(end, segments, grid, joinWithin) ?? straightAhead(end, segments, grid, reach);
      if (meeting === null || meeting.distance <= SAME) continue;
      links.push({ ax: x, ay: y, bx: meeting.x, by: meeting.y, tag, line, cuts: [] });
    }
  }
  return links;
}

interface LooseEnd {
  readonly x: number;
  readonly y: number;
  readonly line: number;
  readonly dx: number;
  readonly dy: number;
}

interface Meeting {
  readonly x: number;
  readonly y: number;
  readonly distance: number;
}

function nearestTouch(
  { x, y, line }: LooseEnd,
  segments: readonly Segment[],
  grid: SegmentGrid,
  within: number,
): Meeting | null {
  let best: Meeting | null = null;
  for (const index of grid.near(x, y, within)) {
    const segment = segments[index]!;
    if (segment.line === line) continue;
    const t = shareAlong(segment, x, y);
    const [px, py] = pointAt(segment, t);
    const distance = Math.hypot(px - x, py - y);
    if (distance <= within && (best === null || distance < best.distance)) best = { x: px, y: py, distance };
  }
  return best;
}

function straightAhead(
  { x, y, line, dx, dy }: LooseEnd,
  segments: readonly Segment[],
  grid: SegmentGrid,
  reach: number,
): Meeting | null {
  const length = Math.hypot(dx, dy);
  if (reach <= 0 || length === 0) return null;
  const [ux, uy] = [dx / length, dy / length];
  let best: Meeting | null = null;
  for (const index of grid.near(x + (ux * reach) / 2, y + (uy * reach) / 2, reach / 2)) {
    const { ax, ay, bx, by, line: other } = segments[index]!;
    if (other === line) continue;
    const cross = ux * (by - ay) - uy * (bx - ax);
    if (Math.abs(cross) < 1e-9) continue;
    const along = ((ax - x) * (by - ay) - (ay - y) * (bx - ax)) / cross;
    const share = ((ax - x) * uy - (ay - y) * ux) / cross;
    if (along <= 0 || along > reach || share < 0 || share > 1) continue;
    if (best === null || along < best.distance)
      best = { x: x + ux * along, y: y + uy * along, distance: along };
  }
  return best;
}

function cutWhereTheyMeet(a: Segment, b: Segment): void {
  touch(a, b.ax, b.ay);
  touch(a, b.bx, b.by);
  touch(b, a.ax, a.ay);
  touch(b, a.bx, a.by);
  const cross = (a.bx - a.ax) * (b.by - b.ay) - (a.by - a.ay) * (b.bx - b.ax);
  if (Math.abs(cross) < 1e-9) return;
  const shareA = ((b.ax - a.ax) * (b.by - b.ay) - (b.ay - a.ay) * (b.bx - b.ax)) / cross;
  const shareB = ((b.ax - a.ax) * (a.by - a.ay) - (b.ay - a.ay) * (a.bx - a.ax)) / cross;
  if (shareA <= 0 || shareA >= 1 || shareB <= 0 || shareB >= 1) return;
  a.cuts.push(shareA);
  b.cuts.push(shareB);
}

/** Cuts a segment where a point of another lies on it. */
function touch(segment: Segment, x: number, y: number): void {
  const t = shareAlong(segment, x, y);
  if (t <= 0 || t >= 1) return;
  const [px, py] = pointAt(segment, t);
  if (Math.hypot(px - x, py - y) <= SAME) segment.cuts.push(t);
}

function shareAlong({ ax, ay, bx, by }: Segment, x: number, y: number): number {
  const squared = (bx - ax) ** 2 + (by - ay) ** 2;
  return Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / squared));
}

const pointAt = ({ ax, ay, bx, by }: Segment, t: number): readonly [number, number] => [
  ax + (bx - ax) * t,
  ay + (by - ay) * t,
];

/** Points by cells twice as wide as they may be apart: the first that came near is the node. */
class NodeSet {
  readonly x: number[] = [];
  readonly y: number[] = [];
  readonly #cells = new Map<number, number[]>();

  at(x: number, y: number): number {
    const [column, row] = [Math.floor(x / (2 * SAME)), Math.floor(y / (2 * SAME))];
    for (let r = row - 1; r <= row + 1; r++)
      for (let c = column - 1; c <= column + 1; c++)
        for (const node of this.#cells.get(cellKey(c, r)) ?? [])
          if (Math.hypot(this.x[node]! - x, this.y[node]! - y) <= SAME) return node;
    const node = this.x.push(x) - 1;
    this.y.push(y);
    const key = cellKey(column, row);
    const cell = this.#cells.get(key);
    if (cell) cell.push(node);
    else this.#cells.set(key, [node]);
    return node;
  }
}

const cellKey = (column: number, row: number): number => (row + 0x200000) * 0x400000 + column + 0x200000;

function assemble(segments: readonly Segment[]): PlanarGraph {
  const nodes = new NodeSet();
  const from: number[] = [];
  const to: number[] = [];
  const tags: number[] = [];
  const seen = new Set<number>();
  for (const segment of segments) {
    let before = nodes.at(segment.ax, segment.ay);
    for (const t of [...segment.cuts.sort((a, b) => a - b), 1]) {
      const node = nodes.at(...pointAt(segment, t));
      if (node === before) continue;
      const key = Math.min(before, node) * 0x4000000 + Math.max(before, node);
      if (!seen.has(key)) {
        seen.add(key);
        from.push(before);
        to.push(node);
        tags.push(segment.tag);
      }
      before = node;
    }
  }
  const nodeX = Float64Array.from(nodes.x);
  const nodeY = Float64Array.from(nodes.y);
  return {
    nodeX,
    nodeY,
    edgeFrom: Uint32Array.from(from),
    edgeTo: Uint32Array.from(to),
    edgeTag: Uint8Array.from(tags),
    edgeLength: Float64Array.from(from, (a, i) =>
      Math.hypot(nodeX[to[i]!]! - nodeX[a]!, nodeY[to[i]!]! - nodeY[a]!),
    ),
  };
}
