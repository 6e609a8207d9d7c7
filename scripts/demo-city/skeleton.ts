import { createMask, HILL, type Mask, PARK, RAIL, RESERVED, ROAD, WATER } from "./mask.ts";
import type { CityPlan, LonLat, PlannedRoad, RoadClass } from "./plan.ts";
import { createPlane, type Plane, type Point, type Ring } from "./plane.ts";
import { bandRing, rotate, signedArea, smoothLine } from "./polygon.ts";
import { latticeValue, seedOf } from "./random.ts";

/** A drawn road in the plane, smoothed. */
export interface Street {
  readonly name: string;
  readonly nameEn: string;
  readonly class: RoadClass;
  readonly isRing: boolean;
  readonly widthM: number;
  readonly line: readonly Point[];
}

export interface WaterBody {
  readonly name: string;
  readonly nameEn: string;
  readonly kind: "river" | "water" | "sea";
  readonly ring: Ring;
  /** x, y of the centre line of a river. */
  readonly centreLine: readonly Point[] | null;
}

/** The plan in metres of the plane: what blocks, ground and the base map are made from. */
export interface Skeleton {
  readonly plan: CityPlan;
  readonly plane: Plane;
  readonly streets: readonly Street[];
  readonly rails: readonly {
    readonly name: string;
    readonly widthM: number;
    readonly line: readonly Point[];
  }[];
  readonly water: readonly WaterBody[];
  readonly islands: readonly Ring[];
  readonly landRings: readonly Ring[];
  readonly parks: readonly { readonly isHill: boolean; readonly ring: Ring }[];
  readonly reserved: readonly Ring[];
  readonly zones: readonly Ring[];
  readonly extent: Ring;
  readonly mask: Mask;
}

const MASK_CELL = 6;

export function buildSkeleton(plan: CityPlan): Skeleton {
  const plane = createPlane(plan.origin[0], plan.origin[1]);
  const toRing = (ring: readonly LonLat[]): Point[] => counterClockwise(ring.map(plane.toPlane));
  const [west, south, east, north] = plan.extent;
  const skeleton = {
    plan,
    plane,
    streets: plan.roads.map((road) => toStreet(road, plane)),
    rails: plan.rails.map(({ name, widthM, line }) => ({
      name,
      widthM,
      line: smoothed(line.map(plane.toPlane), 6, false),
    })),
    water: plan.water.map((water) => toWaterBody(water, plane)),
    islands: plan.islands.map(({ ring }) => smoothed(toRing(ring), 4, true)),
    landRings: (plan.land?.rings ?? []).map((ring) => roughCoast(toRing(ring), plan, plane)),
    parks: plan.parks.map((park) => ({
      isHill: park.class === "hill",
      ring: smoothHill(toRing(park.ring), park.class),
    })),
    reserved: plan.reserved.map(({ at, halfEast, halfNorth, rotationDeg }) =>
      toReservedRing(plane.toPlane(at), halfEast + 10, halfNorth + 10, rotationDeg),
    ),
    zones: plan.zones.map(({ ring }) => toRing(ring)),
    extent: toRing([
      [west, south],
      [east, south],
      [east, north],
      [west, north],
    ]),
  };
  return { ...skeleton, mask: paintMask(skeleton) };
}

function paintMask(skeleton: Omit<Skeleton, "mask">): Mask {
  const { plan, plane } = skeleton;
  const mask = createMask(plane, plan.extent, MASK_CELL);
  if (skeleton.landRings.length > 0) {
    for (const ring of skeleton.landRings) mask.paintRing(ring, WATER);
    for (let i = 0; i < mask.cells.length; i++) mask.cells[i]! ^= WATER;
  }
  for (const { ring } of skeleton.water) mask.paintRing(ring, WATER);
  for (const { ring, isHill } of skeleton.parks) mask.paintRing(ring, isHill ? HILL : PARK);
  for (const ring of skeleton.islands) mask.paintRing(ring, PARK);
  for (const street of skeleton.streets) mask.paintLine(street.line, street.widthM + 6, ROAD);
  for (const rail of skeleton.rails) mask.paintLine(rail.line, rail.widthM + 8, RAIL);
  for (const ring of skeleton.reserved) mask.paintRing(ring, RESERVED);
  for (const { at, clear } of plan.landmarks) {
    const [x, y] = plane.toPlane(at);
    mask.paintRing(circleRing([x, y], clear), RESERVED);
  }
  return mask;
}

