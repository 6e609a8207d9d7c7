import type { FlatMesh } from "web-ifc";
import { isAbort } from "../../src/base/abort.ts";
import type { Issue } from "../../src/base/errors.ts";
import { TwinError } from "../../src/base/errors.ts";
import type { ElementMesh } from "./element-mesh.ts";
import type { IfcFile } from "./ifc-file.ts";
import { type PackedElements, unpackElements } from "./packed-elements.ts";
import { fingerprint, type WeldedGeometry, weld } from "./weld.ts";

export interface ReadMeshes {
  /** By ascending express id; elements with at least one triangle. */
  readonly elements: ElementMesh[];
  readonly issues: Issue[];
  /** Elements whose mesh could not be made. */
  readonly failed: number;
}

const MAX_RESTARTS = 3;

/** web-ifc's world is y up; rows become x, -z, y, and lengths metres. */
function engineeringMatrix(numbers: ArrayLike<number>, from: number, lengthM: number): number[] {
  const out = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
  for (let at = 0; at < 16; at += 4) {
    out[at] = numbers[from + at]! * lengthM;
    out[at + 1] = -numbers[from + at + 2]! * lengthM;
    out[at + 2] = numbers[from + at + 1]! * lengthM;
  }
  return out;
}

function isFinitePlace(m: readonly number[]): boolean {
  let sum = 0;
  for (let i = 0; i < 16; i++) sum += m[i]! * 0;
  return sum === 0;
}

function byteOf(value: number): number {
  return Math.round(Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0.8)) * 255);
}

function packColor(rgba: ArrayLike<number>, at: number): number {
  const [r, g] = [byteOf(rgba[at]!), byteOf(rgba[at + 1]!)];
  return ((r << 24) | (g << 16) | (byteOf(rgba[at + 2]!) << 8) | byteOf(rgba[at + 3]!)) >>> 0;
}

/** A geometry that was met before, with the marks that tell it from others of the same id. */
interface KnownShape {
  readonly vertices: number;
  readonly indices: number;
  readonly geometry: WeldedGeometry;
}

/** What is known of a geometry id. */
interface KnownId {
  readonly shapes: KnownShape[];
  /** Whether an element with openings used it: then each use may be another shape. */
  isCut: boolean;
  uses: number;
}

/** Every so many uses of a repeated shape, its content is compared after all. */
const CHECK_EVERY = 16;
/** Numbers looked at then. */
const SAMPLE = 256;

/** A geometry id turned out to stand for several shapes where one was expected. */
class UnexpectedShape extends Error {}

class MeshCollector {
  readonly elements = new Map<number, ElementMesh>();
  readonly seen = new Set<number>();
  readonly #known = new Map<number, KnownId>();
  readonly #lengthM: number;
  /** Elements whose openings are cut out of their shape; null when nothing is to be relied upon. */
  readonly #cutElements: ReadonlySet<number> | null;

  constructor(lengthM: number, cutElements: ReadonlySet<number> | null) {
    this.#lengthM = lengthM;
    this.#cutElements = cutElements;
  }

  /**
   * The same content is welded once: mapped items repeat a shape. web-ifc gives one id to different shapes (a wall type
   * with and without its door), so content is compared, but asking for it copies it inside the kernel. Ids that no
   * element with openings uses are trusted, and checked now and then by a sample.
   */
  #geometry(file: IfcFile, elementId: number, id: number): WeldedGeometry {
    let known = this.#known.get(id);
    if (!known) {
      known = { shapes: [], isCut: this.#cutElements === null, uses: 0 };
      this.#known.set(id, known);
    }
    if (!known.isCut && this.#cutElements?.has(elementId)) {
      known.isCut = true;
      // their marks are samples only
      known.shapes.length = 0;
    }
    const [only] = known.shapes;
    if (only && !known.isCut && ++known.uses % CHECK_EVERY) return only.geometry;
    return this.#compare(file, id, known);
  }

  #compare(file: IfcFile, id: number, { shapes, isCut }: KnownId): WeldedGeometry {
    return file.withGeometry(id, (vertices, indices) => {
      const sample = isCut ? Infinity : SAMPLE;
      const [vertexMark, indexMark] = [fingerprint(vertices, sample), fingerprint(indices, sample)];
      for (const shape of shapes)
        if (shape.vertices === vertexMark && shape.indices === indexMark) return shape.geometry;
      if (shapes.length > 0 && !isCut) throw new UnexpectedShape();
      const geometry = weld(vertices, indices);
      shapes.push({ vertices: vertexMark, indices: indexMark, geometry });
      return geometry;
    });
  }

  add(file: IfcFile, mesh: FlatMesh): void {
    const { expressID } = mesh;
    this.seen.add(expressID);
    file.forPlacements(mesh, (id, numbers, matrixAt, colorAt) => {
      const engineeringFromGeometry = engineeringMatrix(numbers, matrixAt, this.#lengthM);
      const color = packColor(numbers, colorAt);
      const geometry = this.#geometry(file, expressID, id);
      if (geometry.indices.length === 0 || !isFinitePlace(engineeringFromGeometry)) return;
      let element = this.elements.get(expressID);
      if (!element) {
        element = { expressId: expressID, parts: [], triangles: 0 };
        this.elements.set(expressID, element);
      }
      element.parts.push({ geometry, engineeringFromGeometry, color });
      element.triangles += geometry.indices.length / 3;
    });
  }
}

