import { BUILDING_USES, type BuildingUse } from "../../src/domain/city.ts";
import type { FacilityKind, UnitKind } from "../../src/domain/response.ts";
import type { Building } from "./building.ts";
import type { CityBuildings } from "./buildings.ts";
import type { Point } from "./plane.ts";
import { ringCentroid, signedArea } from "./polygon.ts";
import { createRandom, seedOf } from "./random.ts";
import type { Skeleton } from "./skeleton.ts";

/** Square metres of open ground for one person in an emergency shelter, and the share of a park that can be used. From memory of GB 51143; sample. */
const SHELTER_M2 = 2;
const SHELTER_SHARE = 0.6;
const SMALLEST_SHELTER_M2 = 12_000;

interface FacilityRow {
  readonly id: string;
  readonly kind: FacilityKind;
  readonly name: { readonly zh: string; readonly en: string };
  readonly at: readonly [number, number];
  readonly capacity: number | null;
}

interface DepotRow {
  readonly id: string;
  readonly kind: UnitKind;
  readonly name: { readonly zh: string; readonly en: string };
  readonly at: readonly [number, number];
  readonly units: number;
}

/** A school, a works, a hospital: buildings of one use that were placed one after another on one block. */
interface Campus {
  readonly use: BuildingUse;
  readonly centre: Point;
  readonly district: number;
  readonly area: number;
  readonly day: number;
  readonly night: number;
}

/** `facilities.json`: SAMPLE places that matter in an emergency, out of the generated buildings, the drawn stations, parks and landmarks. */
export function createFacilities(skeleton: Skeleton, city: CityBuildings) {
  const campuses = campusesOf(city.buildings);
  const names = namer(city);
  const rows: FacilityRow[] = [
    ...schools(campuses, skeleton, names),
    ...hospitals(campuses, skeleton, names),
    ...careHomes(city.buildings, skeleton, names),
    ...hazards(campuses, skeleton, names),
    ...stations(skeleton),
    ...shelters(skeleton),
    ...landmarkFacilities(skeleton, city.buildings),
  ];
  return {
    version: 1,
    provenance: {
      kind: "SAMPLE",
      source: { zh: "示范城市（由示范建筑推出）", en: "demonstration city (derived from its buildings)" },
    },
    facilities: rows,
    depots: depots(rows, city.buildings, skeleton),
  };
}

type Namer = (kind: string, district: number, wordZh: string, wordEn: string) => FacilityRow["name"];

