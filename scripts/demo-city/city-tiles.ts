import { BUILDING_USES } from "../../src/domain/city.ts";
import { invertAffine, mul, transformPoint } from "../../src/geo/matrix.ts";
import type { PropertyColumn, TileContent, TileSink } from "../../workers/tiles/contract.ts";
import {
  type Box,
  createTileset,
  emptyBox,
  encodeJson,
  type TileNode,
  unionBoxes,
} from "../../workers/tiles/tileset.ts";
import { MAX_TILE_FEATURES, writeGlb } from "../../workers/tiles/write-glb.ts";
import type { Building } from "./building.ts";
import { MeshBuilder } from "./mesh-builder.ts";
import { addPart } from "./part-mesh.ts";
import type { Plane, Point } from "./plane.ts";
import { createTileFrame, type TileFrame } from "./tile-frame.ts";

/**
 * Three levels of additive refinement: what shapes the skyline in cells of 6 km, what shapes a quarter in cells of
 * 3 km, the rest in cells of 1.5 km. With a screen-space error of 16 px at 900 px a cell shows its children from about
 * 78 times its geometric error: 14 km and 6.6 km.
 */
const LEVELS = [
  { cell: 6000, geometricError: 180, wants: (b: Building) => b.name !== "" || b.height >= 60 },
  { cell: 3000, geometricError: 85, wants: (b: Building) => b.height >= 26 || b.area >= 2600 },
  { cell: 1500, geometricError: 0, wants: () => true },
] as const;
const ROOT_ERROR = 4000;
const COPYRIGHT = "SAMPLE 示范数据 LiaoTwin · © OpenStreetMap contributors";

export interface CityRows {
  readonly buildings: readonly Building[];
  readonly idOfRow: (row: number) => string;
  readonly districts: readonly string[];
}

interface Cell {
  readonly level: number;
  readonly centre: Point;
  readonly uri: string;
  readonly rows: number[];
  readonly children: Map<string, Cell>;
}

/** Writes the GLBs and `tileset.json`; resolves to the number of tiles and bytes. Every tile has its own ENU frame. */
export async function writeCityTiles(
  city: CityRows,
  plane: Plane,
  sink: TileSink,
  onTile: (done: number, total: number) => void = () => {},
): Promise<{ tiles: number; bytes: number }> {
  const cells = assignCells(city.buildings);
  const total = cells.reduce((sum, cell) => sum + countTiles(cell), 0);
  const rootFrame = createTileFrame(plane, [0, 0]);
  let tiles = 0;
  let bytes = 0;

  const writeContent = async (uri: string, rows: readonly number[], frame: TileFrame): Promise<Box> => {
    const content = tileContent(rows, city, frame);
    const glb = await writeGlb(content);
    await sink.write(uri, glb);
    bytes += glb.length;
    onTile(++tiles, total);
    return boxOfPositions(content.meshes[0]!.positions);
  };

  const writeCell = async (cell: Cell, parent: TileFrame): Promise<PlacedNode> => {
    const frame = createTileFrame(plane, cell.centre);
    const placed: PlacedNode[] = [];
    for (const child of cell.children.values()) placed.push(await writeCell(child, frame));
    const [first, ...others] = chunks(cell.rows);
    const boxes = placed.map(({ boxInParent }) => boxInParent);
    if (first) boxes.push(await writeContent(`${cell.uri}.glb`, first, frame));
    const leaves: TileNode[] = [];
    for (const [i, rows] of others.entries()) {
      const uri = `${cell.uri}-${i + 1}.glb`;
      const box = await writeContent(uri, rows, frame);
      boxes.push(box);
      leaves.push({ box, geometricError: 0, uri });
    }
    const children = [...placed.map(({ node }) => node), ...leaves];
    const box = unionBoxes(boxes);
    const transform = mul(invertAffine(parent.transform), frame.transform);
    const geometricError = children.length > 0 ? LEVELS[cell.level]!.geometricError : 0;
    const node = { box, transform, geometricError, ...(first ? { uri: `${cell.uri}.glb` } : {}), children };
    return { node, boxInParent: movedBox(box, transform) };
  };

  const placed: PlacedNode[] = [];
  for (const cell of cells) placed.push(await writeCell(cell, rootFrame));
  const root: TileNode = {
    box: unionBoxes(placed.map(({ boxInParent }) => boxInParent)),
    transform: rootFrame.transform,
    geometricError: ROOT_ERROR,
    refine: "ADD",
    children: placed.map(({ node }) => node),
  };
  const tileset = encodeJson(createTileset({ root, copyright: COPYRIGHT }));
  await sink.write("tileset.json", tileset);
  return { tiles, bytes: bytes + tileset.length };
}

