import { BUILDING_USES } from "../../src/domain/city.ts";
import { type Block, buildBlocks, type SideStreet } from "./blocks.ts";
import type { Building, Part } from "./building.ts";
import { type District, districtFinder, readDistricts } from "./districts.ts";
import { fillHospital, fillMall, fillOffices, fillPerimeter, fillSchool } from "./fill-business.ts";
import { fillLanes, fillSlabs, fillTowers, fillVillage, fillVillas } from "./fill-residential.ts";
import { fillFactory, fillWarehouse } from "./fill-works.ts";
import { fillYards } from "./fill-yards.ts";
import { landmarkBuildings } from "./landmarks.ts";
import { movedPart } from "./moved-part.ts";
import type { Programme } from "./plan.ts";
import type { Point, Ring } from "./plane.ts";
import { distanceToLine, distanceToSegment, ringCentroid, rotate, signedArea } from "./polygon.ts";
import { createRandom, latticeValue, seedOf, valueNoise } from "./random.ts";
import { residentsOf } from "./residents.ts";
import { createSite, type Placed, type Site } from "./site.ts";
import type { Skeleton } from "./skeleton.ts";

export interface CityBuildings {
  readonly buildings: readonly Building[];
  readonly districts: readonly District[];
  /** Streets within built ground. */
  readonly sideStreets: readonly SideStreet[];
}

