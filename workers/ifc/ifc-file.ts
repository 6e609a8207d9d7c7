import { type FlatMesh, IFCELEMENT, IFCFEATUREELEMENTSUBTRACTION, IFCSPACE, IfcAPI, LogLevel } from "web-ifc";
import { TwinError } from "../../src/base/errors.ts";
import type { IfcLine } from "./ifc-values.ts";

/** URL of `web-ifc.wasm` in the browser; null lets Node find its own build. */
export type WasmLocator = string | null;

/** Four megabytes: the default of 64 MB makes every instance grow to 133 MB without being faster. */
const TAPE_SIZE = 4 << 20;

/** A mesh of an element while it streams. Valid only inside the callback. */
export type MeshVisitor = (mesh: FlatMesh, index: number, total: number) => void;

/** One model open in its own web-ifc instance. Every read answers null or empty for what is broken or missing. */
export class IfcFile {
  readonly #api: IfcAPI;
  readonly #model: number;
  readonly #classNames = new Map<number, string>();

  private constructor(api: IfcAPI, model: number) {
    this.#api = api;
    this.#model = model;
  }

  /** @throws TwinError `ifc.open_failed` */
  static async open(step: Uint8Array, fileName: string, wasm: WasmLocator): Promise<IfcFile> {
    const api = new IfcAPI();
    await api.Init(wasm === null ? undefined : () => wasm, true);
    api.SetLogLevel(LogLevel.LOG_LEVEL_OFF);
    let model = -1;
    let cause: unknown;
    try {
      model = api.OpenModel(step, { TAPE_SIZE });
    } catch (error) {
      cause = error;
    }
    if (model >= 0) return new IfcFile(api, model);
    const detail = cause instanceof Error ? cause.message : "the parser gave up";
    throw new TwinError(
      "ifc.open_failed",
      `${fileName} cannot be read: its text breaks the rules of IFC (${detail}). Export the model again, or check it with an IFC validator.`,
      { file: fileName, detail },
      cause,
    );
  }

  /** Frees what can be freed; a wasm heap never shrinks, so a worker should end after a large model. */
  close(): void {
    try {
      this.#api.CloseModel(this.#model);
    } catch {
      // a poisoned instance cannot close; it is dropped with this object
    }
  }

  /** Turns the escapes of STEP text into letters. */
  decodeText(text: string): string {
    return String(this.#api.DecodeText(text));
  }

  line(id: number | null | undefined): IfcLine | null {
    if (id === null || id === undefined) return null;
    try {
      return (this.#api.GetLine(this.#model, id) as IfcLine | undefined) ?? null;
    } catch {
      return null;
    }
  }

  /** Express ids of an entity type, ascending as in the file. */
  idsOfType(type: number, includeSubtypes = false): number[] {
    try {
      const ids = this.#api.GetLineIDsWithType(this.#model, type, includeSubtypes);
      return Array.from({ length: ids.size() }, (_, i) => ids.get(i));
    } catch {
      return [];
    }
  }

  linesOfType(type: number): IfcLine[] {
    return this.idsOfType(type)
      .map((id) => this.line(id))
      .filter((line) => line !== null);
  }

  /** IfcWallStandardCase and the like; empty when the line does not exist. */
  classOf(id: number): string {
    try {
      return this.classOfType(this.#api.GetLineType(this.#model, id) as number);
    } catch {
      return "";
    }
  }

  classOfType(type: number): string {
    let name = this.#classNames.get(type);
    if (name === undefined) {
      name = String(this.#api.GetNameFromTypeCode(type) ?? "");
      this.#classNames.set(type, name);
    }
    return name;
  }

  /** Elements that could have a shape of their own: no openings, no spaces. */
  elementIds(): number[] {
    const openings = new Set(this.idsOfType(IFCFEATUREELEMENTSUBTRACTION, true));
    const spaces = new Set(this.idsOfType(IFCSPACE, true));
    return this.idsOfType(IFCELEMENT, true).filter((id) => !openings.has(id) && !spaces.has(id));
  }

  /** Streams every element's mesh in file units (no linear scaling); web-ifc leaves out openings and spaces. */
  streamAll(visit: MeshVisitor): void {
    this.#api.StreamAllMeshes(this.#model, visit, false);
  }

  /** One element's mesh in file units. (StreamMeshes is broken in the browser build of web-ifc 0.0.78.) */
  meshOf(id: number): FlatMesh {
    return this.#api.GetFlatMesh(this.#model, id, false);
  }

  /**
   * Hands over interleaved position and normal (six floats a vertex) and triangle indices of a geometry, as views of the
   * wasm heap that die with the callback. web-ifc gives the same id to different shapes (a wall type with and without
   * its door), so an id says nothing outside the mesh that names it.
   */
  withGeometry<T>(id: number, use: (vertices: Float32Array, indices: Uint32Array) => T): T {
    const geometry = this.#api.GetGeometry(this.#model, id);
    try {
      const [vertexAt, vertexCount] = [geometry.GetVertexData() / 4, geometry.GetVertexDataSize()];
      const [indexAt, indexCount] = [geometry.GetIndexData() / 4, geometry.GetIndexDataSize()];
      const heap = this.#api.wasmModule as { HEAPF32: Float32Array; HEAPU32: Uint32Array };
      return use(
        heap.HEAPF32.subarray(vertexAt, vertexAt + vertexCount),
        heap.HEAPU32.subarray(indexAt, indexAt + indexCount),
      );
    } finally {
      geometry.delete();
    }
  }
}
