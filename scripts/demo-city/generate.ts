import type { BuildingIndex } from "../../src/domain/building-index.ts";
import {
  buildingIdOfRow,
  encodeBuildingIndex,
  encodeGroundGrid,
} from "../../src/domain/building-index-codec.ts";
import type { CityId } from "../../src/domain/city.ts";
import type { TileSink } from "../../workers/tiles/contract.ts";
import { encodeJson } from "../../workers/tiles/tileset.ts";
import { createBaseMap } from "./base-map.ts";
import { type CityBuildings, type Cut, generateBuildings } from "./buildings.ts";
import { writeCityTiles } from "./city-tiles.ts";
import { createFacilities } from "./facilities.ts";
import { gridCodeOf } from "./grid-code.ts";
import { createGround } from "./ground.ts";
import { createPipes } from "./pipes.ts";
import { createControlPlan, createLandUse, createParcels } from "./planning.ts";
import type { GeoJson } from "./planning-features.ts";
import { createGrids, createMetro, createPipeLines, createThreeLines } from "./planning-lines.ts";
import { readPlan } from "./read-plan.ts";
import { buildSkeleton, type Skeleton } from "./skeleton.ts";

export interface CitySummary {
  readonly buildings: number;
  readonly tiles: number;
  readonly bytes: number;
}

/** Generates a demo city into the sink: tiles, `base.json`, `index.bin`, `ground.bin`, `facilities.json`, `network.json`, `plan-*.geojson`. The same input gives the same bytes. */
export async function generateCity(
  cityId: CityId,
  sink: TileSink,
  onProgress: (line: string) => void,
  cut?: Cut,
): Promise<CitySummary> {
  const skeleton = buildSkeleton(readPlan(cityId));
  const city = generateBuildings(skeleton, cut);
  onProgress(`${cityId}: ${city.buildings.length} buildings planned`);
  const index = createIndex(skeleton, city);
  const pipes = createPipes(skeleton);
  const files: [string, Uint8Array][] = [
    ["index.bin", encodeBuildingIndex(index)],
    ["ground.bin", encodeGroundGrid(createGround(skeleton))],
    ["base.json", encodeJson(createBaseMap(skeleton, city))],
    ["facilities.json", encodeJson(createFacilities(skeleton, city))],
    ["network.json", encodeJson(pipes)],
    ...planningFiles(skeleton, city, pipes).map(([path, json]): [string, Uint8Array] => [
      path,
      encodeJson(json),
    ]),
  ];
  for (const [path, bytes] of files) await sink.write(path, bytes);
  const { tiles, bytes } = await writeCityTiles(
    {
      buildings: city.buildings,
      idOfRow: (row) => buildingIdOfRow(index, row),
      gridOfRow: (row) => {
        const { district, centre } = city.buildings[row]!;
        return gridCodeOf(index.districts[district]!, centre);
      },
      districts: index.districts,
    },
    skeleton.plane,
    sink,
    (done, total) => {
      if (done % 100 === 0 || done === total) onProgress(`${cityId}: tile ${done} of ${total}`);
    },
  );
  return {
    buildings: index.count,
    tiles,
    bytes: files.reduce((sum, [, file]) => sum + file.length, bytes),
  };
}

/** The layers of the one map (SAMPLE), each a GeoJSON file. */
function planningFiles(
  skeleton: Skeleton,
  city: CityBuildings,
  pipes: ReturnType<typeof createPipes>,
): [path: string, json: GeoJson][] {
  const parcels = createParcels(skeleton, city);
  return [
    ["plan-land-use.geojson", createLandUse(skeleton, parcels)],
    ["plan-control.geojson", createControlPlan(skeleton, parcels)],
    ["plan-lines.geojson", createThreeLines(skeleton, parcels)],
    ["plan-grids.geojson", createGrids(skeleton, city)],
    ["plan-metro.geojson", createMetro(skeleton)],
    ["plan-pipes.geojson", createPipeLines(pipes)],
  ];
}

/** Columns of all buildings; row order is the order of ids. */
export function createIndex(
  { plan, plane }: Skeleton,
  { buildings, districts }: CityBuildings,
): BuildingIndex {
  const count = buildings.length;
  const places = buildings.map(({ centre }) => plane.toDegrees(centre));
  const names: Record<number, string> = {};
  buildings.forEach(({ name }, row) => {
    if (name !== "") names[row] = name;
  });
  return {
    count,
    idPrefix: plan.idPrefix,
    longitudeDeg: Float64Array.from(places, ([lon]) => lon),
    latitudeDeg: Float64Array.from(places, ([, lat]) => lat),
    height: Float32Array.from(buildings, ({ height }) => height),
    floors: Uint16Array.from(buildings, ({ floors }) => floors),
    year: Uint16Array.from(buildings, ({ year }) => year),
    use: Uint8Array.from(buildings, ({ use }) => use),
    residentsDay: Uint32Array.from(buildings, ({ residentsDay }) => residentsDay),
    residentsNight: Uint32Array.from(buildings, ({ residentsNight }) => residentsNight),
    footprintArea: Float32Array.from(buildings, ({ area }) => area),
    district: Uint8Array.from(buildings, ({ district }) => district),
    districts: districts.map(({ name }) => name),
    names,
  };
}
