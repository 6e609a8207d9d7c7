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
function engineeringMatrix(flat: readonly number[], lengthM: number): Mat4 {
  const out = new Float64Array(16);
  for (let col = 0; col < 4; col++) {
    out[col * 4] = flat[col * 4]! * lengthM;
    out[col * 4 + 1] = -flat[col * 4 + 2]! * lengthM;
    out[col * 4 + 2] = flat[col * 4 + 1]! * lengthM;
  }
  out[15] = 1;
  return out;
}

function packColor({ x, y, z, w }: { x: number; y: number; z: number; w: number }): number {
  const byte = (value: number) =>
    Math.round(Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0.8)) * 255);
  return ((byte(x) << 24) | (byte(y) << 16) | (byte(z) << 8) | byte(w)) >>> 0;
}

class MeshCollector {
  readonly elements = new Map<number, ElementMesh>();
  readonly seen = new Set<number>();
  readonly #geometries = new Map<string, WeldedGeometry>();
  readonly #lengthM: number;

  constructor(lengthM: number) {
    this.#lengthM = lengthM;
  }

  /** The same content is welded once: mapped items repeat a shape, and ids alone do not tell shapes apart. */
  #geometry(file: IfcFile, id: number): WeldedGeometry {
    return file.withGeometry(id, (vertices, indices) => {
      const key = `${id} ${fingerprint(vertices)} ${fingerprint(indices)}`;
      let geometry = this.#geometries.get(key);
      if (!geometry) {
        geometry = weld(vertices, indices);
        this.#geometries.set(key, geometry);
      }
      return geometry;
    });
  }

  add(file: IfcFile, mesh: FlatMesh): void {
    this.seen.add(mesh.expressID);
    const { geometries } = mesh;
    for (let i = 0; i < geometries.size(); i++) {
      const placed = geometries.get(i);
      const engineeringFromGeometry = engineeringMatrix(placed.flatTransformation, this.#lengthM);
      const geometry = this.#geometry(file, placed.geometryExpressID);
      if (geometry.indices.length === 0 || !engineeringFromGeometry.every(Number.isFinite)) continue;
      let element = this.elements.get(mesh.expressID);
      if (!element) {
        element = { expressId: mesh.expressID, parts: [], triangles: 0 };
        this.elements.set(mesh.expressID, element);
      }
      element.parts.push({ geometry, engineeringFromGeometry, color: packColor(placed.color) });
      element.triangles += geometry.indices.length / 3;
    }
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
