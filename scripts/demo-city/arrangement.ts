import type { BlockRing } from "./block-ring.ts";
import type { Point } from "./plane.ts";

/** A drawn line that bounds blocks: a road, a bank, a railway, a border of a zone. */
export interface Barrier {
  readonly line: readonly Point[];
  /** How far buildings keep from the line, metres. */
  readonly setback: number;
  /** Number of the street, for addresses; -1 for none. */
  readonly street: number;
}

interface Segment {
  readonly a: Point;
  readonly b: Point;
  readonly barrier: Barrier;
  /** Where other segments cross, 0..1. */
  readonly cuts: number[];
}

const CELL = 250;
const SNAP = 0.6;

/**
 * The areas between crossing lines: every bounded face of the planar arrangement, counter-clockwise, without the
 * dead ends. Lines need not be split where they cross; ends that overshoot are cut away. Groups of lines that touch
 * nothing else are tied to their surroundings by a lane, so that no face has a hole.
 */
export function facesBetween(barriers: readonly Barrier[]): BlockRing[] {
  const lanes = tieIslands(barriers, buildGraph(barriers));
  return buildGraph([...barriers, ...lanes]).faces();
}

const LANE_SETBACK = 5;

function buildGraph(barriers: readonly Barrier[]): Graph {
  const segments = segmentsOf(barriers);
  cutAtCrossings(segments);
  const graph = new Graph();
  for (const segment of segments) {
    const cuts = segment.cuts.sort((a, b) => a - b);
    let before = graph.node(at(segment, cuts[0]!));
    for (const t of cuts.slice(1)) {
      const node = graph.node(at(segment, t));
      graph.connect(before, node, segment.barrier);
      before = node;
    }
  }
  graph.prune();
  return graph;
}

function segmentsOf(barriers: readonly Barrier[]): Segment[] {
  return barriers.flatMap((barrier) =>
    barrier.line.slice(1).map((b, i): Segment => ({ a: barrier.line[i]!, b, barrier, cuts: [0, 1] })),
  );
}

/** A lane due east from each separate group of lines to the next line that it meets. */
function tieIslands(barriers: readonly Barrier[], graph: Graph): Barrier[] {
  const segments = segmentsOf(barriers);
  return graph.easternmostOfIslands().flatMap(([x, y]): Barrier[] => {
    const meetings = segments.flatMap(({ a, b }) => {
      if (a[1] > y === b[1] > y) return [];
      const meeting = a[0] + ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]);
      return meeting > x + SNAP ? [meeting] : [];
    });
    if (meetings.length === 0) return [];
    const line: Point[] = [
      [x, y],
      [meetings.reduce((nearest, meeting) => Math.min(nearest, meeting)) + 1, y],
    ];
    return [{ line, setback: LANE_SETBACK, street: -1 }];
  });
}

const at = ({ a, b }: Segment, t: number): Point => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];

function cutAtCrossings(segments: readonly Segment[]): void {
  const cells = new Map<number, number[]>();
  segments.forEach((segment, i) => {
    const [x0, x1] = sorted(Math.floor(segment.a[0] / CELL), Math.floor(segment.b[0] / CELL));
    const [y0, y1] = sorted(Math.floor(segment.a[1] / CELL), Math.floor(segment.b[1] / CELL));
    for (let x = x0; x <= x1; x++)
      for (let y = y0; y <= y1; y++) {
        const key = x * 100_003 + y;
        const list = cells.get(key);
        if (list) list.push(i);
        else cells.set(key, [i]);
      }
  });
  const done = new Set<number>();
  for (const list of cells.values())
    for (let m = 0; m < list.length; m++)
      for (let n = m + 1; n < list.length; n++) {
        const key = list[m]! * segments.length + list[n]!;
        if (done.has(key)) continue;
        done.add(key);
        cross(segments[list[m]!]!, segments[list[n]!]!);
      }
}

function cross(s: Segment, t: Segment): void {
  const dx = s.b[0] - s.a[0];
  const dy = s.b[1] - s.a[1];
  const ex = t.b[0] - t.a[0];
  const ey = t.b[1] - t.a[1];
  const denominator = dx * ey - dy * ex;
  if (Math.abs(denominator) < 1e-6) return;
  const ox = t.a[0] - s.a[0];
  const oy = t.a[1] - s.a[1];
  const u = (ox * ey - oy * ex) / denominator;
  const v = (ox * dy - oy * dx) / denominator;
  const du = SNAP / Math.hypot(dx, dy);
  const dv = SNAP / Math.hypot(ex, ey);
  if (u < -du || u > 1 + du || v < -dv || v > 1 + dv) return;
  s.cuts.push(Math.max(0, Math.min(1, u)));
  t.cuts.push(Math.max(0, Math.min(1, v)));
}

const sorted = (a: number, b: number): [number, number] => (a < b ? [a, b] : [b, a]);

class Graph {
  readonly #points: Point[] = [];
  readonly #cells = new Map<string, number[]>();
  readonly #links: Map<number, Barrier>[] = [];

