/** IFC to a 3D Tiles 1.1 folder. Pure: runs in Node and in a browser worker; all input and output are arguments. */
import { throwIfAborted } from "../../src/base/abort.ts";
import { type Issue, TwinError } from "../../src/base/errors.ts";
import type { Progress } from "../../src/domain/job.ts";
import type { IfcModel } from "../../src/domain/model.ts";
import { createProjection } from "../../src/geo/projection.ts";
import type { TileSink } from "../tiles/contract.ts";
import { type Box, encodeJson, unionBoxes } from "../tiles/tileset.ts";
import { engineeringBoxOf } from "./bake.ts";
import type { ConvertOptions, ConvertSummary } from "./contract.ts";
import { countWithoutGeometry, type ElementRow, readRows } from "./element-rows.ts";
import { type SolvedGeoreference, solveGeoreference } from "./georeference.ts";
import { IfcFile, type WasmLocator } from "./ifc-file.ts";
import { readIfcSource } from "./ifc-source.ts";
import { textOf } from "./ifc-values.ts";
import { type ReadMeshes, readMeshes } from "./meshes.ts";
import { ProgressReporter } from "./progress.ts";
import { readGeoreference } from "./read-georeference.ts";
import { buildSpatialTree, describeStoreys, readSpatialStructure, type SpatialStructure } from "./spatial.ts";
import { type ProjectUnits, readProjectUnits } from "./units.ts";
import { CHUNK_ROWS, writeProperties } from "./write-properties.ts";
import { type WrittenTiles, writeTiles } from "./write-tiles.ts";

/** Raised whenever the output for the same input changes: caches go by it. */
export const CONVERTER_VERSION = "1";

export interface ConvertHooks {
  /** At most twenty times a second. */
  readonly onProgress?: (progress: Progress) => void;
  /** Looked at between stages and tiles; rejects with an AbortError. */
  readonly signal?: AbortSignal;
  /** Hex SHA-256 of the bytes, when the caller has it already. */
  readonly contentHash?: string;
}

export interface Conversion {
  readonly summary: ConvertSummary;
  readonly model: IfcModel;
}

