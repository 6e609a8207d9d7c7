import type { FlatMesh } from "web-ifc";
import { isAbort } from "../../src/base/abort.ts";
import type { Issue } from "../../src/base/errors.ts";
import { TwinError } from "../../src/base/errors.ts";
import type { Mat4 } from "../../src/geo/matrix.ts";
import type { IfcFile } from "./ifc-file.ts";
import { fingerprint, type WeldedGeometry, weld } from "./weld.ts";

/** A geometry placed in the model, in one colour. */
export interface Part {
  readonly geometry: WeldedGeometry;
  /** Column-major; engineering frame: IFC axes (z up), metres, the file's own origin. */
  readonly engineeringFromGeometry: Mat4;
  /** sRGB red, green, blue, alpha as bytes, red highest. */
  readonly color: number;
}

export interface ElementMesh {
  readonly expressId: number;
  readonly parts: Part[];
  triangles: number;
}

export interface ReadMeshes {
  /** By ascending express id; elements with at least one triangle. */
  readonly elements: ElementMesh[];
  readonly issues: Issue[];
  /** Elements whose mesh could not be made. */
  readonly failed: number;
}

const MAX_RESTARTS = 3;

/** web-ifc's world is y up; rows become x, -z, y, and lengths metres. */
function engineeringMatrix(flat: Float64Array, lengthM: number): Mat4 {
  const out = new Float64Array(16);
  for (let at = 0; at < 16; at += 4) {
    out[at] = flat[at]! * lengthM;
    out[at + 1] = -flat[at + 2]! * lengthM;
    out[at + 2] = flat[at + 1]! * lengthM;
  }
  out[15] = 1;
  return out;
}

function isFinitePlace(m: Mat4): boolean {
  let sum = 0;
  for (let i = 0; i < 16; i++) sum += m[i]! * 0;
  return sum === 0;
}

function byteOf(value: number): number {
  return Math.round(Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0.8)) * 255);
}

function packColor(rgba: ArrayLike<number>): number {
  const [r, g, b, a] = [byteOf(rgba[0]!), byteOf(rgba[1]!), byteOf(rgba[2]!), byteOf(rgba[3]!)];
  return ((r << 24) | (g << 16) | (b << 8) | a) >>> 0;
}

/** A geometry that was met before, with the marks that tell it from others of the same id. */
interface KnownShape {
  readonly vertices: number;
  readonly indices: number;
  readonly geometry: WeldedGeometry;
}

class MeshCollector {
  readonly elements = new Map<number, ElementMesh>();
  readonly seen = new Set<number>();
  readonly #shapes = new Map<number, KnownShape[]>();
  readonly #lengthM: number;

  constructor(lengthM: number) {
    this.#lengthM = lengthM;
  }

  /** The same content is welded once: mapped items repeat a shape, and ids alone do not tell shapes apart. */
  #geometry(file: IfcFile, id: number): WeldedGeometry {
    return file.withGeometry(id, (vertices, indices) => {
      const [vertexMark, indexMark] = [fingerprint(vertices), fingerprint(indices)];
      const shapes = this.#shapes.get(id) ?? [];
      for (const shape of shapes)
        if (shape.vertices === vertexMark && shape.indices === indexMark) return shape.geometry;
      const geometry = weld(vertices, indices);
      shapes.push({ vertices: vertexMark, indices: indexMark, geometry });
      this.#shapes.set(id, shapes);
      return geometry;
    });
  }

  add(file: IfcFile, mesh: FlatMesh): void {
    const { expressID } = mesh;
    this.seen.add(expressID);
    file.forPlacements(mesh, (id, flat, color) => {
      const engineeringFromGeometry = engineeringMatrix(flat, this.#lengthM);
      const packed = packColor(color);
      const geometry = this.#geometry(file, id);
      if (geometry.indices.length === 0 || !isFinitePlace(engineeringFromGeometry)) return;
      let element = this.elements.get(expressID);
      if (!element) {
        element = { expressId: expressID, parts: [], triangles: 0 };
        this.elements.set(expressID, element);
      }
      element.parts.push({ geometry, engineeringFromGeometry, color: packed });
      element.triangles += geometry.indices.length / 3;
    });
  }
}

/** After a memory fault or an exhausted stack (a shape that refers to itself) the instance cannot be trusted. */
function isPoisoned(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}

/**
 * Streams all meshes at once; if web-ifc throws on the way, goes on element by element, so that one bad element costs
 * only itself. A memory fault spoils the instance: `reopen` then gives it a fresh one.
 *
 * @throws TwinError `ifc.geometry_failed` when the instance dies again and again
 */
export async function readMeshes(
  file: IfcFile,
  lengthM: number,
  reopen: () => Promise<void>,
  onProgress: (done: number, total: number) => void,
): Promise<ReadMeshes> {
  const collector = new MeshCollector(lengthM);
  const issues: Issue[] = [];
  let failed = 0;
  try {
    let done = 0;
    file.streamAll((mesh, _index, total) => {
      collector.add(file, mesh);
      onProgress(++done, total);
    });
  } catch (error) {
    if (isAbort(error)) throw error;
    if (isPoisoned(error)) await reopen();
    const outcome = await readOneByOne(file, collector, isPoisoned(error) ? 1 : 0, reopen, onProgress);
    issues.push(...outcome.issues);
    failed = outcome.failed;
  }
  const elements = [...collector.elements.values()].sort((a, b) => a.expressId - b.expressId);
  return { elements, issues, failed };
}

async function readOneByOne(
  file: IfcFile,
  collector: MeshCollector,
  restartsBefore: number,
  reopen: () => Promise<void>,
  onProgress: (done: number, total: number) => void,
): Promise<{ issues: Issue[]; failed: number }> {
  const issues: Issue[] = [];
  const ids = file.elementIds();
  let restarts = restartsBefore;
  let failed = 0;
  for (const [done, id] of ids.entries()) {
    if (collector.seen.has(id)) continue;
    try {
      collector.add(file, file.meshOf(id));
    } catch (error) {
      failed++;
      const detail = error instanceof Error ? error.message : "unknown fault";
      issues.push({
        code: "ifc.element_failed",
        severity: "warning",
        message: `${file.classOf(id) || "Element"} #${id} has a shape that cannot be built (${detail}); it is left out.`,
        place: `#${id}`,
      });
      if (isPoisoned(error)) {
        if (++restarts > MAX_RESTARTS) throw geometryFailed(detail, error);
        await reopen();
      }
    }
    onProgress(done + 1, ids.length);
  }
  return { issues, failed };
}

function geometryFailed(detail: string, cause: unknown): TwinError {
  return new TwinError(
    "ifc.geometry_failed",
    `The shapes of this model cannot be built: the geometry kernel stopped (${detail}). Some shape may refer to itself; check the file with an IFC validator.`,
    { detail },
    cause,
  );
}
