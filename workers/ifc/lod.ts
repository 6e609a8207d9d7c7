/**
 * A coarse stand-in for elements of very many triangles: statues, scanned façades, machinery. They leave the common tiles; a coarse tile
 * holds some of them and gives way to fine ones (REPLACE) when its error would be seen. Simplified by quadrics (meshoptimizer)
 * over positions alone, because most such meshes are authored with a normal a triangle; normals are made anew with a crease.
 */
import { transformPoint } from "../../src/geo/matrix.ts";
import type { ElementMesh, Part } from "./element-mesh.ts";
import { leafTiles, type PlannedTile, rowsOf, split, type TileItem } from "./plan-tiles.ts";
import { type WeldedGeometry, weld } from "./weld.ts";

/** Models of fewer triangles than this need no stand-ins: all of it is drawn at any distance. */
const MODEL_TRIANGLES = 600_000;
/** Triangles of an element that is worth one. */
const HEAVY_TRIANGLES = 10_000;
/** Triangles that come and go together, at most, but for single elements. */
const GROUP_TRIANGLES = 200_000;
/** Share of the triangles that is kept, and the error relative to the shape's size at which simplifying stops before. */
const KEPT = 0.06;
const MOST_ERROR = 0.02;
/** An error that nobody sees from afar is not worth a tile of its own: metres. */
const LEAST_ERROR = 0.002;
/** Cosine of the angle beyond which neighbouring faces are not shaded as one surface. */
const CREASE = Math.cos((40 * Math.PI) / 180);

export type CoarseElements = ReadonlyMap<number, { readonly element: ElementMesh; readonly error: number }>;

/** Stand-ins by position in `elements`; empty for models that are light enough, and without what cannot be simplified. */
export async function coarsen(elements: readonly ElementMesh[]): Promise<CoarseElements> {
  const coarse = new Map<number, { element: ElementMesh; error: number }>();
  const total = elements.reduce((sum, { triangles }) => sum + triangles, 0);
  if (total < MODEL_TRIANGLES || !elements.some(({ triangles }) => triangles >= HEAVY_TRIANGLES))
    return coarse;
  const { MeshoptSimplifier } = await import("meshoptimizer/simplifier");
  await MeshoptSimplifier.ready;
  const known = new Map<WeldedGeometry, { geometry: WeldedGeometry; error: number }>();
  const simplified = (geometry: WeldedGeometry) => {
    const found = known.get(geometry) ?? simplify(MeshoptSimplifier, geometry);
    known.set(geometry, found);
    return found;
  };
  for (const [row, element] of elements.entries()) {
    if (element.triangles < HEAVY_TRIANGLES) continue;
    let error = LEAST_ERROR;
    const parts = element.parts.map((part): Part => {
      const one = simplified(part.geometry);
      error = Math.max(error, one.error * scaleOf(part.engineeringFromGeometry));
      return { ...part, geometry: one.geometry };
    });
    const triangles = parts.reduce((sum, { geometry }) => sum + geometry.indices.length / 3, 0);
    if (triangles > 0 && triangles < element.triangles / 2)
      coarse.set(row, { element: { ...element, parts, triangles }, error });
  }
  return coarse;
}

/** Tiles of the elements that have a stand-in: a coarse one each group, with the fine ones below it. */
export function planCoarse(items: readonly TileItem[], coarse: CoarseElements): PlannedTile[] {
  return split(items, GROUP_TRIANGLES).map((group) => ({
    rows: rowsOf(group),
    isCoarse: true,
    geometricError: Math.max(...group.map(({ row }) => coarse.get(row)!.error)),
    children: leafTiles(group),
  }));
}

function scaleOf(matrix: readonly number[]): number {
  const origin = transformPoint(matrix, [0, 0, 0]);
  const axes = [
    transformPoint(matrix, [1, 0, 0]),
    transformPoint(matrix, [0, 1, 0]),
    transformPoint(matrix, [0, 0, 1]),
  ];
  return Math.max(...axes.map((end) => Math.hypot(...end.map((value, k) => value - origin[k]!))));
}