  /** The node within SNAP of the point, or a new one. */
  node(point: Point): number {
    const cx = Math.floor(point[0] / SNAP);
    const cy = Math.floor(point[1] / SNAP);
    for (let x = cx - 1; x <= cx + 1; x++)
      for (let y = cy - 1; y <= cy + 1; y++)
        for (const near of this.#cells.get(`${x},${y}`) ?? []) {
          const p = this.#points[near]!;
          if (Math.hypot(p[0] - point[0], p[1] - point[1]) < SNAP) return near;
        }
    const node = this.#points.push(point) - 1;
    this.#links.push(new Map());
    const key = `${cx},${cy}`;
    const list = this.#cells.get(key);
    if (list) list.push(node);
    else this.#cells.set(key, [node]);
    return node;
  }

  /** The wider of two lines on the same edge wins. */
  connect(a: number, b: number, barrier: Barrier): void {
    if (a === b) return;
    const old = this.#links[a]!.get(b);
    if (old && old.setback >= barrier.setback) return;
    this.#links[a]!.set(b, barrier);
    this.#links[b]!.set(a, barrier);
  }

  /** Takes dead ends away until there are none. */
  prune(): void {
    const ends = this.#links.flatMap((links, node) => (links.size === 1 ? [node] : []));
    while (ends.length > 0) {
      const end = ends.pop()!;
      const links = this.#links[end]!;
      if (links.size !== 1) continue;
      const [next] = links.keys();
      links.clear();
      this.#links[next!]!.delete(end);
      if (this.#links[next!]!.size === 1) ends.push(next!);
    }
  }

  /** The easternmost point of every connected group of nodes but the largest. */
  easternmostOfIslands(): Point[] {
    const seen = new Uint8Array(this.#points.length);
    const groups: { size: number; east: Point }[] = [];
    this.#links.forEach((links, start) => {
      if (seen[start] || links.size === 0) return;
      const stack = [start];
      seen[start] = 1;
      const group = { size: 0, east: this.#points[start]! };
      while (stack.length > 0) {
        const node = stack.pop()!;
        group.size++;
        if (this.#points[node]![0] > group.east[0]) group.east = this.#points[node]!;
        for (const next of this.#links[node]!.keys()) {
          if (seen[next]) continue;
          seen[next] = 1;
          stack.push(next);
        }
      }
      groups.push(group);
    });
    return groups
      .sort((a, b) => b.size - a.size)
      .slice(1)
      .map(({ east }) => east);
  }

  faces(): BlockRing[] {
    const turns = this.#links.map((links, node) => this.#sortedNeighbours(node, [...links.keys()]));
    const seen = new Set<number>();
    const count = this.#points.length;
    const faces: BlockRing[] = [];
    for (let a = 0; a < count; a++)
      for (const b of turns[a]!) {
        if (seen.has(a * count + b)) continue;
        const face = this.#walk(a, b, turns, seen);
        if (face) faces.push(face);
      }
    return faces;
  }

  #sortedNeighbours(node: number, neighbours: number[]): number[] {
    const [x, y] = this.#points[node]!;
    const angle = (other: number): number =>
      Math.atan2(this.#points[other]![1] - y, this.#points[other]![0] - x);
    return neighbours.sort((a, b) => angle(a) - angle(b));
  }

  /** Follows the face to the left of a -> b; null for the outside. */
  #walk(startA: number, startB: number, turns: readonly number[][], seen: Set<number>): BlockRing | null {
    const points: Point[] = [];
    const setbacks: number[] = [];
    const streets: number[] = [];
    let a = startA;
    let b = startB;
    let area = 0;
    do {
      seen.add(a * this.#points.length + b);
      const barrier = this.#links[a]!.get(b)!;
      const p = this.#points[a]!;
      const q = this.#points[b]!;
      points.push(p);
      setbacks.push(barrier.setback);
      streets.push(barrier.street);
      area += p[0] * q[1] - q[0] * p[1];
      const around = turns[b]!;
      const back = around.indexOf(a);
      const next = around[(back + around.length - 1) % around.length]!;
      a = b;
      b = next;
    } while (a !== startA || b !== startB);
    if (area <= 2) return null;
    const isPinched = new Set(points).size < points.length;
    return { points: isPinched ? openedAtPinches(points) : points, setbacks, streets };
  }
}

/** A ring that passes a point or a lane twice, moved inwards by a hand's width so that it is simple again. */
function openedAtPinches(points: readonly Point[]): Point[] {
  const by = 0.15;
  return points.map((point, i) => {
    const before = points[(i + points.length - 1) % points.length]!;
    const after = points[(i + 1) % points.length]!;
    const p = Math.hypot(point[0] - before[0], point[1] - before[1]) || 1;
    const q = Math.hypot(after[0] - point[0], after[1] - point[1]) || 1;
    const n: Point = [-(point[1] - before[1]) / p, (point[0] - before[0]) / p];
    const m: Point = [-(after[1] - point[1]) / q, (after[0] - point[0]) / q];
    const scale = by / Math.max(0.25, 1 + n[0] * m[0] + n[1] * m[1]);
    return [point[0] + (n[0] + m[0]) * scale, point[1] + (n[1] + m[1]) * scale];
  });
}
