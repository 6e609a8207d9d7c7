import type { BuildingIndex } from "../../src/domain/building-index.ts";
import { ringAreaM2, ringCentroid } from "../../src/geo/polygon.ts";
import type { AnalysisArea } from "./contract.ts";
import { RingTester } from "./ring-tester.ts";

/** Metres a degree of latitude on the mean sphere; enough for a circle whose radius is given in kilometres. */
const METRES_PER_DEG = 111_195;

/** Rows of the buildings whose centroid lies in any polygon or circle of the area, ascending. */
export function rowsInside(
  index: Pick<BuildingIndex, "count" | "longitudeDeg" | "latitudeDeg">,
  area: AnalysisArea,
): Uint32Array {
  const contains = areaTester(area);
  const rows = new Uint32Array(index.count);
  let found = 0;
  for (let row = 0; row < index.count; row++)
    if (contains(index.longitudeDeg[row]!, index.latitudeDeg[row]!)) rows[found++] = row;
  return rows.slice(0, found);
}

type Box = readonly [west: number, south: number, east: number, north: number];
interface Part {
  readonly box: Box;
  contains(lon: number, lat: number): boolean;
}

const CELLS = 64;

/**
 * Tells whether a place lies in any polygon or circle of the area. Parts are sorted into cells once, so that an area of a hundred
 * parts costs a place a test or two.
 */
export function areaTester(area: AnalysisArea): (lon: number, lat: number) => boolean {
  const parts: readonly Part[] = [
    ...area.polygons.filter((ring) => ring.length >= 3).map((ring) => new RingTester(ring)),
    ...area.circles.map(circlePart),
  ];
  if (parts.length === 0) return () => false;
  const west = Math.min(...parts.map(({ box }) => box[0]));
  const south = Math.min(...parts.map(({ box }) => box[1]));
  const east = Math.max(...parts.map(({ box }) => box[2]));
  const north = Math.max(...parts.map(({ box }) => box[3]));
  const column = (lon: number) => cellOf(lon, west, east);
  const row = (lat: number) => cellOf(lat, south, north);
  const cells: Part[][] = Array.from({ length: CELLS * CELLS }, () => []);
  for (const part of parts)
    for (let y = row(part.box[1]); y <= row(part.box[3]); y++)
      for (let x = column(part.box[0]); x <= column(part.box[2]); x++) cells[y * CELLS + x]!.push(part);
  return (lon, lat) => {
    if (!(lon >= west && lon <= east && lat >= south && lat <= north)) return false;
    for (const part of cells[row(lat) * CELLS + column(lon)]!) if (part.contains(lon, lat)) return true;
    return false;
  };
}

function cellOf(value: number, from: number, to: number): number {
  const share = to > from ? (value - from) / (to - from) : 0;
  return Math.max(0, Math.min(CELLS - 1, Math.floor(share * CELLS)));
}

/** The box is a thousandth wider than the circle: one degree is not as long everywhere in it. */
function circlePart({ longitudeDeg, latitudeDeg, radius }: AnalysisArea["circles"][number]): Part {
  const high = (radius / METRES_PER_DEG) * 1.001;
  const farLat = Math.min(89.9, Math.abs(latitudeDeg) + high);
  const wide = high / Math.cos((farLat * Math.PI) / 180);
  return {
    box: [longitudeDeg - wide, latitudeDeg - high, longitudeDeg + wide, latitudeDeg + high],
    contains: (lon, lat) => distanceM(lon, lat, longitudeDeg, latitudeDeg) <= radius,
  };
}

/** The middle of the area's largest part; null when it has none. */
export function middleOf({
  polygons,
  circles,
}: AnalysisArea): { longitudeDeg: number; latitudeDeg: number } | null {
  const parts = [
    ...polygons.map((ring) => ({ m2: ringAreaM2(ring), at: ringCentroid(ring) })),
    ...circles.map((circle) => ({ m2: Math.PI * circle.radius ** 2, at: circle })),
  ].sort((a, b) => b.m2 - a.m2);
  const at = parts[0]?.at;
  return at ? { longitudeDeg: at.longitudeDeg, latitudeDeg: at.latitudeDeg } : null;
}

/** Area of the rings and circles in km²; where they overlap it counts twice. */
export function areaKm2(area: AnalysisArea): number {
  const rings = area.polygons.reduce((sum, ring) => sum + ringAreaM2(ring), 0);
  const circles = area.circles.reduce((sum, circle) => sum + Math.PI * circle.radius ** 2, 0);
  return (rings + circles) / 1e6;
}

/** Metres on the mean sphere, flat at the mean latitude. */
export function distanceM(lonA: number, latA: number, lonB: number, latB: number): number {
  const squeeze = Math.cos((((latA + latB) / 2) * Math.PI) / 180);
  return Math.hypot((lonA - lonB) * squeeze, latA - latB) * METRES_PER_DEG;
}