interface PlacedNode {
  readonly node: TileNode;
  readonly boxInParent: Box;
}

/** Each building in exactly one cell: the first level that wants it. */
function assignCells(buildings: readonly Building[]): Cell[] {
  const top = new Map<string, Cell>();
  buildings.forEach((building, row) => {
    const level = LEVELS.findIndex(({ wants }) => wants(building));
    let siblings = top;
    for (let l = 0; l <= level; l++) {
      const cell = cellAt(siblings, l, building.centre);
      if (l === level) cell.rows.push(row);
      siblings = cell.children;
    }
  });
  return [...top.values()];
}

function cellAt(siblings: Map<string, Cell>, level: number, [x, y]: Point): Cell {
  const size = LEVELS[level]!.cell;
  const column = Math.floor(x / size);
  const row = Math.floor(y / size);
  const uri = `${level}_${column}_${row}`;
  const known = siblings.get(uri);
  if (known) return known;
  const centre: Point = [(column + 0.5) * size, (row + 0.5) * size];
  const cell: Cell = { level, centre, uri, rows: [], children: new Map() };
  siblings.set(uri, cell);
  return cell;
}

function countTiles(cell: Cell): number {
  const own = Math.ceil(cell.rows.length / MAX_TILE_FEATURES);
  return [...cell.children.values()].reduce((sum, child) => sum + countTiles(child), own);
}

function chunks(rows: readonly number[]): (readonly number[])[] {
  const out: (readonly number[])[] = [];
  for (let i = 0; i < rows.length; i += MAX_TILE_FEATURES) out.push(rows.slice(i, i + MAX_TILE_FEATURES));
  return out;
}

function tileContent(rows: readonly number[], city: CityRows, frame: TileFrame): TileContent {
  const mesh = new MeshBuilder();
  rows.forEach((row, feature) => {
    const building = city.buildings[row]!;
    mesh.begin(feature, facadeOf(building), frame.placeAt(building.centre));
    for (const part of building.parts) addPart(mesh, part);
  });
  return {
    meshes: [mesh.mesh()],
    className: "building",
    columns: columnsOf(rows, city),
    featureCount: rows.length,
    copyright: COPYRIGHT,
  };
}

function facadeOf({ use, seed, year, height }: Building): [number, number, number, number] {
  const clamp = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));
  return [use, seed, clamp(year - 1900), clamp(Math.floor(height / 2))];
}

function columnsOf(rows: readonly number[], { buildings, idOfRow, districts }: CityRows): PropertyColumn[] {
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
    { id: "structure", name: "结构", type: "STRING", values: text(({ structure }) => structure) },
    { id: "district", name: "行政区", type: "STRING", values: text(({ district }) => districts[district]!) },
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
  const box = emptyBox();
  for (let i = 0; i < positions.length; i++) {
    const axis = i % 3;
    box.min[axis] = Math.min(box.min[axis]!, positions[i]!);
    box.max[axis] = Math.max(box.max[axis]!, positions[i]!);
  }
  return box;
}

/** The box around a box seen from another frame. */
function movedBox({ min, max }: Box, transform: ArrayLike<number>): Box {
  const out = emptyBox();
  for (let corner = 0; corner < 8; corner++) {
    const pick = (axis: number): number => (corner & (1 << axis) ? max[axis]! : min[axis]!);
    const moved = transformPoint(transform, [pick(0), pick(1), pick(2)]);
    for (let axis = 0; axis < 3; axis++) {
      out.min[axis] = Math.min(out.min[axis]!, moved[axis]!);
      out.max[axis] = Math.max(out.max[axis]!, moved[axis]!);
    }
  }
  return out;
}
