import { BUILDING_USES, type BuildingUse } from "../../src/domain/city.ts";
import { type Block, buildBlocks } from "./blocks.ts";
import type { Building } from "./building.ts";
import type { CityBuildings } from "./buildings.ts";
import type { Point, Ring } from "./plane.ts";
import { type AreaFeature, areaFeature, collection, type GeoJson } from "./planning-features.ts";
import { pointInRing, ringBox, rotate } from "./polygon.ts";
import { createRandom, latticeValue, type Random, seedOf, valueNoise } from "./random.ts";
import type { Skeleton } from "./skeleton.ts";

/** A parcel of the sample plan: a block of the city, what stands on it and what it is for. */
export interface Parcel {
  readonly id: string;
  readonly ring: Ring;
  readonly centre: Point;
  /** m² */
  readonly area: number;
  /** Code of the national classification of land and sea use. */
  readonly code: string;
  readonly district: string;
  readonly buildings: readonly Building[];
  readonly seed: number;
}

const CODES: Readonly<Record<BuildingUse, string>> = {
  residential: "0701",
  commercial: "0901",
  office: "0902",
  industrial: "1001",
  education: "0804",
  medical: "0806",
  public: "0801",
  transport: "1208",
};
/** Heights that plans allow, metres. */
const HEIGHT_STEPS = [12, 18, 24, 36, 54, 80, 100, 120, 150, 200, 250, 300, 400] as const;
/** Old quarters under protection, low by plan: name of the landmark, metres around it, metres high. */
const PROTECTED: readonly { readonly name: string; readonly radius: number; readonly limit: number }[] = [
  { name: "故宫", radius: 420, limit: 18 },
  { name: "中山广场", radius: 300, limit: 24 },
];
const URBAN = /^(07|08|09|10|11|12|13)/;

/** Blocks of the city with the buildings that stand on them, each with a use of the national classification. */
export function createParcels(skeleton: Skeleton, { buildings, districts }: CityBuildings): Parcel[] {
  const blocks = buildBlocks(skeleton).blocks;
  const rings = blocks.map((block) => block.ring.points.map((point): Point => rotate(point, block.angle)));
  const owners = ownersOf(buildings, rings);
  return blocks.map((block, i) => {
    const own = owners[i]!;
    const district = own[0] ? districts[own[0].district]!.name : "";
    const code = codeOf(skeleton, block, own);
    return {
      id: `${skeleton.plan.idPrefix}-D${String(i + 1).padStart(5, "0")}`,
      ring: rings[i]!,
      centre: block.centre,
      area: block.area,
      code,
      district,
      buildings: own,
      seed: block.seed,
    };
  });
}

/** Buildings by the block that their centre lies in, by a grid of cells. */
function ownersOf(buildings: readonly Building[], rings: readonly Ring[]): Building[][] {
  const cell = 300;
  const byCell = new Map<string, Building[]>();
  for (const building of buildings) {
    const key = `${Math.floor(building.centre[0] / cell)},${Math.floor(building.centre[1] / cell)}`;
    const known = byCell.get(key);
    if (known) known.push(building);
    else byCell.set(key, [building]);
  }
  return rings.map((ring) => {
    const box = ringBox(ring);
    const own: Building[] = [];
    for (let x = Math.floor(box.minX / cell); x <= Math.floor(box.maxX / cell); x++)
      for (let y = Math.floor(box.minY / cell); y <= Math.floor(box.maxY / cell); y++)
        for (const building of byCell.get(`${x},${y}`) ?? [])
          if (pointInRing(building.centre, ring)) own.push(building);
    return own;
  });
}

/** The use that has most floor area; open ground is fields, woods or kept in reserve. */
function codeOf(skeleton: Skeleton, block: Block, own: readonly Building[]): string {
  if (own.length === 0) return openGround(skeleton, block.centre);
  const floors = new Map<number, number>();
  for (const { use, area, floors: count } of own)
    floors.set(use, (floors.get(use) ?? 0) + area * Math.max(1, count));
  const [use] = [...floors].sort(([, a], [, b]) => b - a)[0]!;
  const name = BUILDING_USES[use]!;
  if (name === "residential" && own.every(({ floors: count }) => count <= 2) && own.length > 6) return "0703";
  if (name === "industrial" && own.every(({ height }) => height < 15) && own.length < 7) return "1101";
  if (name === "public" && block.seed % 3 === 0) return "0803";
  return CODES[name];
}

