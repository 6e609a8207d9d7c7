import type { BuildingIndex } from "../../src/domain/building-index.ts";
import { ringAreaM2 } from "../../src/geo/polygon.ts";
import type { AnalysisArea } from "./contract.ts";
import { RingTester } from "./ring-tester.ts";

/** Metres a degree of latitude on the mean sphere; enough for a circle whose radius is given in kilometres. */
const METRES_PER_DEG = 111_195;

/** Rows of the buildings whose centroid lies in any polygon or circle of the area, ascending. */
export function rowsInside(
  index: Pick<BuildingIndex, "count" | "longitudeDeg" | "latitudeDeg">,
  area: AnalysisArea,
): Uint32Array {
  const rings = area.polygons.filter((ring) => ring.length >= 3).map((ring) => new RingTester(ring));
  const rows = new Uint32Array(index.count);
  let found = 0;
  for (let row = 0; row < index.count; row++) {
    const lon = index.longitudeDeg[row]!;
    const lat = index.latitudeDeg[row]!;
    const isInside =
      rings.some((ring) => ring.contains(lon, lat)) ||
      area.circles.some(
        (circle) => distanceM(lon, lat, circle.longitudeDeg, circle.latitudeDeg) <= circle.radius,
      );
    if (isInside) rows[found++] = row;
  }
  return rows.slice(0, found);
}

/** Area of the rings and circles in km²; where they overlap it counts twice. */
export function areaKm2(area: AnalysisArea): number {
  const rings = area.polygons.reduce((sum, ring) => sum + ringAreaM2(ring), 0);
  const circles = area.circles.reduce((sum, circle) => sum + Math.PI * circle.radius ** 2, 0);
  return (rings + circles) / 1e6;
}

function distanceM(lonA: number, latA: number, lonB: number, latB: number): number {
  const squeeze = Math.cos((((latA + latB) / 2) * Math.PI) / 180);
  return Math.hypot((lonA - lonB) * squeeze, latA - latB) * METRES_PER_DEG;
}
