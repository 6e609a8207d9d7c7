import { metersPerDegree } from "../../src/geo/ellipsoid.ts";
import type { RawFeature } from "./raw-feature.ts";
import { STEP_DEG } from "./records.ts";
import { cleanRing, type FlatRing, type RingFault, signedArea, simpleRings } from "./ring-repair.ts";

/** Wider features do not fit the records' steps, degrees from the anchor. */
const WIDEST_DEG = 2;

export interface Anchor {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** Height of the lowest vertex as given; 0 without heights. */
  readonly lowest: number;
  readonly highest: number;
}

/** The middle of the feature's box; a sentence when its coordinates cannot be. Coordinates are longitude, latitude. */
export function anchorOf(raw: RawFeature): Anchor | string {
  const { xyz, vertices } = raw;
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  let [lowest, highest] = [Infinity, -Infinity];
  for (let at = 0; at < vertices * 3; at += 3) {
    const [x, y, z] = [xyz[at]!, xyz[at + 1]!, xyz[at + 2]!];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
    if (z < lowest) lowest = z;
    if (z > highest) highest = z;
  }
  if (!(west <= east)) return "none of its coordinates is a number on the map";
  if (west < -180.000001 || east > 180.000001 || south < -90 || north > 90)
    return `its coordinates (${west}, ${south}) are not degrees; if they are metres, name their system with --crs`;
  if (east - west > WIDEST_DEG || north - south > WIDEST_DEG) return "it spans more than two degrees";
  const hasHeights = Number.isFinite(lowest);
  return {
    longitudeDeg: (west + east) / 2,
    latitudeDeg: (south + north) / 2,
    lowest: hasHeights ? lowest : 0,
    highest: hasHeights ? highest : 0,
  };
}

export interface FootprintShape {
  /** Per polygon the outer ring, then holes; steps of STEP_DEG from the anchor, x, y. */
  readonly polygons: readonly (readonly Int32Array[])[];
  /** m², holes taken off. */
  readonly area: number;
  /** Centroid, degrees. */
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** Diagonal of the box, metres. */
  readonly diagonal: number;
  readonly corners: number;
}

/** Repairs the rings of a footprint; null when nothing with an area is left. Faults found go into the set. */
export function shapeFootprint(
  raw: RawFeature,
  anchor: Anchor,
  faults: Set<RingFault>,
): FootprintShape | null {
  const scale = metersPerDegree(anchor.latitudeDeg);
  const polygons: Int32Array[][] = [];
  const sums = { area: 0, x: 0, y: 0, corners: 0, box: [Infinity, Infinity, -Infinity, -Infinity] };
  let ring = 0;
  for (const polygonEnd of raw.polygonEnds) {
    const outers: FlatRing[] = [];
    const holes: FlatRing[] = [];
    for (let isOuter = true; ring < polygonEnd; ring++, isOuter = false) {
      const flat = cleanRing(flatRing(raw, ring, anchor, scale, faults), faults);
      (isOuter ? outers : holes).push(...simpleRings(flat, isOuter, faults));
    }
    for (const outer of outers) {
      const inside = holes.filter((hole) => outers.length === 1 || contains(outer, hole[0]!, hole[1]!));
      for (const one of [outer, ...inside]) addSums(sums, one);
      polygons.push([outer, ...inside].map((one) => toSteps(one, scale)));
    }
  }
  if (raw.anyWinding) faults.delete("winding");
  if (polygons.length === 0 || !(sums.area > 0)) return null;
  return {
    polygons,
    area: sums.area,
    longitudeDeg: anchor.longitudeDeg + sums.x / sums.area / scale.east,
    latitudeDeg: anchor.latitudeDeg + sums.y / sums.area / scale.north,
    diagonal: Math.hypot(sums.box[2]! - sums.box[0]!, sums.box[3]! - sums.box[1]!),
    corners: sums.corners,
  };
}

type Scale = ReturnType<typeof metersPerDegree>;

function flatRing(
  raw: RawFeature,
  ring: number,
  anchor: Anchor,
  scale: Scale,
  faults: Set<RingFault>,
): FlatRing {
  const flat: FlatRing = [];
  const start = ring === 0 ? 0 : raw.ringEnds[ring - 1]!;
  for (let at = start * 3; at < raw.ringEnds[ring]! * 3; at += 3) {
    const x = (raw.xyz[at]! - anchor.longitudeDeg) * scale.east;
    const y = (raw.xyz[at + 1]! - anchor.latitudeDeg) * scale.north;
    if (Number.isFinite(x) && Number.isFinite(y)) flat.push(x, y);
    else faults.add("not_finite");
  }
  return flat;
}

interface Sums {
  area: number;
  x: number;
  y: number;
  corners: number;
  readonly box: number[];
}

function addSums(sums: Sums, ring: FlatRing): void {
  const n = ring.length;
  sums.area += signedArea(ring);
  sums.corners += n / 2;
  for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
    const [x, y, px, py] = [ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!];
    const cross = (px * y - x * py) / 6;
    sums.x += (px + x) * cross;
    sums.y += (py + y) * cross;
    const { box } = sums;
    if (x < box[0]!) box[0] = x;
    if (y < box[1]!) box[1] = y;
    if (x > box[2]!) box[2] = x;
    if (y > box[3]!) box[3] = y;
  }
}

function toSteps(ring: FlatRing, scale: Scale): Int32Array {
  const steps = new Int32Array(ring.length);
  for (let i = 0; i < ring.length; i += 2) {
    steps[i] = Math.round(ring[i]! / scale.east / STEP_DEG);
    steps[i + 1] = Math.round(ring[i + 1]! / scale.north / STEP_DEG);
  }
  return steps;
}

function contains(ring: FlatRing, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [xi, yi, xj, yj] = [ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