function openGround({ plan }: Skeleton, [x, y]: Point): string {
  const far = Math.hypot(x, y) / plan.thinning.to;
  if (far < 0.35) return block(x, y) < 0.5 ? "1401" : "16";
  const noise = valueNoise(seedOf(plan.id, "open"), x / 1500, y / 1500);
  if (noise > 0.68) return "03";
  return noise < 0.2 ? "0201" : "0103";
}

function block(x: number, y: number): number {
  return latticeValue(71, Math.round(x / 50), Math.round(y / 50));
}

/** Current and planned use of land: blocks, parks, hills, squares and water. */
export function createLandUse(skeleton: Skeleton, parcels: readonly Parcel[]): GeoJson {
  const { plane, plan, parks, water } = skeleton;
  const classed = (code: string, ring: Ring, id: string, name: string, district = ""): AreaFeature =>
    areaFeature(plane, [ring], { id, code, name, district });
  return collection([
    ...water.map(({ ring, name }, i) => classed("1701", ring, `${plan.idPrefix}-W${i + 1}`, name)),
    ...parks.map(({ ring, isHill }, i) => {
      const park = plan.parks[i]!;
      const code = isHill ? "03" : park.class === "plaza" ? "1403" : "1401";
      return classed(code, ring, `${plan.idPrefix}-G${i + 1}`, park.name);
    }),
    ...parcels.map(({ ring, id, code, district }) => classed(code, ring, id, "", district)),
  ]);
}

/** Control plan of the urban blocks: floor area ratio, height limit, building density, green ratio. */
export function createControlPlan(skeleton: Skeleton, parcels: readonly Parcel[]): GeoJson {
  const quarters = PROTECTED.flatMap(({ name, radius, limit }) => {
    const landmark = skeleton.plan.landmarks.find((one) => one.name.includes(name));
    return landmark ? [{ at: skeleton.plane.toPlane(landmark.at), radius, limit }] : [];
  });
  return collection(
    parcels
      .filter(({ code, buildings }) => URBAN.test(code) && buildings.length > 0)
      .map((parcel) => {
        const random = createRandom(parcel.seed);
        const quarter = quarters.find(
          ({ at, radius }) => Math.hypot(at[0] - parcel.centre[0], at[1] - parcel.centre[1]) < radius,
        );
        return areaFeature(skeleton.plane, [parcel.ring], {
          id: parcel.id,
          code: parcel.code,
          district: parcel.district,
          area: Math.round(parcel.area),
          ...limitsOf(parcel, random, quarter?.limit ?? null),
        });
      }),
  );
}

/** A plan mostly allows what stands there; a few blocks were built higher or denser than it says. */
function limitsOf({ buildings, area, code }: Parcel, random: Random, protectedLimit: number | null) {
  const floorArea = buildings.reduce((sum, one) => sum + one.area * Math.max(1, one.floors), 0);
  const built = buildings.reduce((sum, one) => sum + one.area, 0) / area;
  const highest = buildings.reduce((most, one) => Math.max(most, one.height), 0);
  const step = HEIGHT_STEPS.findIndex((limit) => limit >= highest);
  const isStrict = random.chance(0.035);
  const at = Math.max(0, (step < 0 ? HEIGHT_STEPS.length - 1 : step) - (isStrict ? 1 : 0));
  const isDense = random.chance(0.04);
  const far = Math.max(0.3, (floorArea / area) * (isDense ? 0.82 : random.range(1.02, 1.35)));
  return {
    far: Math.ceil(far * 10) / 10,
    heightLimit: protectedLimit ?? HEIGHT_STEPS[at]!,
    density: Math.min(70, Math.ceil(built * random.range(105, 130))),
    greenRatio: code.startsWith("10") || code.startsWith("11") ? random.int(10, 20) : random.int(25, 38),
  };
}
