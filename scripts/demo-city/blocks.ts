import { type Barrier, facesBetween } from "./arrangement.ts";
import { type BlockRing, insetBlock, splitBlock } from "./block-ring.ts";
import { HILL, WATER } from "./mask.ts";
import type { PlannedZone } from "./plan.ts";
import type { Point } from "./plane.ts";
import { pointInRing, ringBox, ringCentroid, rotate, signedArea, triangulateRing } from "./polygon.ts";
import { latticeValue, seedOf } from "./random.ts";
import type { Skeleton } from "./skeleton.ts";

/** A piece of ground between streets that buildings fill. */
export interface Block {
  readonly zone: PlannedZone;
  /** Already inset: buildings stand inside. Counter-clockwise, in the zone's own axes (see `angle`). */
  readonly ring: BlockRing;
  /** Radians counter-clockwise from the plane's x to the zone's first axis. */
  readonly angle: number;
  readonly area: number;
  /** Centre in the plane. */
  readonly centre: Point;
  readonly seed: number;
}

export interface SideStreet {
  readonly class: "secondary" | "residential";
  readonly name: string;
  readonly line: readonly [Point, Point];
}

export interface BlockPlan {
  readonly blocks: readonly Block[];
  readonly sideStreets: readonly SideStreet[];
  /** Names by street number, drawn roads first. */
  readonly streetNames: readonly string[];
}

const SMALLEST_BLOCK = 420;

/** Cuts the city into blocks: faces between drawn lines, then the street grid of the zone within each face. */
export function buildBlocks(skeleton: Skeleton): BlockPlan {
  const names = skeleton.streets.map(({ name }) => name);
  const numbers = new Map<string, number>();
  const numberOf = (name: string): number => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    names.push(name);
    numbers.set(name, names.length - 1);
    return names.length - 1;
  };
  const blocks: Block[] = [];
  const sideStreets: SideStreet[] = [];
  for (const face of facesBetween(drawnBarriers(skeleton))) {
    const inside = interiorPoint(face.points);
    if (!pointInRing(inside, skeleton.extent)) continue;
    if (skeleton.mask.at(inside) & (WATER | HILL) && isMostly(skeleton, face, WATER | HILL)) continue;
    const zoneIndex = skeleton.zones.findIndex((ring) => pointInRing(inside, ring));
    const zone = skeleton.plan.zones[zoneIndex];
    if (!zone) continue;
    cutFace(face, zone, numberOf, blocks, sideStreets, names, skeleton);
  }
  return { blocks, sideStreets, streetNames: names };
}

function drawnBarriers(skeleton: Skeleton): Barrier[] {
  const closed = (ring: readonly Point[]): Point[] => [...ring, ring[0]!];
  const quiet = (line: readonly Point[], setback: number): Barrier => ({ line, setback, street: -1 });
  return [
    ...skeleton.streets.map(({ line, widthM }, street) => ({
      line: overshoot(line, 90),
      setback: widthM / 2 + 7,
      street,
    })),
    ...skeleton.rails.map(({ line, widthM }) => quiet(line, widthM / 2 + 8)),
    ...skeleton.water.map(({ ring }) => quiet(closed(ring), 22)),
    ...skeleton.landRings.map((ring) => quiet(closed(ring), 24)),
    ...skeleton.parks.map(({ ring }) => quiet(closed(ring), 9)),
    ...skeleton.reserved.map((ring) => quiet(closed(ring), 8)),
    ...skeleton.zones.slice(0, -1).map((ring) => quiet(closed(ring), 9)),
    quiet(closed(skeleton.extent), 0),
  ];
}

/** Longer at both ends, so that drawn roads meet where the hand stopped short; what hangs over is pruned. */
function overshoot(line: readonly Point[], by: number): Point[] {
  const first = line[0]!;
  const last = line[line.length - 1]!;
  if (Math.hypot(first[0] - last[0], first[1] - last[1]) < 1) return [...line];
  return [beyond(line[1]!, first, by), ...line, beyond(line[line.length - 2]!, last, by)];
}

function beyond(from: Point, to: Point, by: number): Point {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  return [to[0] + ((to[0] - from[0]) / length) * by, to[1] + ((to[1] - from[1]) / length) * by];
}

