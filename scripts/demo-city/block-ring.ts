import type { Point } from "./plane.ts";
import { signedArea } from "./polygon.ts";

/** A ring whose edge i (from point i to the next) is a street: `streets[i]` names it, `setbacks[i]` is how far buildings keep from its axis. */
export interface BlockRing {
  readonly points: readonly Point[];
  readonly setbacks: readonly number[];
  readonly streets: readonly number[];
}

interface SplitVertex {
  point: Point;
  setback: number;
  street: number;
  side: number;
  /** Index of the crossing on the other end of the chord; -1 for an ordinary vertex. */
  partner: number;
}

/**
 * Splits a simple counter-clockwise ring along x = `at` (axis 0) or y = `at` (axis 1). The new edges are a street
 * with the given number and setback. The pieces keep the direction of the ring.
 */
export function splitBlock(
  block: BlockRing,
  axis: 0 | 1,
  at: number,
  street: number,
  setback: number,
): { readonly below: BlockRing[]; readonly above: BlockRing[]; readonly chords: [Point, Point][] } {
  const vertices = insertCrossings(block, axis, at);
  const crossings = vertices.flatMap((vertex, i) => (vertex.side === 0 ? [i] : []));
  if (crossings.length < 2) {
    const isBelow = vertices.some((vertex) => vertex.side < 0);
    return { below: isBelow ? [block] : [], above: isBelow ? [] : [block], chords: [] };
  }
  const other = 1 - axis;
  crossings.sort((a, b) => vertices[a]!.point[other]! - vertices[b]!.point[other]!);
  const chords: [Point, Point][] = [];
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const [a, b] = [crossings[i]!, crossings[i + 1]!];
    vertices[a]!.partner = b;
    vertices[b]!.partner = a;
    chords.push([vertices[a]!.point, vertices[b]!.point]);
  }
  return {
    below: tracePieces(vertices, -1, street, setback),
    above: tracePieces(vertices, 1, street, setback),
    chords,
  };
}

function insertCrossings(block: BlockRing, axis: 0 | 1, at: number): SplitVertex[] {
  const { points, setbacks, streets } = block;
  const out: SplitVertex[] = [];
  const sideOf = (p: Point): number => (p[axis] - at >= 0 ? 1 : -1);
  for (let i = 0; i < points.length; i++) {
    const a = points[i]!;
    const b = points[(i + 1) % points.length]!;
    const setback = setbacks[i]!;
    const street = streets[i]!;
    out.push({ point: a, setback, street, side: sideOf(a), partner: -1 });
    if (sideOf(a) === sideOf(b)) continue;
    const t = (at - a[axis]) / (b[axis] - a[axis]);
    const point: Point = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
    out.push({ point, setback, street, side: 0, partner: -1 });
  }
  return out;
}

function tracePieces(
  vertices: readonly SplitVertex[],
  side: number,
  street: number,
  setback: number,
): BlockRing[] {
  const pieces: BlockRing[] = [];
  const seen = new Uint8Array(vertices.length);
  for (let start = 0; start < vertices.length; start++) {
    if (vertices[start]!.side !== side || seen[start]) continue;
    const points: Point[] = [];
    const setbacks: number[] = [];
    const streets: number[] = [];
    let i = start;
    for (let guard = 0; guard < vertices.length * 2; guard++) {
      const vertex = vertices[i]!;
      seen[i] = 1;
      points.push(vertex.point);
      const leaving =
        vertex.side === 0 && vertex.partner >= 0 && vertices[(i + 1) % vertices.length]!.side !== side;
      setbacks.push(leaving ? setback : vertex.setback);
      streets.push(leaving ? street : vertex.street);
      i = leaving ? vertex.partner : (i + 1) % vertices.length;
      if (leaving) {
        seen[i] = 1;
        points.push(vertices[i]!.point);
        setbacks.push(vertices[i]!.setback);
        streets.push(vertices[i]!.street);
        i = (i + 1) % vertices.length;
      }
      if (i === start) break;
    }
    pieces.push(withoutShortEdges({ points, setbacks, streets }, 0.05));
  }
  return pieces.filter((piece) => piece.points.length > 2 && signedArea(piece.points) > 1);
}

