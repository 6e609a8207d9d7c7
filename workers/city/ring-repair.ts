/** Rings as flat x, y in metres around the feature's anchor, without a closing vertex. */
export type FlatRing = number[];

export type RingFault =
  | "not_finite"
  | "unclosed"
  | "repeated_vertex"
  | "self_intersection"
  | "winding"
  | "zero_area";

/** Vertices nearer than this are one, metres. */
const SAME = 0.001;
/** Rings with less area than this, m², are nothing. */
export const LEAST_AREA = 0.01;

export function signedArea(ring: FlatRing): number {
  let sum = 0;
  const n = ring.length;
  for (let i = 0, j = n - 2; i < n; j = i, i += 2) sum += ring[j]! * ring[i + 1]! - ring[i]! * ring[j + 1]!;
  return sum / 2;
}

/** Drops the closing vertex and vertices on top of each other. */
export function cleanRing(ring: FlatRing, faults: Set<RingFault>): FlatRing {
  const out: FlatRing = [];
  let n = ring.length;
  if (n >= 4 && isSame(ring, 0, ring, n - 2)) n -= 2;
  else faults.add("unclosed");
  for (let i = 0; i < n; i += 2) {
    if (out.length && isSame(ring, i, out, out.length - 2)) faults.add("repeated_vertex");
    else out.push(ring[i]!, ring[i + 1]!);
  }
  while (out.length >= 4 && isSame(out, 0, out, out.length - 2)) {
    out.length -= 2;
    faults.add("repeated_vertex");
  }
  return out;
}

function isSame(a: FlatRing, i: number, b: FlatRing, j: number): boolean {
  return Math.abs(a[i]! - b[j]!) < SAME && Math.abs(a[i + 1]! - b[j + 1]!) < SAME;
}

/**
 * Simple rings that together cover what the ring encloses, each turned as asked (counter-clockwise for outer rings).
 * A ring that crosses itself falls apart at its crossings, as a bow tie into two triangles.
 */
export function simpleRings(ring: FlatRing, isOuter: boolean, faults: Set<RingFault>): FlatRing[] {
  if (ring.length < 6) {
    faults.add("zero_area");
    return [];
  }
  const parts = isConvex(ring) ? [ring] : splitAtCrossings(ring);
  if (parts.length > 1) faults.add("self_intersection");
  const kept: FlatRing[] = [];
  for (const part of parts) {
    const area = signedArea(part);
    if (part.length < 6 || !(Math.abs(area) >= LEAST_AREA)) continue;
    if (area > 0 !== isOuter) {
      if (parts.length === 1) faults.add("winding");
      reverse(part);
    }
    kept.push(part);
  }
  if (kept.length === 0) faults.add("zero_area");
  return kept;
}

function reverse(ring: FlatRing): void {
  for (let i = 0, j = ring.length - 2; i < j; i += 2, j -= 2) {
    const [x, y] = [ring[i]!, ring[i + 1]!];
    ring[i] = ring[j]!;
    ring[i + 1] = ring[j + 1]!;
    ring[j] = x;
    ring[j + 1] = y;
  }
}

/** All corners turn one way and the ring goes round once: it cannot cross itself. */
export function isConvex(ring: FlatRing): boolean {
  const n = ring.length;
  let sign = 0;
  let flips = 0;
  let lastDx = 0;
  for (let i = 0; i < n; i += 2) {
    const [ax, ay] = [ring[i]!, ring[i + 1]!];
    const [bx, by] = [ring[(i + 2) % n]!, ring[(i + 3) % n]!];
    const [cx, cy] = [ring[(i + 4) % n]!, ring[(i + 5) % n]!];
    const cross = (bx - ax) * (cy - by) - (by - ay) * (cx - bx);
    if (Math.abs(cross) > 1e-9) {
      if (sign === 0) sign = Math.sign(cross);
      else if (Math.sign(cross) !== sign) return false;
    }
    const dx = Math.sign(bx - ax);
    if (dx !== 0) {
      if (lastDx !== 0 && dx !== lastDx) flips++;
      lastDx = dx;
    }
  }
  return sign !== 0 && flips <= 2;
}

/** Takes the ring apart at its first crossing until no part crosses itself. Most rings have none: one pass. */
function splitAtCrossings(ring: FlatRing): FlatRing[] {
  const open = [ring];
  const done: FlatRing[] = [];
  for (let part = open.pop(); part; part = open.pop()) {
    const crossing = done.length + open.length < 64 ? firstCrossing(part) : null;
    if (!crossing) {
      done.push(part);
      continue;
    }
    const { i, j, x, y } = crossing;
    open.push([...part.slice(0, i + 2), x, y, ...part.slice(j + 2)], [x, y, ...part.slice(i + 2, j + 2)]);
  }
  return done.length > 1 ? done.map((part) => cleanRing([...part, part[0]!, part[1]!], new Set())) : done;
}

interface Crossing {
  /** Offsets of the two edges' first vertices, i < j. */
  readonly i: number;
  readonly j: number;
  readonly x: number;
  readonly y: number;
}

/** Edges of long rings sorted by their west end, so that only those that overlap in x are compared. */
function firstCrossing(ring: FlatRing): Crossing | null {
  const edges = ring.length / 2;
  const isLong = edges > 12;
  const order = isLong ? westToEast(ring) : null;
  for (let a = 0; a < edges; a++) {
    const first = order ? order[a]! : a * 2;
    const reach = isLong ? Math.max(ring[first]!, ring[(first + 2) % ring.length]!) : Infinity;
    for (let b = a + 1; b < edges; b++) {
      const second = order ? order[b]! : b * 2;
      if (isLong && Math.min(ring[second]!, ring[(second + 2) % ring.length]!) > reach) break;
      const i = Math.min(first, second);
      const j = Math.max(first, second);
      if (j - i === 2 || (i === 0 && j === ring.length - 2)) continue;
      const crossing = crossingOf(ring, i, j);
      if (crossing) return crossing;
    }
  }
  return null;
}

function westToEast(ring: FlatRing): number[] {
  const west = (i: number) => Math.min(ring[i]!, ring[(i + 2) % ring.length]!);
  return Array.from({ length: ring.length / 2 }, (_, k) => k * 2).sort((a, b) => west(a) - west(b));
}

/** A proper crossing of two edges; touching ends are left to the triangulation, which bears them. */
function crossingOf(ring: FlatRing, i: number, j: number): Crossing | null {
  const n = ring.length;
  const [ax, ay, bx, by] = [ring[i]!, ring[i + 1]!, ring[(i + 2) % n]!, ring[(i + 3) % n]!];
  const [cx, cy, dx, dy] = [ring[j]!, ring[j + 1]!, ring[(j + 2) % n]!, ring[(j + 3) % n]!];
  const [ux, uy, vx, vy] = [bx - ax, by - ay, dx - cx, dy - cy];
  const cross = ux * vy - uy * vx;
  if (Math.abs(cross) < 1e-12) return null;
  const t = ((cx - ax) * vy - (cy - ay) * vx) / cross;
  const s = ((cx - ax) * uy - (cy - ay) * ux) / cross;
  const marginT = SAME / Math.hypot(ux, uy);
  const marginS = SAME / Math.hypot(vx, vy);
  if (t < marginT || t > 1 - marginT || s < marginS || s > 1 - marginS) return null;
  return { i, j, x: ax + ux * t, y: ay + uy * t };
}