/** Breaks the long straight edges of a hand-drawn coast into bays and points, the same every time. */
function roughCoast(ring: Point[], plan: CityPlan, plane: Plane): Point[] {
  const [west, south, east, north] = plan.land!.straight;
  const seed = seedOf(plan.id, "coast");
  const isQuay = (point: Point): boolean => {
    const [lon, lat] = plane.toDegrees(point);
    return lon > west && lon < east && lat > south && lat < north;
  };
  const out: Point[] = [];
  const add = (a: Point, b: Point, depth: number): void => {
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (depth === 0 || length < 160 || (isQuay(a) && isQuay(b))) {
      out.push(a);
      return;
    }
    const push = (latticeValue(seed, Math.round(a[0] + b[0]), Math.round(a[1] + b[1])) - 0.5) * 0.26;
    const middle: Point = [
      (a[0] + b[0]) / 2 - (b[1] - a[1]) * push,
      (a[1] + b[1]) / 2 + (b[0] - a[0]) * push,
    ];
    add(a, middle, depth - 1);
    add(middle, b, depth - 1);
  };
  ring.forEach((point, i) => {
    add(point, ring[(i + 1) % ring.length]!, 5);
  });
  return out;
}

function toStreet(road: PlannedRoad, plane: Plane): Street {
  const line = road.line.map(plane.toPlane);
  const isRing = road.isRing === true;
  const smooth = smoothed(line, 6, isRing);
  return {
    name: road.name,
    nameEn: road.nameEn,
    class: road.class,
    isRing,
    widthM: road.widthM,
    line: isRing ? [...smooth, smooth[0]!] : smooth,
  };
}

function toWaterBody(water: CityPlan["water"][number], plane: Plane): WaterBody {
  const { name, nameEn, kind } = water;
  if (water.band) {
    const band = smoothLine(
      water.band.map(([lon, lat, width]) => [...plane.toPlane([lon, lat]), width]),
      6,
    );
    return { name, nameEn, kind, ring: bandRing(band), centreLine: band.map(([x, y]): Point => [x!, y!]) };
  }
  const ring = smoothed(counterClockwise((water.ring ?? []).map(plane.toPlane)), 4, true);
  return { name, nameEn, kind, ring, centreLine: null };
}

function smoothHill(ring: Point[], parkClass: string | undefined): Point[] {
  return parkClass === "plaza" ? ring : smoothed(ring, 4, true);
}

function smoothed(line: readonly Point[], steps: number, closed: boolean): Point[] {
  if (line.length < 3) return [...line];
  return smoothLine(line, steps, closed).map(([x, y]): Point => [x!, y!]);
}

function counterClockwise(ring: Point[]): Point[] {
  return signedArea(ring) < 0 ? ring.reverse() : ring;
}

function toReservedRing([x, y]: Point, halfEast: number, halfNorth: number, rotationDeg: number): Point[] {
  const corners: Point[] = [
    [-halfEast, -halfNorth],
    [halfEast, -halfNorth],
    [halfEast, halfNorth],
    [-halfEast, halfNorth],
  ];
  return corners.map((corner) => {
    const [dx, dy] = rotate(corner, (-rotationDeg * Math.PI) / 180);
    return [x + dx, y + dy];
  });
}

export function circleRing([x, y]: Point, radius: number, sides = 20): Point[] {
  return Array.from({ length: sides }, (_, i) => {
    const angle = (2 * Math.PI * i) / sides;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}