/** Hex SHA-256, the identity of a model. */
export async function hashContent(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Everything read from the file while it is open. */
interface ReadModel {
  readonly units: ProjectUnits;
  readonly structure: SpatialStructure;
  readonly meshes: ReadMeshes;
  readonly boxes: readonly Box[];
  readonly rows: readonly ElementRow[];
  readonly solved: SolvedGeoreference;
  readonly projectName: string;
  readonly withoutGeometry: number;
  readonly issues: readonly Issue[];
}

class Stopwatch {
  readonly #startMs = performance.now();
  #lapMs = this.#startMs;

  lap(): number {
    const nowMs = performance.now();
    const ms = nowMs - this.#lapMs;
    this.#lapMs = nowMs;
    return Math.round(ms);
  }

  total(): number {
    return Math.round(performance.now() - this.#startMs);
  }
}

/**
 * Converts one IFC file. Writes tiles, property chunks, `tileset.json` and, last, `model.json`.
 *
 * @param bytes the file as it is: IFC, ifcZIP or gzip
 * @throws TwinError `ifc.*` for input that cannot be converted, `crs.unknown` for an unknown `options.crs`
 */
export async function convertIfc(
  bytes: Uint8Array,
  wasm: WasmLocator,
  sink: TileSink,
  options: ConvertOptions,
  hooks: ConvertHooks = {},
): Promise<Conversion> {
  const watch = new Stopwatch();
  const progress = new ProgressReporter(hooks.onProgress);
  if (options.crs) createProjection(options.crs);
  progress.at("read", 0, bytes.byteLength);
  const contentHash = hooks.contentHash ?? (await hashContent(bytes));
  const source = readIfcSource(bytes, options.fileName);
  progress.at("read", bytes.byteLength, bytes.byteLength);
  throwIfAborted(hooks.signal);
  watch.lap();
  progress.at("open", 0, 1);
  const open = () => IfcFile.open(source.step, options.fileName, wasm);
  let file = await open();
  try {
    progress.at("open", 1, 1);
    const openMs = watch.lap();
    const reopen = async () => {
      file = await open();
      return file;
    };
    const read = await readModel(file, reopen, options, progress);
    const geometryMs = watch.lap();
    throwIfAborted(hooks.signal);
    const propertyChunks = await writeProperties(file, read.units, read.rows, sink, progress, hooks.signal);
    watch.lap();
    const tiles = await writeTiles(read, sink, progress, hooks.signal);
    const encodeMs = watch.lap();
    const base = {
      contentHash,
      fileBytes: bytes.byteLength,
      schema: source.schema,
      propertyChunks: propertyChunks.count,
    };
    const model = describe(file, read, tiles, options, {
      ...base,
      bytes: tiles.bytes + propertyChunks.bytes,
    });
    progress.at("write", 0, 1);
    await sink.write("model.json", encodeJson(model));
    progress.at("write", 1, 1);
    const ms = { open: openMs, geometry: geometryMs, encode: encodeMs, total: watch.total() };
    return { model, summary: summarize(model, ms) };
  } finally {
    file.close();
  }
}

function summarize(model: IfcModel, ms: ConvertSummary["ms"]): ConvertSummary {
  const { counts, bytes, tiles, schema, georeference, issues } = model;
  return {
    elements: counts.elements,
    triangles: counts.triangles,
    bytes,
    tiles,
    schema,
    georeference,
    issues,
    ms,
  };
}

async function readModel(
  file: IfcFile,
  reopen: () => Promise<IfcFile>,
  options: ConvertOptions,
  progress: ProgressReporter,
): Promise<ReadModel> {
  const structure = readSpatialStructure(file);
  const project = file.line(structure.project);
  const units = readProjectUnits(file, project);
  const authored = readGeoreference(file, units.lengthM);
  progress.at("geometry", 0, 0);
  const meshes = await readMeshes(file, units.lengthM, reopen, (done, total) =>
    progress.at("geometry", done, total),
  );
  if (meshes.elements.length === 0 && structure.project === null)
    throw new TwinError(
      "ifc.nothing",
      `${options.fileName} holds no project and nothing to show. Export the model again.`,
      { file: options.fileName },
    );
  const boxes = meshes.elements.map(engineeringBoxOf);
  const box = boxes.length ? unionBoxes(boxes) : null;
  const solved = solveGeoreference({ authored, lengthM: units.lengthM, box, options });
  const { rows, issues } = readRows(file, meshes.elements, structure);
  const withoutGeometry = countWithoutGeometry(file, new Set(rows.map(({ expressId }) => expressId)));
  return {
    units,
    structure,
    meshes,
    boxes,
    rows,
    solved,
    projectName: textOf(project?.LongName) || textOf(project?.Name),
    withoutGeometry,
    issues: [
      ...sizeIssues(units, box, rows.length, withoutGeometry),
      ...issues,
      ...meshes.issues,
      ...solved.issues,
    ],
  };
}

const HUGE = 20_000;

function sizeIssues(units: ProjectUnits, box: Box | null, elements: number, without: number): Issue[] {
  const issues: Issue[] = [];
  const add = (code: string, severity: Issue["severity"], message: string) =>
    issues.push({ code, severity, message });
  if (!units.hasLength)
    add("ifc.no_length_unit", "warning", "The file names no length unit: metres are assumed.");
  const size = box ? Math.max(...[0, 1, 2].map((axis) => box.max[axis]! - box.min[axis]!)) : 0;
  if (size > HUGE)
    add(
      "ifc.huge",
      "warning",
      `The model is ${Math.round(size / 1000)} km long: its length unit may be wrong, or something lies far away.`,
    );
  if (elements === 0) add("ifc.no_geometry", "warning", "No element has a shape that can be shown.");
  else if (without > 0)
    add(
      "ifc.without_geometry",
      "info",
      `${without} elements have a shape that could not be built; they are not shown.`,
    );
  return issues;
}

function describe(
  file: IfcFile,
  read: ReadModel,
  tiles: WrittenTiles,
  options: ConvertOptions,
  known: Pick<IfcModel, "contentHash" | "fileBytes" | "schema" | "propertyChunks" | "bytes">,
): IfcModel {
  const { rows, structure } = read;
  const byClass: Record<string, number> = {};
  for (const row of [...rows].sort((a, b) => (a.class < b.class ? -1 : 1)))
    byClass[row.class] = (byClass[row.class] ?? 0) + 1;
  const storeyOfRow = rows.map(({ storey }) => storey);
  const expressIds = rows.map(({ expressId }) => expressId);
  const name = read.projectName || options.fileName;
  return {
    ...known,
    converterVersion: CONVERTER_VERSION,
    fileName: options.fileName,
    name,
    georeference: read.solved.georeference,
    storeys: describeStoreys(file, structure, storeyOfRow, read.units.lengthM),
    spatialTree: buildSpatialTree(file, structure, expressIds, name),
    counts: {
      elements: rows.length,
      triangles: read.meshes.elements.reduce((sum, { triangles }) => sum + triangles, 0),
      withoutGeometry: read.withoutGeometry,
      byClass,
    },
    box: tiles.box,
    issues: read.issues,
    tiles: tiles.count,
    elements: {
      globalId: rows.map(({ globalId }) => globalId),
      expressId: expressIds,
      class: rows.map((row) => row.class),
      name: rows.map((row) => row.name),
      storey: storeyOfRow,
      chunk: rows.map((_, row) => Math.floor(row / CHUNK_ROWS)),
      box: tiles.elementBoxes,
    },
  };
}
