import {
  type FlatMesh,
  IFCOPENINGELEMENT,
  IFCOPENINGSTANDARDCASE,
  IFCSPACE,
  IfcAPI,
  LogLevel,
} from "web-ifc";
import { TwinError } from "../../src/base/errors.ts";
import { type IfcLine, type LineSource, measureOf } from "../../src/domain/ifc/ifc-values.ts";
import { HASH, type StepCursor } from "../../src/domain/ifc/step-cursor.ts";
import type { EntitySchema } from "../../src/domain/ifc/step-line.ts";
import { decodeStepText } from "../../src/domain/ifc/step-text.ts";
import { GeometryText } from "./geometry-text.ts";
import type { IfcSchema } from "./ifc-schema.ts";
import type { IfcText } from "./ifc-text.ts";
import { LARGE_CLASSES } from "./large-classes.ts";
import { PlacementReader, type PlacementVisitor } from "./placements.ts";
import { divideElements, type Share } from "./share.ts";
import type { StepIndex } from "./step-index.ts";

/** URL of `web-ifc.wasm` in the browser; null lets Node find its own build. */
export type WasmLocator = string | null;

/** Four megabytes: the default of 64 MB makes every instance grow to 133 MB without being faster. */
const TAPE_SIZE = 4 << 20;
/** Where relationships have their two ends. */
const FIRST_END = 4;

/** Has shapes of its own to show: what web-ifc's own streaming of everything goes through. */
function isStreamed(api: IfcAPI, type: number): boolean {
  return (
    type !== IFCOPENINGELEMENT &&
    type !== IFCSPACE &&
    type !== IFCOPENINGSTANDARDCASE &&
    api.IsIfcElement(type)
  );
}

/** A mesh of an element while it streams. Valid only inside the callback. */
export type MeshVisitor = (mesh: FlatMesh, done: number, total: number) => void;

/**
 * One IFC file: its statements, read here from the text, and its shapes, made by an own web-ifc instance. web-ifc could
 * give statements too, but hands every attribute through four layers: that was two thirds of a conversion.
 * Every read answers null or empty for what is broken or missing.
 */
export class IfcFile implements LineSource {
  #kernel: IfcKernel;
  readonly index: StepIndex;
  readonly schema: IfcSchema;
  /** What the kernel saw in place of some statements, by statement number. */
  readonly rewrites: ReadonlyMap<number, string>;
  readonly #schemaOf = (entity: string): EntitySchema | null => this.schema.entity(entity);

  private constructor(
    kernel: IfcKernel,
    text: IfcText,
    /** Express ids of the elements that this thread makes the shapes of; null for all. */
    readonly own: ReadonlySet<number> | null,
  ) {
    this.#kernel = kernel;
    this.index = text.index;
    this.schema = text.schema;
    this.rewrites = text.rewrites;
  }

  /**
   * @param share the kernel is not shown the elements of other shares
   * @throws TwinError `ifc.open_failed`
   */
  static open(text: IfcText, fileName: string, api: IfcAPI, share: Share | null = null): IfcFile {
    const divided = share && divideElements(text.index, text.schema, share);
    const shown = divided ? new GeometryText(text.index, text.rewrites, divided.isOthers) : text.shown;
    return new IfcFile(openKernel(api, shown, fileName), text, divided?.own ?? null);
  }

  /**
   * The file with a kernel that sees only some of its statements.
   * @param isHidden 1 for statements that are left out
   * @param own the elements that are whole in it
   * @throws TwinError `ifc.open_failed`
   */
  static openPart(
    text: IfcText,
    fileName: string,
    api: IfcAPI,
    isHidden: Uint8Array,
    own: ReadonlySet<number>,
  ): IfcFile {
    return new IfcFile(
      openKernel(api, new GeometryText(text.index, text.rewrites, isHidden), fileName),
      text,
      own,
    );
  }