/** 铁西区第 3 小学: counted by district and word; every made-up name says that it is one. */
function namer({ districts }: CityBuildings): Namer {
  const counts = new Map<string, number>();
  return (kind, district, wordZh, wordEn) => {
    const key = `${kind} ${district}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    const { name, nameEn } = districts[district]!;
    return { zh: `${name}第${count}${wordZh}（示范）`, en: `${nameEn} ${wordEn} No. ${count} (sample)` };
  };
}

function campusesOf(buildings: readonly Building[]): Campus[] {
  const campuses: { use: number; members: Building[] }[] = [];
  for (const building of buildings) {
    if (building.name !== "") continue;
    const last = campuses.at(-1);
    const first = last?.members[0];
    const isSame =
      first !== undefined &&
      last!.use === building.use &&
      first.district === building.district &&
      Math.hypot(first.centre[0] - building.centre[0], first.centre[1] - building.centre[1]) < 260;
    if (isSame) last!.members.push(building);
    else campuses.push({ use: building.use, members: [building] });
  }
  return campuses.map(({ use, members }) => ({
    use: BUILDING_USES[use]!,
    centre: largestOf(members).centre,
    district: members[0]!.district,
    area: members.reduce((sum, { area }) => sum + area, 0),
    day: members.reduce((sum, { residentsDay }) => sum + residentsDay, 0),
    night: members.reduce((sum, { residentsNight }) => sum + residentsNight, 0),
  }));
}

const largestOf = (members: readonly Building[]): Building =>
  members.reduce((best, one) => (one.area > best.area ? one : best));

const round = (value: number): number => Math.round(value * 1e6) / 1e6;
function placeOf({ plane }: Skeleton, point: Point): [number, number] {
  const [lon, lat] = plane.toDegrees(point);
  return [round(lon), round(lat)];
}

function idOf(skeleton: Skeleton, kind: string, count: number): string {
  return `${skeleton.plan.idPrefix}-${kind}-${String(count + 1).padStart(4, "0")}`;
}

function schools(campuses: readonly Campus[], skeleton: Skeleton, name: Namer): FacilityRow[] {
  return campuses
    .filter(({ use, day }) => use === "education" && day >= 150)
    .map(({ centre, district, day }, i) => ({
      id: idOf(skeleton, "SC", i),
      kind: "school",
      name:
        day > 900
          ? name("middle", district, "中学", "Middle School")
          : name("primary", district, "小学", "Primary School"),
      at: placeOf(skeleton, centre),
      capacity: day,
    }));
}

function hospitals(campuses: readonly Campus[], skeleton: Skeleton, name: Namer): FacilityRow[] {
  return campuses
    .filter(({ use, night }) => use === "medical" && night >= 60)
    .map(({ centre, district, night }, i) => ({
      id: idOf(skeleton, "HO", i),
      kind: "hospital",
      name: name("hospital", district, "医院", "Hospital"),
      at: placeOf(skeleton, centre),
      capacity: night,
    }));
}

/** One residential building in some nine hundred. */
function careHomes(buildings: readonly Building[], skeleton: Skeleton, name: Namer): FacilityRow[] {
  const random = createRandom(seedOf(skeleton.plan.id, "care"));
  return buildings
    .filter(
      ({ use, floors }) => BUILDING_USES[use] === "residential" && random.chance(1 / 900) && floors <= 18,
    )
    .map(({ centre, district, residentsNight }, i) => ({
      id: idOf(skeleton, "CA", i),
      kind: "care",
      name: name("care", district, "养老院", "Care Home"),
      at: placeOf(skeleton, centre),
      capacity: Math.max(40, Math.min(260, residentsNight)),
    }));
}

/** One works in nine keeps dangerous substances; what and how much is nowhere said, because it is made up. */
function hazards(campuses: readonly Campus[], skeleton: Skeleton, name: Namer): FacilityRow[] {
  const random = createRandom(seedOf(skeleton.plan.id, "hazard"));
  return campuses
    .filter(({ use, area }) => use === "industrial" && area > 3000 && random.chance(1 / 9))
    .map(({ centre, district }, i) => ({
      id: idOf(skeleton, "HZ", i),
      kind: "hazard",
      name: name("hazard", district, "危化品企业", "Hazardous Site"),
      at: placeOf(skeleton, centre),
      capacity: null,
    }));
}

/** Metro stations, an interchange once. */
function stations({ plan }: Skeleton): FacilityRow[] {
  const seen = new Map<string, FacilityRow>();
  for (const { stations: stops } of plan.metros)
    for (const [zh, en, lon, lat] of stops)
      if (!seen.has(zh))
        seen.set(zh, {
          id: `${plan.idPrefix}-TR-${String(seen.size + 1).padStart(4, "0")}`,
          kind: "transit",
          name: { zh: `${zh}地铁站`, en: `${en} metro station` },
          at: [round(lon), round(lat)],
          capacity: null,
        });
  return [...seen.values()];
}

function shelters(skeleton: Skeleton): FacilityRow[] {
  return skeleton.plan.parks.flatMap(({ name, nameEn, class: parkClass }, i) => {
    const ring = skeleton.parks[i]!.ring;
    const area = Math.abs(signedArea(ring));
    if (parkClass === "hill" || area < SMALLEST_SHELTER_M2) return [];
    return [
      {
        id: idOf(skeleton, "SH", i),
        kind: "shelter" as const,
        name: { zh: `${name}应急避难场所（示范）`, en: `${nameEn} shelter (sample)` },
        at: placeOf(skeleton, ringCentroid(ring)),
        capacity: Math.round((area * SHELTER_SHARE) / SHELTER_M2 / 100) * 100,
      },
    ];
  });
}

const LANDMARK_KINDS: Readonly<Partial<Record<BuildingUse, FacilityKind>>> = {
  education: "school",
  medical: "hospital",
  transport: "transit",
};

/** Railway stations, terminals, universities and hospitals that are drawn as landmarks: real names and places. */
function landmarkFacilities({ plan }: Skeleton, buildings: readonly Building[]): FacilityRow[] {
  return plan.landmarks.flatMap(({ name, nameEn, at, use }, row) => {
    const kind = LANDMARK_KINDS[use];
    if (kind === undefined) return [];
    const { residentsDay, residentsNight } = buildings[row]!;
    return [
      {
        id: `${plan.idPrefix}-LM-${String(row + 1).padStart(4, "0")}`,
        kind,
        name: { zh: name, en: nameEn },
        at: [round(at[0]), round(at[1])] as const,
        capacity: kind === "hospital" ? residentsNight : residentsDay,
      },
    ];
  });
}

interface DepotPlan {
  readonly kind: UnitKind;
  readonly count: number;
  readonly units: number;
  readonly zh: string;
  readonly en: string;
}

const DEPOTS: readonly DepotPlan[] = [
  { kind: "fire", count: 10, units: 2, zh: "消防救援站", en: "Fire Station" },
  { kind: "medical", count: 8, units: 2, zh: "急救分站", en: "Ambulance Station" },
  { kind: "police", count: 10, units: 2, zh: "派出所", en: "Police Station" },
  { kind: "drainage", count: 5, units: 2, zh: "排水抢险队", en: "Drainage Crew Yard" },
  { kind: "gas", count: 5, units: 2, zh: "燃气抢修站", en: "Gas Repair Yard" },
  { kind: "power", count: 4, units: 2, zh: "供电抢修站", en: "Power Repair Yard" },
];

/** Depots spread over where people are: each next one stands farthest from those of its kind. Ambulances stand at hospitals. */
function depots(
  rows: readonly FacilityRow[],
  buildings: readonly Building[],
  skeleton: Skeleton,
): DepotRow[] {
  const hospitalPlaces = rows
    .filter(({ kind }) => kind === "hospital")
    .map(({ at }) => skeleton.plane.toPlane(at));
  return DEPOTS.flatMap(({ kind, count, units, zh, en }) => {
    const sites =
      kind === "medical" && hospitalPlaces.length >= count ? hospitalPlaces : sitesFor(kind, buildings);
    return spread(sites, count).map((point, i) => ({
      id: `${skeleton.plan.idPrefix}-${kind.toUpperCase()}-${i + 1}`,
      kind,
      name: { zh: `第${i + 1}${zh}（示范）`, en: `${en} ${i + 1} (sample)` },
      at: placeOf(skeleton, point),
      units,
    }));
  });
}

/** Middles of blocks where there is something to serve: every 37th building, another start for each kind. */
function sitesFor(kind: string, buildings: readonly Building[]): Point[] {
  const start = seedOf(kind, "depot") % 37;
  return buildings
    .filter((building, row) => row % 37 === start && fromOrigin(building.centre) < 9000)
    .map(({ centre }) => centre);
}

function spread(sites: readonly Point[], count: number): Point[] {
  if (sites.length === 0) return [];
  const nearest = (point: Point, points: readonly Point[]): number =>
    Math.min(...points.map(([x, y]) => Math.hypot(x - point[0], y - point[1])));
  const chosen = [sites.reduce((best, one) => (fromOrigin(one) < fromOrigin(best) ? one : best))];
  while (chosen.length < Math.min(count, sites.length))
    chosen.push(sites.reduce((best, one) => (nearest(one, chosen) > nearest(best, chosen) ? one : best)));
  return chosen;
}

const fromOrigin = ([x, y]: Point): number => Math.hypot(x, y);
