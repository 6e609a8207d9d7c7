import { throwIfAborted } from "../../src/base/abort.ts";
import type { Mat4 } from "../../src/geo/matrix.ts";
import type { PropertyColumn, TileSink } from "../tiles/contract.ts";
import { type Box, createTileset, encodeJson, type TileNode, unionBoxes } from "../tiles/tileset.ts";
import { writeGlb } from "../tiles/write-glb.ts";
import { Arena } from "./arena.ts";
import { bakeTile } from "./bake.ts";
import type { ElementMesh } from "./element-mesh.ts";
import type { ElementRow } from "./element-rows.ts";
import { ShapeIndex } from "./instances.ts";
import { type CoarseElements, coarsen, planCoarse } from "./lod.ts";
import { findOuter } from "./outer.ts";
import { fitsOneTile, type PlannedTile, planTiles, type TileItem } from "./plan-tiles.ts";
import type { ProgressReporter } from "./progress.ts";

export interface TilesInput {
  readonly meshes: { readonly elements: readonly ElementMesh[] };
  /** Engineering-frame boxes of the elements. */
  readonly boxes: readonly Box[];
  readonly rows: readonly ElementRow[];
  /** Row of the first of them in the model's columns. */
  readonly firstRow?: number;
  readonly solved: { readonly modelFromEngineering: Mat4; readonly ecefFromModel: Mat4 };
}

export interface WrittenTiles {
  readonly count: number;
  /** Of tileset.json and all GLBs. */
  readonly bytes: number;
  readonly box: Box;
  /** Six numbers a row, model frame, rounded to 0.1 mm. */
  readonly elementBoxes: number[];
}

/** What furnishes and fits out a building. */
export const FITTING =
  /^Ifc(Furnishing|Furniture|SystemFurniture|FlowTerminal|SanitaryTerminal|WasteTerminal|LightFixture|Lamp|Outlet|SwitchingDevice|Sensor|Alarm|Actuator|AudioVisual|CommunicationsAppliance|ElectricAppliance|AirTerminal|FireSuppressionTerminal|SpaceHeater|MedicalDevice)/;
const NO_STOREY = 65535;
const EMPTY: Box = { min: [0, 0, 0], max: [0, 0, 0] };
/** At 60 degrees of view and 900 pixels, a model shows from about fifty times this error away. */
const ERRORS_PER_SIZE = 4;
const MIN_ERROR = 200;

/** The property table of a tile's elements; `numbers` are their rows in the model. */
export function columnsOf(rows: readonly ElementRow[], numbers: readonly number[]): PropertyColumn[] {
  return [
    {
      id: "GlobalId",
      name: "GlobalId",
      type: "STRING",
      semantic: "ID",
      values: rows.map(({ globalId }) => globalId),
    },
    { id: "class", name: "IFC class", type: "STRING", values: rows.map((row) => row.class) },
    { id: "name", name: "Name", type: "STRING", semantic: "NAME", values: rows.map((row) => row.name) },
    {
      id: "storey",
      name: "Storey",
      description: "Index into the storeys of model.json; 65535 for none",
      type: "UINT16",
      values: rows.map(({ storey }) => (storey < 0 ? NO_STOREY : storey)),
    },
    {
      id: "row",
      name: "Row",
      description: "Row in the elements of model.json",
      type: "UINT32",
      values: numbers,
    },
  ];
}

function countTiles({ rows, children }: PlannedTile): number {
  return children.reduce((sum, child) => sum + countTiles(child), rows.length ? 1 : 0);
}

class TileWriter {
  readonly elementBoxes: number[];
  bytes = 0;
  count = 0;
  readonly #total: number;
  readonly #arena = new Arena();
  readonly #shapes = new ShapeIndex();

  constructor(
    private readonly input: TilesInput,
    private readonly coarse: CoarseElements,
    private readonly sink: TileSink,
    private readonly progress: ProgressReporter,
    private readonly signal: AbortSignal | undefined,
    plan: PlannedTile,
  ) {
    this.elementBoxes = new Array<number>(input.rows.length * 6).fill(0);
    this.#total = countTiles(plan);
  }

