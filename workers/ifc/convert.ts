/** IFC to a 3D Tiles 1.1 folder. Pure: runs in Node and in a browser worker; all input and output are arguments. */
import { MeshoptEncoder } from "meshoptimizer/encoder";
import type { IfcAPI } from "web-ifc";
import { throwIfAborted } from "../../src/base/abort.ts";
import { TwinError } from "../../src/base/errors.ts";
import { refOf, textOf } from "../../src/domain/ifc/ifc-values.ts";
import { readProjectUnits } from "../../src/domain/ifc/units.ts";
import type { Progress } from "../../src/domain/job.ts";
import type { IfcModel } from "../../src/domain/model.ts";
import { createProjection } from "../../src/geo/projection.ts";
import type { TileSink } from "../tiles/contract.ts";
import { encodeJson, unionBoxes } from "../tiles/tileset.ts";
import { engineeringBoxOf } from "./bake.ts";
import type { ConvertMemory, ConvertOptions, ConvertSummary, PreviewPart } from "./contract.ts";
import { measureMemory } from "./convert-memory.ts";
import { describeModel, type ReadModel } from "./describe-model.ts";
import { findFailures } from "./element-failures.ts";
import { readRows } from "./element-rows.ts";
import { solveGeoreference } from "./georeference.ts";
import { IfcFile, startKernel, type WasmLocator } from "./ifc-file.ts";
import { type IfcText, readIfcText } from "./ifc-text.ts";
import { type OnMesh, readMeshes } from "./meshes.ts";
import { shapeIssues, textIssues } from "./model-issues.ts";
import type { PackedElements } from "./packed-elements.ts";
import { weighPlaces } from "./place-candidates.ts";
import { Preview, type Readings } from "./preview.ts";
import { ProgressReporter } from "./progress.ts";
import { readGeoreference } from "./read-georeference.ts";
import { readSpatialStructure } from "./spatial.ts";
import { readVoids } from "./voids.ts";
import { writeProperties } from "./write-properties.ts";
import { writeTiles } from "./write-tiles.ts";
import { writeVoidTiles } from "./write-void-tiles.ts";

export interface ConvertHooks {
  /** At most twenty times a second. */
  readonly onProgress?: (progress: Progress) => void;
  /** Looked at between stages and tiles; rejects with an AbortError. */
  readonly signal?: AbortSignal;
  /** Hex SHA-256 of the bytes, when the caller has it already, or makes it besides. */
  readonly contentHash?: string | Promise<string>;
  /** The bytes' text, when the caller has read it already. */
  readonly text?: IfcText;
  /** A kernel that was started beforehand. */
  readonly kernel?: Promise<IfcAPI>;
  /** Gets parts of the model to show while the rest is made; they may be transferred. */
  readonly onPreview?: (part: PreviewPart) => void;
  /** Other threads that make shapes of the same file: shares 1, 2, ... of one more than there are. */
  readonly helpers?: readonly Promise<PackedElements>[];
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
  const help = hooks.helpers?.length ? Promise.all(hooks.helpers) : null;
  // a failure is met again where the shapes are wanted
  help?.catch(() => {});
  if (options.crs) createProjection(options.crs);
  progress.at("read", 0, bytes.byteLength);
  // on another thread, while the file is read
  const hashing = hooks.contentHash ?? hashContent(bytes);
  const starting = hooks.kernel ?? startKernel(wasm);
  // a failure is met again where the kernel is needed
  starting.catch(() => {});
  // let the compiler begin before this thread is busy with the text
  await new Promise((resolve) => setTimeout(resolve, 0));
  const text = hooks.text ?? readIfcText(bytes, options.fileName);
  progress.at("read", bytes.byteLength, bytes.byteLength);
  throwIfAborted(hooks.signal);
  progress.at("open", 0, 1);
  const preview = hooks.onPreview ? new Preview(text, options, hooks.onPreview) : null;
  const api = await withFirstLook(preview, await starting, wasm);
  const share = help && { at: 0, of: 1 + hooks.helpers!.length };
  const file = IfcFile.open(text, options.fileName, api, share);
  try {
    progress.at("open", 1, 1);
    const openMs = watch.lap();
    const reopen = () => file.reopen(options.fileName, wasm);
    const onMesh: OnMesh = (done, total, elements) => {
      progress.at("geometry", done, total);
      preview?.look(file, elements);
    };
    progress.at("geometry", 0, 0);
    const read = await readModel(file, reopen, options, onMesh, help, preview?.readings ?? null);
    const geometryMs = watch.lap();
    throwIfAborted(hooks.signal);
    const described = [...read.rows, ...read.voidRows];
    const properties = await writeProperties(file, read.units, described, sink, progress, hooks.signal);
    watch.lap();
    const tiles = await writeTiles(read, sink, progress, hooks.signal);
    const voids = await writeVoidTiles(read, sink, hooks.signal);
    const encodeMs = watch.lap();
    const base = {
      contentHash: await hashing,
      fileBytes: bytes.byteLength,
      schema: text.source.schema,
      issues: [...textIssues(text.source), ...read.issues],
    };
    const model = describeModel(file, read, tiles, voids.boxes, options.fileName, {
      ...base,
      bytes: tiles.bytes + voids.bytes + properties.bytes,
    });
    progress.at("write", 0, 1);
    await sink.write("model.json", encodeJson(model));
    progress.at("write", 1, 1);
    const ms = { open: openMs, geometry: geometryMs, encode: encodeMs, total: watch.total() };
    const memory = measureMemory(file, read.meshes.elements);
    return { model, summary: summarize(model, ms, memory) };
  } finally {
    file.close();
  }
}

