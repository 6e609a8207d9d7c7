import { BUILDING_USES } from "../../src/domain/city.ts";
import { ecefFromEnu } from "../../src/geo/ellipsoid.ts";
import { invertAffine, mul } from "../../src/geo/matrix.ts";
import { CityIndex } from "../../workers/city/city-index.ts";
import { type PlannedTile, planTiles } from "../../workers/city/plan-tiles.ts";
import type { PropertyColumn, TileContent, TileSink } from "../../workers/tiles/contract.ts";
import {
  type Box,
  createTileset,
  emptyBox,
  encodeJson,
  movedBox,
  type TileNode,
  unionBoxes,
} from "../../workers/tiles/tileset.ts";
import { writeGlb } from "../../workers/tiles/write-glb.ts";
import type { Building } from "./building.ts";
import { MeshBuilder } from "./mesh-builder.ts";
import { addPart } from "./part-mesh.ts";
import type { Plane } from "./plane.ts";
import { ringBox } from "./polygon.ts";
import { createTileFrame, type TileFrame } from "./tile-frame.ts";

/**
 * The tree is that of `npm run city`: each cell shows the largest buildings that no cell above shows. Geometry is not, as
 * gables, domes, podiums and towers that lean are made of parts, while the builder takes footprints or surfaces.
 */
const INNER_FEATURES = 1536;

/**
 * Error of a cell by the size (height twice, and the diagonal) of the largest building missing, metres. Steeper than the
 * size: far away a city is its mass, and what is missing leaves gaps in it; near by nobody misses a garage. On a screen of
 * 1440 x 900 the third level comes in from 35 km, houses from 7.5 km, small things from 1.5 km.
 */
const errorOf = (size: number): number => Math.max(0.4 * size, 340 * (size / 173) ** 3.2);

/** Positions right to 1 cm and 5 mm: int16 up to 1.3 km. */
const STEPS = { horizontal: 0.02, vertical: 0.01 };
/** Half a step and a little, so that the box holds what comes back. */
const BOX_MARGIN = 0.012;
const COPYRIGHT = "SAMPLE 示范数据 LiaoTwin · © OpenStreetMap contributors";

export interface CityRows {
  readonly buildings: readonly Building[];
  readonly idOfRow: (row: number) => string;
  readonly gridOfRow: (row: number) => string;
  readonly districts: readonly string[];
}

/** Writes the GLBs and `tileset.json`; resolves to the number of tiles and bytes. Every tile has its own ENU frame. */
export async function writeCityTiles(
  city: CityRows,
  plane: Plane,
  sink: TileSink,
  onTile: (done: number, total: number) => void = () => {},
): Promise<{ tiles: number; bytes: number }> {
  const plan = planTiles(indexOf(city.buildings, plane), { errorOf, innerFeatures: INNER_FEATURES });
  const structures = [...new Set(city.buildings.map(({ structure }) => structure))];
  const boxes = new Map<string, Box>();
  const mesh = new MeshBuilder();
  let bytes = 0;
  for (const job of plan.jobs) {
    const frame = createTileFrame(plane, plane.toPlane([job.longitudeDeg, job.latitudeDeg]));
    const content = tileContent([...job.addresses], city, frame, mesh, structures);
    const glb = await writeGlb(content);
    await sink.write(job.uri, glb);
    bytes += glb.length;
    boxes.set(job.uri, boxOfPositions(content.meshes[0]!.positions));
    onTile(boxes.size, plan.jobs.length);
  }
  const root: TileNode = { ...nodeOf(plan.root, null, boxes).node, refine: "ADD" };
  const tileset = encodeJson(
    createTileset({
      root,
      geometricError: plan.geometricError,
      facade: true,
      rows: true,
      copyright: COPYRIGHT,
    }),
  );
  await sink.write("tileset.json", tileset);
  return { tiles: plan.jobs.length, bytes: bytes + tileset.length };
}

function indexOf(buildings: readonly Building[], plane: Plane): CityIndex {
  const index = new CityIndex();
  buildings.forEach((building, row) => {
    const [longitudeDeg, latitudeDeg] = plane.toDegrees(building.centre);
    const { minX, minY, maxX, maxY } = ringBox(building.ring);
    const size =
      2 * building.height + Math.hypot(maxX - minX, maxY - minY) + (building.name === "" ? 0 : 300);
    const corners = building.ring.length + 16 * (building.parts.length - 1);
    index.add({ address: row, longitudeDeg, latitudeDeg, size, base: 0, corners });
  });
  return index;
}

