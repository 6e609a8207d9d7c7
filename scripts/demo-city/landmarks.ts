import { BUILDING_USES } from "../../src/domain/city.ts";
import type { Building, Part } from "./building.ts";
import { massingParts } from "./massing-parts.ts";
import { movedPart } from "./moved-part.ts";
import type { PlannedLandmark } from "./plan.ts";
import type { Point, Ring } from "./plane.ts";
import { ringBox, ringCentroid, rotate, signedArea } from "./polygon.ts";
import { seedOf } from "./random.ts";
import { residentsOf } from "./residents.ts";
import { circleRing, type Skeleton } from "./skeleton.ts";

export function landmarkBuildings(skeleton: Skeleton, findDistrict: (point: Point) => number): Building[] {
  return skeleton.plan.landmarks.map((landmark) => landmarkBuilding(landmark, skeleton, findDistrict));
}

function landmarkBuilding(
  landmark: PlannedLandmark,
  { plane }: Skeleton,
  findDistrict: (point: Point) => number,
): Building {
  const [x, y] = plane.toPlane(landmark.at);
  const radians = (-landmark.headingDeg * Math.PI) / 180;
  const toLocal = (point: Point): Point => rotate([point[0] - x, point[1] - y], -radians);
  const local = massingParts(landmark.massing, landmark.height, plane, toLocal);
  const parts = local.map((part) => movedPart(part, radians, x, y));
  const ring = footprintOf(parts);
  const area = footprintArea(local);
  const { day, night } = residentsOf(landmark.use, Math.min(area, 9000), landmark.floors);
  return {
    ring,
    parts,
    centre: ringCentroid(ring),
    area,
    use: BUILDING_USES.indexOf(landmark.use),
    floors: landmark.floors,
    height: landmark.height,
    year: landmark.year,
    structure: landmark.structure,
    name: landmark.name,
    address: landmark.address,
    district: findDistrict([x, y]),
    residentsDay: landmark.massing.type === "bridge" ? 0 : day,
    residentsNight: landmark.massing.type === "bridge" ? 0 : night,
    seed: seedOf(landmark.nameEn) & 255,
  };
}

/** The box round everything that stands near the ground, as a ring. */
function footprintOf(parts: readonly Part[]): Ring {
  const points = parts.flatMap((part) => [...partRing(part)]);
  const { minX, minY, maxX, maxY } = ringBox(points);
  return [
    [minX, minY],
    [maxX, minY],
    [maxX, maxY],
    [minX, maxY],
  ];
}

function partRing(part: Part): Ring {
  if (part.kind === "beam") return [part.from, part.to];
  if (part.kind !== "lathe") return part.ring;
  const radius = Math.max(...part.profile.map(([r]) => r)) * Math.max(...part.scale);
  return circleRing(part.centre, radius, 12);
}

/** m² covered by the parts that rise from the ground; overlaps count once for the largest only. */
function footprintArea(parts: readonly Part[]): number {
  const areas = parts.flatMap((part) => {
    if (part.kind === "prism" && part.z0 < 0.5) return [Math.abs(signedArea(part.ring))];
    if (part.kind === "lathe" && part.profile[0]![1] < 0.5)
      return [Math.PI * part.profile[0]![0] ** 2 * part.scale[0] * part.scale[1]];
    return [];
  });
  return Math.max(20, ...areas);
}
