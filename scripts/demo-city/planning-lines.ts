import { readFileSync } from "node:fs";
import type { CityBuildings } from "./buildings.ts";
import { HILL, WATER } from "./mask.ts";
import type { createPipes } from "./pipes.ts";
import type { Point } from "./plane.ts";
import type { Parcel } from "./planning.ts";
import { areaFeature, collection, type GeoJson, lineFeature, pointFeature } from "./planning-features.ts";
import { pointInRing, smoothLine } from "./polygon.ts";
import { latticeValue, seedOf, valueNoise } from "./random.ts";
import { dilated, type Raster, ringsOfCells, withoutSpecks } from "./raster-rings.ts";
import type { Skeleton } from "./skeleton.ts";

const CELL = 220;
const GRID_CELL = 500;
export const DIVISIONS_PATH = new URL("../../public/catalogue/districts.json", import.meta.url);

/** The three lines: boundary of urban growth, permanent basic farmland, ecological protection. */
export function createThreeLines(skeleton: Skeleton, parcels: readonly Parcel[]): GeoJson {
  const raster = rasterOf(skeleton);
  const built = builtCells(raster, parcels);
  const urban = urbanCells(raster, built);
  const eco = new Uint8Array(urban.length);
  const fields = new Uint8Array(urban.length);
  const seed = seedOf(skeleton.plan.id, "fields");
  for (let at = 0; at < urban.length; at++) {
    const point = centreOf(raster, at);
    const ground = skeleton.mask.at(point);
    const isSea =
      skeleton.landRings.length > 0 && !skeleton.landRings.some((ring) => pointInRing(point, ring));
    if (ground & HILL || (ground & WATER && !isSea && !urban[at])) eco[at] = 1;
    else if (
      !urban[at] &&
      !isSettled(built, at, seed) &&
      !(ground & WATER) &&
      valueNoise(seed, point[0] / 1400, point[1] / 1400) > 0.42
    )
      fields[at] = 1;
  }
  const feature = (line: string, prefix: string, cells: Uint8Array, least: number) =>
    ringsOfCells(raster, withoutSpecks(raster, cells, least)).map(({ outer, holes }, i) =>
      areaFeature(skeleton.plane, [outer, ...holes], {
        id: `${skeleton.plan.idPrefix}-${prefix}${String(i + 1).padStart(3, "0")}`,
        line,
        name: line,
      }),
    );
  return collection([
    ...feature("永久基本农田", "F", fields, 9),
    ...feature("生态保护红线", "E", eco, 5),
    ...feature("城镇开发边界", "U", urban, 60),
  ]);
}

function rasterOf({ plan, plane }: Skeleton): Raster {
  const [west, south, east, north] = plan.extent;
  const [minX, minY] = plane.toPlane([west, south]);
  const [maxX, maxY] = plane.toPlane([east, north]);
  return {
    minX,
    minY,
    cell: CELL,
    columns: Math.ceil((maxX - minX) / CELL),
    rows: Math.ceil((maxY - minY) / CELL),
  };
}

function centreOf({ minX, minY, cell, columns }: Raster, at: number): Point {
  return [minX + ((at % columns) + 0.5) * cell, minY + (Math.floor(at / columns) + 0.5) * cell];
}

/** A settlement in the fields is no field; one in forty was built on one all the same. */
function isSettled(built: Uint8Array, at: number, seed: number): boolean {
  return built[at] === 1 && latticeValue(seed, at, 7) > 0.025;
}

function builtCells(raster: Raster, parcels: readonly Parcel[]): Uint8Array {
  const cells = new Uint8Array(raster.columns * raster.rows);
  for (const { centre, buildings } of parcels) {
    const column = Math.floor((centre[0] - raster.minX) / raster.cell);
    const row = Math.floor((centre[1] - raster.minY) / raster.cell);
    if (buildings.length > 0 && column >= 0 && row >= 0 && column < raster.columns && row < raster.rows)
      cells[row * raster.columns + column] = 1;
  }
  return cells;
}

/** Built cells grown together; open ground in the midst of them is enclosed, hamlets stay outside. */
function urbanCells(raster: Raster, built: Uint8Array): Uint8Array {
  const grown = withoutSpecks(raster, dilated(raster, dilated(raster, built)), 36);
  const open = Uint8Array.from(grown, (value) => 1 - value);
  const enclosed = withoutSpecks(raster, open, 60);
  return Uint8Array.from(enclosed, (value) => 1 - value);
}

interface Divisions {
  readonly divisions: readonly { readonly code: string; readonly name: { readonly zh: string } }[];
}

/** Grids of 500 m with who lives in them; their codes begin with the district's code of GB/T 2260. */
export function createGrids(skeleton: Skeleton, { buildings, districts }: CityBuildings): GeoJson {
  const { divisions } = JSON.parse(readFileSync(DIVISIONS_PATH, "utf8")) as Divisions;
  const codes = new Map(divisions.map(({ code, name }) => [name.zh, code]));
  const cells = new Map<string, { day: number; night: number; count: number; district: number }>();
  for (const { centre, residentsDay, residentsNight, district } of buildings) {
    const key = `${Math.floor(centre[0] / GRID_CELL)},${Math.floor(centre[1] / GRID_CELL)}`;
    const cell = cells.get(key) ?? { day: 0, night: 0, count: 0, district };
    cell.day += residentsDay;
    cell.night += residentsNight;
    cell.count++;
    cells.set(key, cell);
  }
  const numbers = new Map<string, number>();
  return collection(
    [...cells].map(([key, { day, night, count, district }]) => {
      const [x = 0, y = 0] = key.split(",").map(Number);
      const name = districts[district]!.name;
      const number = (numbers.get(name) ?? 0) + 1;
      numbers.set(name, number);
      const corner = (dx: number, dy: number): Point => [(x + dx) * GRID_CELL, (y + dy) * GRID_CELL];
      return areaFeature(skeleton.plane, [[corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)]], {
        id: `${codes.get(name) ?? "210000"}${String(number).padStart(6, "0")}`,
        district: name,
        buildings: count,
        residentsDay: day,
        residentsNight: night,
      });
    }),
  );
}

export function createMetro({ plan }: Skeleton): GeoJson {
  return collection([
    ...plan.metros.map(({ name, nameEn, color, stations }) =>
      lineFeature(
        smoothLine(
          stations.map(([, , lon, lat]) => [lon, lat]),
          6,
        ).map(([lon, lat]): [number, number] => [lon!, lat!]),
        { name, nameEn, color, kind: "线路" },
      ),
    ),
    ...plan.metros.flatMap((metro) =>
      metro.stations.map(([name, nameEn, lon, lat]) =>
        pointFeature([lon, lat], { name, nameEn, color: metro.color, line: metro.name, kind: "车站" }),
      ),
    ),
  ]);
}

/** The mains of `network.json` as features. */
export function createPipeLines({ pipes }: ReturnType<typeof createPipes>): GeoJson {
  return collection(
    pipes.map(({ id, kind, diameterMm, material, year, path }) =>
      lineFeature(path, { id, kind, diameterMm, material, year }),
    ),
  );
}