/** Elements with openings or projections, and the parts of such: whose shapes are their own. */
function readCutElements(file: IfcFile): Set<number> {
  const cut = new Set<number>();
  for (const relation of ["IFCRELVOIDSELEMENT", "IFCRELPROJECTSELEMENT"])
    file.forRelations(relation, ([host]) => {
      if (host !== undefined) cut.add(host);
    });
  const partsOf = new Map<number, number[]>();
  file.forRelations("IFCRELAGGREGATES", ([whole], parts) => {
    if (whole !== undefined) partsOf.set(whole, [...(partsOf.get(whole) ?? []), ...parts]);
  });
  for (const id of cut) for (const part of partsOf.get(id) ?? []) cut.add(part);
  return cut;
}

/** After a memory fault or an exhausted stack (a shape that refers to itself) the instance cannot be trusted. */
export function isPoisoned(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}

/** Elements of this file's share, by ascending express id. Throws what the kernel throws. */
export function readOwnMeshes(file: IfcFile, lengthM: number): ElementMesh[] {
  const collector = new MeshCollector(lengthM, readCutElements(file));
  file.streamAll((mesh) => {
    if (!file.own || file.own.has(mesh.expressID)) collector.add(file, mesh);
  });
  return inOrder(collector);
}

/** Some elements of a file, one after the other until `isOver`. Throws what the kernel throws. */
export function readSomeMeshes(
  file: IfcFile,
  lengthM: number,
  ids: Iterable<number>,
  isOver: (done: number) => boolean,
): ReadonlyMap<number, ElementMesh> {
  // to read which are cut would take longer than to compare some
  const collector = new MeshCollector(lengthM, null);
  for (const id of ids) {
    if (isOver(collector.elements.size)) break;
    collector.add(file, file.meshOf(id));
  }
  return collector.elements;
}

/** The shapes of some elements, asked for one by one, in the order given; those from a fault of the kernel on are left out. */
export function readMeshesOf(file: IfcFile, lengthM: number, ids: readonly number[]): ElementMesh[] {
  const collector = new MeshCollector(lengthM, null);
  try {
    for (const id of ids) collector.add(file, file.meshOf(id));
  } catch {
    // the kernel has stopped: what was read until then counts
  }
  return ids.flatMap((id) => collector.elements.get(id) ?? []);
}

function inOrder(collector: MeshCollector): ElementMesh[] {
  return [...collector.elements.values()].sort((a, b) => a.expressId - b.expressId);
}

/** Null when a thread failed: which shape is at fault shows when one makes them all. */
async function readWithHelp(
  file: IfcFile,
  lengthM: number,
  help: Promise<readonly PackedElements[]>,
  onMesh: OnMesh,
): Promise<ReadMeshes | null> {
  try {
    const collector = new MeshCollector(lengthM, readCutElements(file));
    stream(file, collector, onMesh);
    for (const packed of await help)
      for (const element of unpackElements(packed)) collector.elements.set(element.expressId, element);
    return { elements: inOrder(collector), issues: [], failed: 0 };
  } catch (error) {
    if (isAbort(error)) throw error;
    return null;
  }
}

/**
 * Streams all meshes at once; if web-ifc throws on the way, goes on element by element, so that one bad element costs
 * only itself. A memory fault spoils the instance: `reopen` then gives it a fresh one.
 *
 * @param help the elements of other shares, where the file was opened for one
 * @throws TwinError `ifc.geometry_failed` when the instance dies again and again
 */
export async function readMeshes(
  file: IfcFile,
  lengthM: number,
  reopen: () => Promise<void>,
  onMesh: OnMesh,
  help: Promise<readonly PackedElements[]> | null = null,
): Promise<ReadMeshes> {
  if (help) {
    const read = await readWithHelp(file, lengthM, help, onMesh);
    if (read) return read;
    await reopen();
  }
  let collector = new MeshCollector(lengthM, readCutElements(file));
  let outcome: Outcome = { issues: [], failed: 0 };
  try {
    stream(file, collector, onMesh);
  } catch (error) {
    if (isAbort(error)) throw error;
    if (error instanceof UnexpectedShape) {
      collector = new MeshCollector(lengthM, null);
      outcome = await streamAgain(file, collector, reopen, onMesh);
    } else outcome = await goOn(error, file, collector, reopen, onMesh);
  }
  return { elements: inOrder(collector), ...outcome };
}

interface Outcome {
  readonly issues: Issue[];
  readonly failed: number;
}

/** Told at every mesh, with all elements so far in the order in which they came. */
export type OnMesh = (done: number, total: number, elements: ReadonlyMap<number, ElementMesh>) => void;

function stream(file: IfcFile, collector: MeshCollector, onMesh: OnMesh): void {
  file.streamAll((mesh, done, total) => {
    collector.add(file, mesh);
    onMesh(done, total, collector.elements);
  });
}

async function streamAgain(
  file: IfcFile,
  collector: MeshCollector,
  reopen: () => Promise<void>,
  onMesh: OnMesh,
): Promise<Outcome> {
  try {
    await reopen();
    stream(file, collector, onMesh);
    return { issues: [], failed: 0 };
  } catch (error) {
    return await goOn(error, file, collector, reopen, onMesh);
  }
}

async function goOn(
  error: unknown,
  file: IfcFile,
  collector: MeshCollector,
  reopen: () => Promise<void>,
  onMesh: OnMesh,
): Promise<Outcome> {
  if (isAbort(error)) throw error;
  if (isPoisoned(error)) await reopen();
  return await readOneByOne(file, collector, isPoisoned(error) ? 1 : 0, reopen, onMesh);
}

async function readOneByOne(
  file: IfcFile,
  collector: MeshCollector,
  restartsBefore: number,
  reopen: () => Promise<void>,
  onMesh: OnMesh,
): Promise<Outcome> {
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
    onMesh(done + 1, ids.length, collector.elements);
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