type Simplifier = typeof import("meshoptimizer/simplifier")["MeshoptSimplifier"];

/** `error` in the geometry's own units. */
function simplify(
  simplifier: Simplifier,
  geometry: WeldedGeometry,
): { geometry: WeldedGeometry; error: number } {
  const { positions, indices } = joined(simplifier, geometry);
  const wanted = Math.max(3, Math.floor((indices.length / 3) * KEPT) * 3);
  const [kept, error] = simplifier.simplify(indices, positions, 3, wanted, MOST_ERROR, ["Prune"]);
  return { geometry: shaded(positions, kept), error: error * simplifier.getScale(positions, 3) };
}

/** Each place once: what is left beside as a double would be taken for a seam that must stay. */
function joined(
  simplifier: Simplifier,
  { positions, indices }: WeldedGeometry,
): Pick<WeldedGeometry, "positions" | "indices"> {
  const remap = simplifier.generatePositionRemap(positions, 3);
  const places = new Int32Array(remap.length).fill(-1);
  const kept = new Float32Array(positions.length);
  let count = 0;
  const joinedIndices = indices.map((vertex) => {
    const first = remap[vertex]!;
    if (places[first]! < 0) {
      kept.set(positions.subarray(first * 3, first * 3 + 3), count * 3);
      places[first] = count++;
    }
    return places[first]!;
  });
  return { positions: kept.slice(0, count * 3), indices: joinedIndices };
}

/** Triangles with normals that are smooth but across creases, as the kernel gives them: six floats a corner. */
function shaded(positions: Float32Array, indices: Uint32Array): WeldedGeometry {
  const faces = faceNormals(positions, indices);
  const facesOf = facesAround(positions.length / 3, indices);
  const vertices = new Float32Array(indices.length * 6);
  for (let i = 0; i < indices.length; i++) {
    const vertex = indices[i]!;
    const own = Math.floor(i / 3) * 3;
    const normal = [0, 0, 0];
    for (let k = facesOf.first[vertex]!; k < facesOf.first[vertex + 1]!; k++) {
      const face = facesOf.faces[k]! * 3;
      if (cosine(faces, own, face) < CREASE) continue;
      for (let axis = 0; axis < 3; axis++) normal[axis]! += faces[face + axis]!;
    }
    vertices.set(positions.subarray(vertex * 3, vertex * 3 + 3), i * 6);
    vertices.set(normal, i * 6 + 3);
  }
  return weld(
    vertices,
    Uint32Array.from({ length: indices.length }, (_, i) => i),
  );
}

/** Not normalised: large faces count for more. */
function faceNormals(positions: Float32Array, indices: Uint32Array): Float32Array {
  const normals = new Float32Array(indices.length);
  for (let i = 0; i < indices.length; i += 3) {
    const [a, b, c] = [indices[i]! * 3, indices[i + 1]! * 3, indices[i + 2]! * 3];
    const side = (to: number, axis: number) => positions[to + axis]! - positions[a + axis]!;
    const [ux, uy, uz] = [side(b, 0), side(b, 1), side(b, 2)];
    const [vx, vy, vz] = [side(c, 0), side(c, 1), side(c, 2)];
    normals[i] = uy * vz - uz * vy;
    normals[i + 1] = uz * vx - ux * vz;
    normals[i + 2] = ux * vy - uy * vx;
  }
  return normals;
}

function facesAround(vertices: number, indices: Uint32Array): { first: Uint32Array; faces: Uint32Array } {
  const first = new Uint32Array(vertices + 1);
  for (const vertex of indices) first[vertex + 1]!++;
  for (let i = 0; i < vertices; i++) first[i + 1]! += first[i]!;
  const next = first.slice();
  const faces = new Uint32Array(indices.length);
  for (let i = 0; i < indices.length; i++) faces[next[indices[i]!]!++] = Math.floor(i / 3);
  return { first, faces };
}

function cosine(normals: Float32Array, a: number, b: number): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let axis = 0; axis < 3; axis++) {
    const [x, y] = [normals[a + axis]!, normals[b + axis]!];
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return dot / Math.sqrt(aa * bb || 1);
}
