import type { Point, Ring } from "./plane.ts";

/** Twice nothing: the signed area, positive when counter-clockwise. */
export function signedArea(ring: Ring): number {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++)
    sum += ring[j]![0] * ring[i]![1] - ring[i]![0] * ring[j]![1];
  return sum / 2;
}

export function ringCentroid(ring: Ring): Point {
  const area = signedArea(ring);
  const [ox, oy] = ring[0]!;
  if (Math.abs(area) < 1e-9) return [ox, oy];
  let x = 0;
  let y = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const ax = ring[j]![0] - ox;
    const ay = ring[j]![1] - oy;
    const bx = ring[i]![0] - ox;
    const by = ring[i]![1] - oy;
    const cross = ax * by - bx * ay;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  return [ox + x / (6 * area), oy + y / (6 * area)];
}

export function pointInRing([x, y]: Point, ring: Ring): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]!;
    const [xj, yj] = ring[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

export function ringBox(ring: Ring): { minX: number; minY: number; maxX: number; maxY: number } {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (const [x, y] of ring) {
    box.minX = Math.min(box.minX, x);
    box.minY = Math.min(box.minY, y);
    box.maxX = Math.max(box.maxX, x);
    box.maxY = Math.max(box.maxY, y);
  }
  return box;
}

export function distanceToSegment([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length2 = dx * dx + dy * dy;
  const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length2));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

export function distanceToLine(point: Point, line: readonly Point[]): number {
  let best = Infinity;
  for (let i = 1; i < line.length; i++)
    best = Math.min(best, distanceToSegment(point, line[i - 1]!, line[i]!));
  return line.length === 1 ? Math.hypot(point[0] - line[0]![0], point[1] - line[0]![1]) : best;
}

/** Turns counter-clockwise by `radians` about the origin. */
export function rotate([x, y]: Point, radians: number): [number, number] {
  const c = Math.cos(radians);
  const s = Math.sin(radians);
  return [x * c - y * s, x * s + y * c];
}

/** Catmull-Rom through the points (centripetal enough for drawn lines), `steps` pieces a span. Extra coordinates are smoothed too. */
export function smoothLine(line: readonly (readonly number[])[], steps: number, closed = false): number[][] {
  const count = line.length;
  const at = (i: number) =>
    closed ? line[((i % count) + count) % count]! : line[Math.max(0, Math.min(count - 1, i))]!;
  const out: number[][] = [];
  const spans = closed ? count : count - 1;
  for (let i = 0; i < spans; i++) {
    const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let k = 0; k < steps; k++) {
      const t = k / steps;
      out.push(
        p1.map((_, d) => {
          const [a, b, c, e] = [p0[d]!, p1[d]!, p2[d]!, p3[d]!];
          return (
            0.5 *
            (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - e) * t * t + (3 * b - a - 3 * c + e) * t * t * t)
          );
        }),
      );
    }
  }
  if (!closed) out.push([...at(count - 1)]);
  return out;
}

/** The band around a centre line: points are x, y, full width in metres. Counter-clockwise ring. */
export function bandRing(line: readonly (readonly number[])[]): Point[] {
  const left: Point[] = [];
  const right: Point[] = [];
  for (let i = 0; i < line.length; i++) {
    const a = line[Math.max(0, i - 1)]!;
    const b = line[Math.min(line.length - 1, i + 1)]!;
    const length = Math.hypot(b[0]! - a[0]!, b[1]! - a[1]!) || 1;
    const nx = (-(b[1]! - a[1]!) / length) * (line[i]![2]! / 2);
    const ny = ((b[0]! - a[0]!) / length) * (line[i]![2]! / 2);
    left.push([line[i]![0]! + nx, line[i]![1]! + ny]);
    right.push([line[i]![0]! - nx, line[i]![1]! - ny]);
  }
  const ring = [...right, ...left.reverse()];
  return signedArea(ring) < 0 ? ring.reverse() : ring;
}

/** m²: what is thinner covers nothing. */
const SMALLEST_TRIANGLE = 1e-3;

/** Ear clipping of a simple counter-clockwise ring: indices of triangles. Falls back to the best ear left when the ring touches itself. */
export function triangulateRing(ring: Ring): number[] {
  const left = ring.map((_, i) => i);
  const out: number[] = [];
  const push = (a: number, b: number, c: number): void => {
    if (signedArea([ring[a]!, ring[b]!, ring[c]!]) > SMALLEST_TRIANGLE) out.push(a, b, c);
  };
  while (left.length > 3) {
    const ear = findEar(ring, left);
    push(left[(ear + left.length - 1) % left.length]!, left[ear]!, left[(ear + 1) % left.length]!);
    left.splice(ear, 1);
  }
  push(left[0]!, left[1]!, left[2]!);
  return out;
}

function findEar(ring: Ring, left: readonly number[]): number {
  const count = left.length;
  let widest = 0;
  let widestCross = -Infinity;
  for (let i = 0; i < count; i++) {
    const a = ring[left[(i + count - 1) % count]!]!;
    const b = ring[left[i]!]!;
    const c = ring[left[(i + 1) % count]!]!;
    const cross = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    if (cross > widestCross) {
      widestCross = cross;
      widest = i;
    }
    if (cross <= 0) continue;
    const blocked = left.some((vertex) => {
      const p = ring[vertex]!;
      return p !== a && p !== b && p !== c && inTriangle(p, a, b, c);
    });
    if (!blocked) return i;
  }
  return widest;
}

function inTriangle(p: Point, a: Point, b: Point, c: Point): boolean {
  const side = (q: Point, r: Point) => (r[0] - q[0]) * (p[1] - q[1]) - (r[1] - q[1]) * (p[0] - q[0]);
  return side(a, b) >= 0 && side(b, c) >= 0 && side(c, a) >= 0;
}
