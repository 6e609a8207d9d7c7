import type { Part } from "./building.ts";
import { gable, rectangle, solid } from "./massing.ts";
import type { Point } from "./plane.ts";
import type { Random } from "./random.ts";

/** A rectangle of a building: centre, width along x, depth along y, turned counter-clockwise by `radians`. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly d: number;
  readonly radians: number;
}

export function rectRing({ x, y, w, d, radians }: Rect): Point[] {
  const c = Math.cos(radians);
  const s = Math.sin(radians);
  return rectangle(0, 0, w, d).map(([px, py]): Point => [x + px * c - py * s, y + px * s + py * c]);
}

/** A smaller rectangle on a bigger one: offsets and sizes in the bigger one's axes. */
export function inner(rect: Rect, dx: number, dy: number, w: number, d: number): Rect {
  const c = Math.cos(rect.radians);
  const s = Math.sin(rect.radians);
  return { x: rect.x + dx * c - dy * s, y: rect.y + dx * s + dy * c, w, d, radians: rect.radians };
}

/** Heads of the stairs along a slab, one for about 38 m. */
export function stairHeads(rect: Rect, z: number): Part[] {
  const count = Math.max(1, Math.round(rect.w / 38));
  return Array.from({ length: count }, (_, i) =>
    solid(
      rectRing(inner(rect, ((i + 0.5) / count - 0.5) * rect.w, rect.d * 0.12, 3.2, rect.d * 0.42)),
      z,
      z + 2.6,
    ),
  );
}

/** A gable roof along the longer side. */
export function gableRoof(rect: Rect, z: number, rise: number, hip = 0): Part {
  const ring = rectRing({ ...rect, w: rect.w + 0.7, d: rect.d + 0.7 });
  const along = rect.w >= rect.d ? ring : [ring[1]!, ring[2]!, ring[3]!, ring[0]!];
  return gable(along, z, z + rise, hip);
}

/** Lift house and a water tank on a tower. */
export function towerTop(rect: Rect, z: number, random: Random): Part[] {
  const w = rect.w * random.range(0.34, 0.5);
  const d = rect.d * random.range(0.4, 0.56);
  const rise = random.range(3.6, 6);
  const parts = [solid(rectRing(inner(rect, rect.w * random.range(-0.1, 0.1), 0, w, d)), z - 0.9, z + rise)];
  if (random.chance(0.45))
    parts.push(
      solid(rectRing(inner(rect, 0, 0, w * 0.55, d * 0.6)), z + rise, z + rise + random.range(1.8, 4)),
    );
  return parts;
}

/** Cooling plant and ducts scattered over a large flat roof. */
export function roofPlant(rect: Rect, z: number, random: Random, pieces: number): Part[] {
  return Array.from({ length: pieces }, () =>
    solid(
      rectRing(
        inner(
          rect,
          rect.w * random.range(-0.36, 0.36),
          rect.d * random.range(-0.34, 0.34),
          random.range(3, Math.max(4, rect.w * 0.16)),
          random.range(3, Math.max(4, rect.d * 0.18)),
        ),
      ),
      z - 0.9,
      z + random.range(1.2, 3.4),
    ),
  );
}