interface PlacedNode {
  readonly node: TileNode;
  readonly boxInParent: Box;
}

function nodeOf(
  tile: PlannedTile,
  ecefFromParent: Float64Array | null,
  boxOfTile: ReadonlyMap<string, Box>,
): PlacedNode {
  const { longitudeDeg, latitudeDeg } = tile;
  const ecefFromTile = ecefFromEnu({ longitudeDeg, latitudeDeg, height: 0 });
  const transform = ecefFromParent ? mul(invertAffine(ecefFromParent), ecefFromTile) : ecefFromTile;
  const placed = tile.children.map((child) => nodeOf(child, ecefFromTile, boxOfTile));
  const boxes = placed.map(({ boxInParent }) => boxInParent);
  if (tile.job) boxes.push(boxOfTile.get(tile.job.uri)!);
  const box = unionBoxes(boxes);
  const node: TileNode = {
    box,
    transform,
    geometricError: tile.geometricError,
    ...(tile.job ? { uri: tile.job.uri } : {}),
    ...(placed.length ? { children: placed.map(({ node: child }) => child) } : {}),
  };
  return { node, boxInParent: movedBox(box, transform) };
}

function tileContent(
  rows: readonly number[],
  city: CityRows,
  frame: TileFrame,
  mesh: MeshBuilder,
  structures: readonly string[],
): TileContent {
  mesh.clear();
  rows.forEach((row, feature) => {
    const building = city.buildings[row]!;
    mesh.begin(feature, row, facadeOf(building), frame.placeAt(building.centre));
    for (const part of building.parts) addPart(mesh, part);
  });
  return {
    meshes: [mesh.mesh()],
    className: "building",
    columns: columnsOf(rows, city, structures),
    featureCount: rows.length,
    steps: STEPS,
    copyright: COPYRIGHT,
  };
}

function facadeOf({ use, seed, year, height }: Building): [number, number, number, number] {
  const clamp = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));
  return [use, seed, clamp(year - 1900), clamp(Math.floor(height / 2))];
}

function columnsOf(
  rows: readonly number[],
  { buildings, idOfRow, gridOfRow, districts }: CityRows,
  structures: readonly string[],
): PropertyColumn[] {
  const text = (of: (building: Building) => string): string[] => rows.map((row) => of(buildings[row]!));
  const numbers = (of: (building: Building) => number): number[] => rows.map((row) => of(buildings[row]!));
  return [
    { id: "id", name: "编号", type: "STRING", semantic: "ID", values: rows.map(idOfRow) },
    { id: "name", name: "名称", type: "STRING", semantic: "NAME", values: text(({ name }) => name) },
    { id: "address", name: "地址", type: "STRING", values: text(({ address }) => address) },
    {
      id: "use",
      name: "用途",
      type: "UINT8",
      enumNames: BUILDING_USES,
      values: numbers(({ use }) => use),
    },
    { id: "floors", name: "层数", type: "UINT16", values: numbers(({ floors }) => floors) },
    {
      id: "height",
      name: "高度",
      description: "metres above ground",
      type: "FLOAT32",
      values: numbers(({ height }) => height),
    },
    { id: "year", name: "建成年份", type: "UINT16", values: numbers(({ year }) => year) },
    {
      id: "structure",
      name: "结构",
      type: "UINT8",
      enumNames: structures,
      values: numbers(({ structure }) => structures.indexOf(structure)),
    },
    {
      id: "district",
      name: "行政区",
      type: "UINT8",
      enumNames: districts,
      values: numbers(({ district }) => district),
    },
    { id: "grid", name: "单元网格", type: "STRING", values: rows.map(gridOfRow) },
    {
      id: "residentsDay",
      name: "日间人数",
      type: "UINT32",
      values: numbers(({ residentsDay }) => residentsDay),
    },
    {
      id: "residentsNight",
      name: "夜间人数",
      type: "UINT32",
      values: numbers(({ residentsNight }) => residentsNight),
    },
  ];
}

function boxOfPositions(positions: Float32Array): Box {
  const { min, max } = emptyBox();
  for (let i = 0; i < positions.length; i += 3)
    for (let axis = 0; axis < 3; axis++) {
      const value = positions[i + axis]!;
      if (value < min[axis]!) min[axis] = value;
      if (value > max[axis]!) max[axis] = value;
    }
  for (let axis = 0; axis < 3; axis++) {
    min[axis]! -= BOX_MARGIN;
    max[axis]! += BOX_MARGIN;
  }
  return { min, max };
}
