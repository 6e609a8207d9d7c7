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

/** Tells whether a place lies in any polygon or circle of the area. */
export function areaTester(area: AnalysisArea): (lon: number, lat: number) => boolean {
  const rings = area.polygons.filter((ring) => ring.length >= 3).map((ring) => new RingTester(ring));
  return (lon, lat) =>
    rings.some((ring) => ring.contains(lon, lat)) ||
    area.circles.some(
      (circle) => distanceM(lon, lat, circle.longitudeDeg, circle.latitudeDeg) <= circle.radius,
    );
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