  async #content({ rows, isCoarse }: PlannedTile): Promise<{ uri: string; box: Box }> {
    throwIfAborted(this.signal);
    const { meshes, boxes, solved } = this.input;
    const baked = bakeTile(
      rows.map((row) => (isCoarse ? this.coarse.get(row)!.element : meshes.elements[row]!)),
      rows.map((row) => boxes[row]!),
      solved.modelFromEngineering,
      this.#arena,
      this.#shapes,
    );
    const glb = await writeGlb({
      meshes: baked.meshes,
      instances: baked.instances,
      origin: baked.origin,
      bounds: baked.bounds,
      className: "element",
      columns: columnsOf(
        rows.map((row) => this.input.rows[row]!),
        rows.map((row) => (this.input.firstRow ?? 0) + row),
      ),
      featureCount: rows.length,
    });
    const uri = `${this.count++}.glb`;
    this.bytes += glb.byteLength;
    await this.sink.write(uri, glb);
    for (const [i, row] of rows.entries()) {
      const { min, max } = baked.boxes[i]!;
      for (let axis = 0; axis < 3; axis++) {
        this.elementBoxes[row * 6 + axis] = Math.round(min[axis]! * 1e4) / 1e4;
        this.elementBoxes[row * 6 + 3 + axis] = Math.round(max[axis]! * 1e4) / 1e4;
      }
    }
    this.progress.at("encode", this.count, this.#total);
    return { uri, box: unionBoxes(baked.boxes) };
  }

  async write(plan: PlannedTile): Promise<TileNode> {
    const content = plan.rows.length ? await this.#content(plan) : null;
    const children: TileNode[] = [];
    for (const child of plan.children) children.push(await this.write(child));
    const boxes = [...(content ? [content.box] : []), ...children.map(({ box }) => box)];
    return {
      box: boxes.length ? unionBoxes(boxes) : EMPTY,
      geometricError: Math.round(plan.geometricError * 1000) / 1000,
      ...(content ? { uri: content.uri } : {}),
      ...(plan.isCoarse ? { refine: "REPLACE" as const } : {}),
      children,
    };
  }
}

/** The root holds the light elements and refines by ADD; the heavy ones stand beside its children. */
function withCoarse(plan: PlannedTile, items: readonly TileItem[], coarse: CoarseElements): PlannedTile {
  if (coarse.size === 0) return plan;
  const heavy = planCoarse(
    items.filter(({ row }) => coarse.has(row)),
    coarse,
  );
  const size = Math.max(
    ...items.map(({ box }) => Math.hypot(...[0, 1, 2].map((k) => box.max[k]! - box.min[k]!))),
  );
  const geometricError = Math.max(plan.geometricError, size);
  return { rows: plan.rows, geometricError, children: [...plan.children, ...heavy] };
}

/** Plans, bakes, encodes and writes all tiles and `tileset.json`. */
export async function writeTiles(
  input: TilesInput,
  sink: TileSink,
  progress: ProgressReporter,
  signal?: AbortSignal,
): Promise<WrittenTiles> {
  const { boxes, rows, meshes, solved } = input;
  progress.at("encode", 0, 0);
  const triangles = meshes.elements.reduce((sum, element) => sum + element.triangles, 0);
  const isOne = fitsOneTile(rows.length, triangles);
  const outer = isOne ? new Uint8Array(rows.length) : findOuter(boxes, unionBoxes(boxes));
  const coarse = await coarsen(meshes.elements);
  const items = rows.map(({ storey }, row) => ({
    row,
    storey,
    box: boxes[row]!,
    triangles: meshes.elements[row]!.triangles,
    isOuter: outer[row] === 1,
    isFitting: FITTING.test(rows[row]!.class),
  }));
  const plan = withCoarse(planTiles(items.filter(({ row }) => !coarse.has(row))), items, coarse);
  const writer = new TileWriter(input, coarse, sink, progress, signal, plan);
  const root = await writer.write(plan);
  const { box } = root;
  const size = Math.hypot(...[0, 1, 2].map((axis) => box.max[axis]! - box.min[axis]!));
  const tileset = createTileset({
    root: { ...root, transform: solved.ecefFromModel, refine: "ADD" },
    geometricError: Math.max(
      MIN_ERROR,
      Math.round(size * ERRORS_PER_SIZE),
      Math.ceil(root.geometricError * 2),
    ),
  });
  const json = encodeJson(tileset);
  await sink.write("tileset.json", json);
  const rounded = (values: readonly number[]) =>
    values.map((value) => Math.round(value * 1e4) / 1e4) as [number, number, number];
  return {
    count: writer.count,
    bytes: writer.bytes + json.byteLength,
    box: { min: rounded(box.min), max: rounded(box.max) },
    elementBoxes: writer.elementBoxes,
  };
}