/** Only blocks whose centre lies inside are filled: a small city for tests. Metres of the plane. */
export interface Cut {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

const FILLERS: Readonly<Record<Programme, (site: Site) => void>> = {
  slabs: fillSlabs,
  towers: fillTowers,
  perimeter: fillPerimeter,
  offices: fillOffices,
  mall: fillMall,
  lanes: fillLanes,
  factory: fillFactory,
  warehouse: fillWarehouse,
  school: fillSchool,
  hospital: fillHospital,
  village: fillVillage,
  villas: fillVillas,
  empty: () => {},
};

/** Roofs get rims, stair heads and plant within this distance of the origin, metres: a rim takes 84 vertices of a tower. */
const DETAIL_RADIUS = 3600;
/** Blocks are filled finest within this distance of the origin, and coarsest beyond the other, metres. */
const FINE_RADIUS = 6500;
const COARSE_RADIUS = 13000;

/** All buildings of the city, landmarks first, in the order of their ids. */
export function generateBuildings(skeleton: Skeleton, cut?: Cut): CityBuildings {
  const { blocks, sideStreets, streetNames } = buildBlocks(skeleton);
  const districts = readDistricts(skeleton.plan);
  const findDistrict = districtFinder(districts, skeleton.plane);
  const centrality = centralityField(skeleton);
  const buildings: Building[] = landmarkBuildings(skeleton, findDistrict);
  for (const block of blocks) {
    const [x, y] = block.centre;
    if (cut && (x < cut.minX || x > cut.maxX || y < cut.minY || y > cut.maxY)) continue;
    if (!isBuilt(skeleton, block.centre, block.zone.fill)) continue;
    const isDetailed = Math.hypot(x, y) < DETAIL_RADIUS;
    const site = createSite(block, skeleton.mask, centrality(block.centre), coarsenessAt(x, y), isDetailed);
    const programme = chooseProgramme(site);
    FILLERS[programme](site);
    fillYards(site, programme);
    const district = findDistrict(block.centre);
    for (const placed of site.placed)
      buildings.push(
        toBuilding(
          { ...placed, parts: placed.parts.map((part) => withRoof(part, isDetailed)) },
          block,
          district,
          `${districts[district]!.name}${addressOf(placed, block, streetNames)}`,
        ),
      );
  }
  return {
    buildings,
    districts,
    sideStreets: sideStreets.flatMap((street) => builtPieces(skeleton, street)),
  };
}

/** From this height on nobody sees a rim of a third of a metre, from the street or from the air. */
const RIMS_UNDER = 60;

function withRoof(part: Part, isDetailed: boolean): Part {
  if (part.kind !== "prism" || part.roof !== "parapet") return part;
  return isDetailed && part.z1 < RIMS_UNDER ? part : { ...part, roof: "flat" };
}

function coarsenessAt(x: number, y: number): number {
  return (
    1 + Math.min(0.5, 0.5 * Math.max(0, (Math.hypot(x, y) - FINE_RADIUS) / (COARSE_RADIUS - FINE_RADIUS)))
  );
}

/** Whether the ground is built on: thins out in clumps away from the centre. */
function isBuilt(skeleton: Skeleton, [x, y]: Point, fill: number): boolean {
  const { from, to } = skeleton.plan.thinning;
  const near = Math.min(1, Math.max(0, (to - Math.hypot(x, y)) / (to - from)));
  const share = fill * near;
  if (share >= 1) return true;
  const seed = seedOf(skeleton.plan.id, "built");
  const clump =
    valueNoise(seed, x / 800, y / 800) * 0.8 +
    latticeValue(seed, Math.round(x / 40), Math.round(y / 40)) * 0.2;
  return clump < 0.2 + share * 0.6;
}

/** 0..1 by distance from the drawn centres. */
function centralityField(skeleton: Skeleton): (point: Point) => number {
  const centres = skeleton.plan.centres.map(({ line, radius, strength }) => ({
    line: line.map(skeleton.plane.toPlane),
    radius,
    strength,
  }));
  return (point) =>
    centres.reduce((best, { line, radius, strength }) => {
      const d = distanceToLine(point, line) / radius;
      return Math.max(best, strength * Math.exp(-d * d));
    }, 0);
}

function chooseProgramme(site: Site): Programme {
  const { block, centrality: c, random } = site;
  const weights: Partial<Record<Programme, number>> = { ...block.zone.programmes };
  weights.offices = (weights.offices ?? 0) + (c > 0.3 ? 4.5 * c * c : 0);
  weights.mall = (weights.mall ?? 0) + (c > 0.4 ? 0.8 * c : 0);
  weights.towers = (weights.towers ?? 0) * (1 + c);
  weights.slabs = (weights.slabs ?? 0) * (1 - 0.75 * c);
  weights.lanes = (weights.lanes ?? 0) * (1 - c) * 0.7;
  weights.village = (weights.village ?? 0) * 0.5;
  weights.empty = (weights.empty ?? 0) * (1 - c) * 0.5;
  const smallest: Partial<Record<Programme, number>> = {
    towers: 2600,
    offices: 1100,
    mall: 2400,
    factory: 5200,
    warehouse: 5200,
    school: 5200,
    hospital: 4200,
  };
  for (const [programme, area] of Object.entries(smallest) as [Programme, number][])
    if (block.area < area) weights[programme] = 0;
  const isAny = Object.values(weights).some((weight) => weight > 0);
  return isAny ? random.weighted(weights) : "slabs";
}

const NOBODY = { day: 0, night: 0 };

function toBuilding(placed: Placed, block: Block, district: number, address: string): Building {
  const ring: Ring = placed.ring.map((point) => rotate(point, block.angle));
  const area = signedArea(ring);
  const centre = ringCentroid(ring);
  const { day, night } = placed.isEmpty
    ? NOBODY
    : residentsOf(BUILDING_USES[placed.useCode]!, area, placed.floors);
  return {
    ring,
    parts: placed.parts.map((part): Part => movedPart(part, block.angle, 0, 0)),
    centre,
    area,
    use: placed.useCode,
    floors: placed.floors,
    height: Math.round(placed.height * 100) / 100,
    year: placed.year,
    structure: placed.structure,
    name: "",
    address,
    district,
    residentsDay: day,
    residentsNight: night,
    seed: seedOf(Math.round(centre[0] * 10), Math.round(centre[1] * 10)) & 255,
  };
}

/** Street and number: the nearest named edge of the block, counted along it. */
function addressOf(placed: Placed, block: Block, streetNames: readonly string[]): string {
  const centre = ringCentroid(placed.ring);
  const { points, streets } = block.ring;
  let best = Infinity;
  let at = 0;
  let name = "";
  for (let i = 0; i < points.length; i++) {
    if (streets[i]! < 0) continue;
    const a = points[i]!;
    const b = points[(i + 1) % points.length]!;
    const distance = distanceToSegment(centre, a, b);
    if (distance >= best) continue;
    best = distance;
    name = streetNames[streets[i]!]!;
    const isAcross = Math.abs(b[0] - a[0]) > Math.abs(b[1] - a[1]);
    const along = isAcross ? centre[0] : centre[1];
    const side = isAcross ? b[0] > a[0] : b[1] > a[1];
    at = 2 * Math.floor((((along % 4000) + 4000) % 4000) / 14) + (side ? 1 : 2);
  }
  if (name === "") {
    const random = createRandom(block.seed);
    return `${block.zone.streetV.replace("{n}", "")}支路${random.int(1, 90)}号`;
  }
  return `${name}${at}号`;
}

/** The pieces of a street that run over built ground. */
function builtPieces(skeleton: Skeleton, street: SideStreet): SideStreet[] {
  const [a, b] = street.line;
  const count = Math.max(1, Math.round(Math.hypot(b[0] - a[0], b[1] - a[1]) / 90));
  const at = (i: number): Point => [a[0] + ((b[0] - a[0]) * i) / count, a[1] + ((b[1] - a[1]) * i) / count];
  const pieces: SideStreet[] = [];
  let start = -1;
  for (let i = 0; i <= count; i++) {
    const isOn = i < count && isStreet(skeleton, at(i + 0.5));
    if (isOn && start < 0) start = i;
    if (isOn || start < 0) continue;
    pieces.push({ ...street, line: [at(start), at(i)] });
    start = -1;
  }
  return pieces;
}

function isStreet(skeleton: Skeleton, point: Point): boolean {
  return (skeleton.mask.at(point) & ~4) === 0 && isBuilt(skeleton, point, 0.95);
}