/** Drops points nearer than `shortest` metres to the one before, and points on a straight line between like streets. */
export function withoutShortEdges(block: BlockRing, shortest: number): BlockRing {
  const points: Point[] = [];
  const setbacks: number[] = [];
  const streets: number[] = [];
  const count = block.points.length;
  for (let i = 0; i < count; i++) {
    const before = block.points[(i + count - 1) % count]!;
    const point = block.points[i]!;
    const after = block.points[(i + 1) % count]!;
    const length = Math.hypot(after[0] - point[0], after[1] - point[1]);
    if (length < shortest) continue;
    const cross =
      (point[0] - before[0]) * (after[1] - point[1]) - (point[1] - before[1]) * (after[0] - point[0]);
    const sameStreet = block.streets[(i + count - 1) % count] === block.streets[i];
    if (sameStreet && Math.abs(cross) < 0.05 * length && points.length > 0) continue;
    points.push(point);
    setbacks.push(block.setbacks[i]!);
    streets.push(block.streets[i]!);
  }
  return { points, setbacks, streets };
}

/**
 * Moves every edge inwards by its setback. Edges that vanish are dropped; null when nothing is left. Meant for
 * blocks that are nearly convex.
 */
export function insetBlock(block: BlockRing): BlockRing | null {
  let current = withoutShortEdges(block, 1);
  for (let round = 0; round < 24; round++) {
    const count = current.points.length;
    if (count < 3) return null;
    const moved = current.points.map((_, i) => miter(current, (i + count - 1) % count, i));
    let worst = -1;
    let worstDot = 0;
    for (let i = 0; i < count; i++) {
      const j = (i + 1) % count;
      const a = current.points[i]!;
      const b = current.points[j]!;
      const dot =
        (b[0] - a[0]) * (moved[j]![0] - moved[i]![0]) + (b[1] - a[1]) * (moved[j]![1] - moved[i]![1]);
      if (dot < worstDot || (worst < 0 && dot <= 0)) {
        worst = i;
        worstDot = dot;
      }
    }
    if (worst < 0) {
      const area = signedArea(moved);
      return area > 0 && area <= signedArea(current.points) ? { ...current, points: moved } : null;
    }
    current = withoutEdge(current, worst);
  }
  return null;
}

/** Crossing of the moved edges `before` and `after`, which meet at the start of `after`. */
function miter(block: BlockRing, before: number, after: number): Point {
  const [p, d] = movedEdge(block, before);
  const [q, e] = movedEdge(block, after);
  const cross = d[0] * e[1] - d[1] * e[0];
  if (Math.abs(cross) < 0.05) return q;
  const t = ((q[0] - p[0]) * e[1] - (q[1] - p[1]) * e[0]) / cross;
  return [p[0] + d[0] * t, p[1] + d[1] * t];
}

function movedEdge(block: BlockRing, edge: number): [Point, Point] {
  const a = block.points[edge]!;
  const b = block.points[(edge + 1) % block.points.length]!;
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  const direction: Point = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
  const setback = block.setbacks[edge]!;
  return [[a[0] - direction[1] * setback, a[1] + direction[0] * setback], direction];
}

/** Takes an edge out: its two ends become the crossing of its neighbours, or its middle when these are parallel. */
function withoutEdge(block: BlockRing, edge: number): BlockRing {
  const count = block.points.length;
  const next = (edge + 1) % count;
  const [p, d] = line(block, (edge + count - 1) % count);
  const [q, e] = line(block, next);
  const cross = d[0] * e[1] - d[1] * e[0];
  const a = block.points[edge]!;
  const b = block.points[next]!;
  let meeting: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  if (Math.abs(cross) > 0.1) {
    const t = ((q[0] - p[0]) * e[1] - (q[1] - p[1]) * e[0]) / cross;
    const candidate: Point = [p[0] + d[0] * t, p[1] + d[1] * t];
    if (Math.hypot(candidate[0] - meeting[0], candidate[1] - meeting[1]) < 200) meeting = candidate;
  }
  const keep = (i: number): boolean => i !== edge;
  return {
    points: block.points.map((point, i) => (i === next ? meeting : point)).filter((_, i) => keep(i)),
    setbacks: block.setbacks.filter((_, i) => keep(i)),
    streets: block.streets.filter((_, i) => keep(i)),
  };
}

function line(block: BlockRing, edge: number): [Point, Point] {
  const a = block.points[edge]!;
  const b = block.points[(edge + 1) % block.points.length]!;
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  return [a, [(b[0] - a[0]) / length, (b[1] - a[1]) / length]];
}