/** The kernel to go on with: a fresh one where the first look spoiled it. */
async function withFirstLook(preview: Preview | null, api: IfcAPI, wasm: WasmLocator): Promise<IfcAPI> {
  if (!preview) return api;
  await MeshoptEncoder.ready;
  return preview.begin(api) ? api : startKernel(wasm);
}

function summarize(model: IfcModel, ms: ConvertSummary["ms"], memory: ConvertMemory): ConvertSummary {
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
    memory,
  };
}

async function readModel(
  file: IfcFile,
  reopen: () => Promise<void>,
  options: ConvertOptions,
  onMesh: OnMesh,
  help: Promise<readonly PackedElements[]> | null,
  known: Readings | null,
): Promise<ReadModel> {
  const structure = readSpatialStructure(file);
  const project = file.line(structure.project);
  const units = readProjectUnits(
    file,
    file.line(refOf(project?.UnitsInContext)) ?? file.linesOf("IFCUNITASSIGNMENT")[0] ?? null,
  );
  const authored = known?.authored ?? readGeoreference(file, units.lengthM);
  const meshes = await readMeshes(file, units.lengthM, reopen, onMesh, help);
  if (meshes.elements.length === 0 && structure.project === null)
    throw new TwinError(
      "ifc.nothing",
      `${options.fileName} holds no project and nothing to show. Export the model again.`,
      { file: options.fileName },
    );
  const boxes = meshes.elements.map(engineeringBoxOf);
  const box = boxes.length ? unionBoxes(boxes) : null;
  const question = { authored, lengthM: units.lengthM, box, options };
  const solved = solveGeoreference(question);
  const voids = readVoids(file, units.lengthM);
  const all = [...meshes.elements, ...voids.spaces, ...voids.openings];
  const { rows: described, issues } = readRows(file, all, structure);
  const rows = described.slice(0, meshes.elements.length);
  const failures = findFailures(file, new Set(rows.map(({ expressId }) => expressId)), meshes.issues);
  return {
    units,
    structure,
    meshes,
    boxes,
    rows,
    voids,
    voidRows: described.slice(rows.length),
    solved,
    evidence: weighPlaces(question, solved.draft, boxes),
    projectName: textOf(project?.LongName) || textOf(project?.Name),
    failures,
    issues: [
      ...shapeIssues(units, box, rows.length, failures.length),
      ...issues,
      ...meshes.issues,
      ...solved.issues,
    ],
  };
}
