import { MeshoptEncoder } from "meshoptimizer/encoder";
import type { TileMesh } from "./contract.ts";

const UNUSED = 0xffffffff;

/** A mesh with its triangles and vertices in the order in which they compress and draw best. */
export interface OrderedMesh {
  readonly mesh: TileMesh;
  readonly indices: Uint32Array;
  readonly vertices: number;
  /** Position in the source arrays of each kept vertex; null when it is the same. */
  readonly sourceOfVertex: Uint32Array | null;
  readonly outline?: Uint32Array;
}

/** Reorders for the index codec and drops vertices that no triangle uses. `MeshoptEncoder.ready` must have settled. */
export function orderMesh(mesh: TileMesh): OrderedMesh {
  const { outline } = mesh;
  if (mesh.isOrdered)
    return {
      mesh,
      indices: mesh.indices,
      vertices: mesh.positions.length / 3,
      sourceOfVertex: null,
      ...(outline?.length && { outline }),
    };
  const indices = mesh.indices.slice();
  const [vertexOfSource, kept] = MeshoptEncoder.reorderMesh(indices, true, true);
  const sourceOfVertex = new Uint32Array(kept);
  for (let source = 0; source < vertexOfSource.length; source++) {
    const vertex = vertexOfSource[source]!;
    if (vertex !== UNUSED) sourceOfVertex[vertex] = source;
  }
  if (!outline?.length) return { mesh, indices, vertices: kept, sourceOfVertex };
  return {
    mesh,
    indices,
    vertices: kept,
    sourceOfVertex,
    outline: outline.map((source) => vertexOfSource[source]!),
  };
}