function isMostly(skeleton: Skeleton, face: BlockRing, bits: number): boolean {
  const box = ringBox(face.points);
  let hits = 0;
  let tries = 0;
  for (let i = 0; i < 7; i++)
    for (let j = 0; j < 7; j++) {
      const point: Point = [
        box.minX + ((i + 0.5) / 7) * (box.maxX - box.minX),
        box.minY + ((j + 0.5) / 7) * (box.maxY - box.minY),
      ];
      if (!pointInRing(point, face.points)) continue;
      tries++;
      if (skeleton.mask.at(point) & bits) hits++;
    }
  return hits * 2 > tries;
}

function interiorPoint(ring: readonly Point[]): Point {
  const centroid = ringCentroid(ring);
  if (pointInRing(centroid, ring)) return centroid;
  const triangles = triangulateRing(ring);
  let best: Point = centroid;
  let bestArea = -1;
  for (let i = 0; i < triangles.length; i += 3) {
    const corners = [ring[triangles[i]!]!, ring[triangles[i + 1]!]!, ring[triangles[i + 2]!]!];
    const area = signedArea(corners);
    if (area <= bestArea) continue;
    bestArea = area;
    best = [
      (corners[0]![0] + corners[1]![0] + corners[2]![0]) / 3,
      (corners[0]![1] + corners[1]![1] + corners[2]![1]) / 3,
    ];
  }
  return best;
}

function cutFace(
  face: BlockRing,
  zone: PlannedZone,
  numberOf: (name: string) => number,
  blocks: Block[],
  sideStreets: SideStreet[],
  names: readonly string[],
  skeleton: Skeleton,
): void {
  const angle = (zone.angleDeg * Math.PI) / 180;
  const local: BlockRing = { ...face, points: face.points.map((point) => rotate(point, -angle)) };
  const seed = seedOf(skeleton.plan.id, zone.id);
  const emit = (street: number, isWide: boolean, chords: readonly [Point, Point][]): void => {
    for (const [a, b] of chords)
      sideStreets.push({
        class: isWide ? "secondary" : "residential",
        name: names[street]!,
        line: [rotate(a, angle), rotate(b, angle)],
      });
  };
  const strips = cutAlong(local, 0, zone.blockU, seed, (n) => numberOf(streetName(zone.streetU, n)), emit);
  for (const strip of strips) {
    const pieces = cutAlong(
      strip,
      1,
      zone.blockV,
      seed + 17,
      (n) => numberOf(streetName(zone.streetV, n)),
      emit,
    );
    for (const piece of pieces) {
      const ring = insetBlock(piece);
      if (!ring) continue;
      const area = signedArea(ring.points);
      if (area < SMALLEST_BLOCK) continue;
      const middle = ringCentroid(ring.points);
      blocks.push({
        zone,
        ring,
        angle,
        area,
        centre: rotate(middle, angle),
        seed: seedOf(zone.id, Math.round(middle[0]), Math.round(middle[1])),
      });
    }
  }
}

/** Streets lie on the zone's lattice, so that they go on straight across drawn roads. */
function cutAlong(
  ring: BlockRing,
  axis: 0 | 1,
  spacing: number,
  seed: number,
  numberOf: (index: number) => number,
  emit: (street: number, isWide: boolean, chords: readonly [Point, Point][]) => void,
): BlockRing[] {
  const box = ringBox(ring.points);
  const low = axis === 0 ? box.minX : box.minY;
  const high = axis === 0 ? box.maxX : box.maxY;
  const done: BlockRing[] = [];
  let rest: BlockRing[] = [ring];
  for (let index = Math.floor(low / spacing); index <= Math.ceil(high / spacing); index++) {
    const at = (index + (latticeValue(seed, index, axis) - 0.5) * 0.34) * spacing;
    if (at < low + 26 || at > high - 26) continue;
    const isWide = ((index % 4) + 4) % 4 === 0;
    const street = numberOf(index);
    const next: BlockRing[] = [];
    for (const piece of rest) {
      const { below, above, chords } = splitBlock(piece, axis, at, street, isWide ? 13 : 7.5);
      done.push(...below);
      next.push(...above);
      emit(street, isWide, chords);
    }
    rest = next;
  }
  return [...done, ...rest];
}

const DIGITS = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

function streetName(pattern: string, index: number): string {
  return pattern.replace("{n}", chineseNumber((((index % 40) + 40) % 40) + 1));
}

/** 1 to 99 in Chinese. */
export function chineseNumber(n: number): string {
  const tens = Math.floor(n / 10);
  return `${tens === 0 ? "" : tens === 1 ? "十" : `${DIGITS[tens]}十`}${DIGITS[n % 10]}`;
}