  /** The same file, whole, with a fresh kernel: for when this one was spoiled. */
  async reopen(fileName: string, wasm: WasmLocator): Promise<void> {
    const api = await startKernel(wasm);
    this.#kernel = openKernel(api, new GeometryText(this.index, this.rewrites), fileName);
  }

  /** Frees what can be freed; a wasm heap never shrinks, so a worker should end after a large model. */
  close(): void {
    try {
      this.#kernel.api.CloseModel(this.#kernel.model);
    } catch {
      // a poisoned instance cannot close; it is dropped with this object
    }
  }

  /** What the kernel's memory has grown to, bytes. */
  get kernelBytes(): number {
    return (this.#kernel.api.wasmModule as KernelHeap).HEAPF32.buffer.byteLength;
  }

  line(id: number | null | undefined): IfcLine | null {
    return id === null || id === undefined ? null : this.index.line(id, this.#schemaOf);
  }

  /** Express ids of an entity (IFCWALL), in file order. */
  idsOf(entity: string): number[] {
    const ids: number[] = [];
    for (const statement of this.index.statementsOf(entity)) ids.push(this.index.ids[statement]!);
    return ids;
  }

  linesOf(entity: string): IfcLine[] {
    return this.idsOf(entity)
      .map((id) => this.line(id))
      .filter((line) => line !== null);
  }

  /** Express ids of everything that is or inherits from `ancestor` (IfcElement) but not from `except`, ascending. */
  idsOfFamily(ancestor: string, except = ""): number[] {
    const { schema } = this;
    return this.index.entities
      .filter((entity) => schema.isA(entity, ancestor) && !(except && schema.isA(entity, except)))
      .flatMap((entity) => this.idsOf(entity))
      .sort((a, b) => a - b);
  }

  /** IfcWallStandardCase and the like; empty when the statement does not exist. */
  classOf(id: number): string {
    const entity = this.index.entityOf(id);
    return this.schema.entity(entity)?.name ?? entity;
  }

  /** Text attribute of an instance by its position, without reading the rest; empty when it is none. */
  textAt(id: number, position: number): string {
    const statement = this.index.find(id);
    if (statement < 0) return "";
    const cursor = this.index.attribute(statement, position);
    return cursor.bytes[cursor.at] === 0x27 ? decodeStepText(cursor.text()) : "";
  }

  /** Calls with both ends of every relationship of an entity (IFCRELAGGREGATES): its fifth attribute and a later one. */
  forRelations(entity: string, visit: (fifth: number[], other: number[]) => void, between = 1): void {
    for (const statement of this.index.statementsOf(entity)) {
      const cursor = this.index.attribute(statement, FIRST_END);
      const fifth = readRefs(cursor);
      for (let i = 1; i < between; i++) {
        cursor.at++;
        cursor.skipAttribute();
      }
      cursor.at++;
      visit(fifth, readRefs(cursor));
    }
  }

  /** Measures (IFCLENGTHMEASURE) of an instance's attributes by the schema, which only the kernel knows. */
  measuresOf(id: number): Record<string, string> {
    const { api, model } = this.#kernel;
    try {
      const line = api.GetLine(model, id) as Record<string, unknown>;
      const measures = Object.entries(line).map(([name, value]) => [name, measureOf(value)] as const);
      return Object.fromEntries(measures.filter(([, measure]) => measure !== ""));
    } catch {
      return {};
    }
  }

  /** Elements that could have a shape of their own: no openings, no spaces. */
  elementIds(): number[] {
    return this.idsOfFamily("IfcElement", "IfcFeatureElementSubtraction");
  }

  /**
   * Streams every element's mesh in file units (no linear scaling), what a building is known by first; web-ifc leaves out
   * openings and spaces.
   */
  streamAll(visit: MeshVisitor): void {
    const { api, model } = this.#kernel;
    const total = this.index.entities
      .filter((entity) => isStreamed(api, api.GetTypeCodeFromName(entity)))
      .reduce((sum, entity) => sum + this.index.statementsOf(entity).length, 0);
    const first = LARGE_CLASSES.map((name) => api.GetTypeCodeFromName(name.toUpperCase()));
    const types = [...new Set([...first, ...api.GetIfcEntityList(model)])].filter((type) =>
      isStreamed(api, type),
    );
    let done = 0;
    // web-ifc counts within each type
    api.StreamAllMeshesWithTypes(model, types, (mesh) => visit(mesh, ++done, total), false);
  }

  /** One element's mesh in file units. (StreamMeshes is broken in the browser build of web-ifc 0.0.78.) */
  meshOf(id: number): FlatMesh {
    const { api, model } = this.#kernel;
    return api.GetFlatMesh(model, id, false);
  }

  /** Every geometry of a streamed mesh with its place and colour; views die with the callback. */
  forPlacements(mesh: FlatMesh, visit: PlacementVisitor): void {
    try {
      this.#kernel.placements.forEach(mesh, visit);
    } finally {
      (mesh.geometries as { delete?: () => void }).delete?.();
    }
  }

  /**
   * Hands over interleaved position and normal (six floats a vertex) and triangle indices of a geometry, as views of the
   * wasm heap that die with the callback. web-ifc gives the same id to different shapes (a wall type with and without
   * its door), so an id says nothing outside the mesh that names it.
   */
  withGeometry<T>(id: number, use: (vertices: Float32Array, indices: Uint32Array) => T): T {
    const { api, model } = this.#kernel;
    const geometry = api.GetGeometry(model, id);
    try {
      const [vertexAt, vertexCount] = [geometry.GetVertexData() / 4, geometry.GetVertexDataSize()];
      const [indexAt, indexCount] = [geometry.GetIndexData() / 4, geometry.GetIndexDataSize()];
      const heap = api.wasmModule as KernelHeap;
      return use(
        heap.HEAPF32.subarray(vertexAt, vertexAt + vertexCount),
        heap.HEAPU32.subarray(indexAt, indexAt + indexCount),
      );
    } finally {
      geometry.delete();
    }
  }
}

interface KernelHeap {
  readonly HEAPF32: Float32Array;
  readonly HEAPU32: Uint32Array;
}

interface IfcKernel {
  readonly api: IfcAPI;
  readonly model: number;
  readonly placements: PlacementReader;
}

/** Fetches and compiles the kernel, which browsers and Node do on threads of their own. */
export async function startKernel(wasm: WasmLocator): Promise<IfcAPI> {
  const api = new IfcAPI();
  await api.Init(wasm === null ? undefined : () => wasm, true);
  api.SetLogLevel(LogLevel.LOG_LEVEL_OFF);
  return api;
}

function openKernel(api: IfcAPI, text: GeometryText, fileName: string): IfcKernel {
  const buffer = new Uint8Array(Math.min(TAPE_SIZE, text.size));
  let model = -1;
  let cause: unknown;
  try {
    model = api.OpenModelFromCallback(
      (offset, size) => buffer.subarray(0, text.read(offset, buffer.subarray(0, size))),
      { TAPE_SIZE },
    );
  } catch (error) {
    cause = error;
  }
  if (model >= 0) return { api, model, placements: new PlacementReader(api.wasmModule as KernelHeap) };
  const detail = cause instanceof Error ? cause.message : "the parser gave up";
  throw new TwinError(
    "ifc.open_failed",
    `${fileName} cannot be read: its text breaks the rules of IFC (${detail}). Export the model again, or check it with an IFC validator.`,
    { file: fileName, detail },
    cause,
  );
}

/** References of the attribute that is here, in brackets or alone; the cursor ends behind the attribute. */
function readRefs(cursor: StepCursor): number[] {
  const { bytes, at: start } = cursor;
  cursor.skipAttribute();
  const end = cursor.at;
  const refs: number[] = [];
  cursor.at = start;
  while (cursor.at < end) {
    if (bytes[cursor.at++] === HASH) refs.push(cursor.integer());
  }
  return refs;
}
