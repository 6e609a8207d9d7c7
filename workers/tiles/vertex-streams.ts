import { MeshoptEncoder } from "meshoptimizer/encoder";
import type { TileContent, TileMesh } from "./contract.ts";
import type { OrderedMesh } from "./vertex-order.ts";

/** Largest distance between neighbouring grid positions unless steps are given, m: positions are then right to half of it. */
const MAX_STEP = 0.002;
const MAX_INT16 = 32767;
/** Powers of two from -128: raising costs fifty times as much as looking up. */
const POWERS = Float64Array.from({ length: 256 }, (_, k) => 2 ** (k - 128));

/** Positions of all meshes of a tile in one stream, y up, around `centre`. */
export interface PositionStream {
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly stride: number;
  readonly componentType: 5122 | 5126;
  readonly normalized: boolean;
  readonly filter: "NONE" | "EXPONENTIAL";
  /** Node scale and translation (y up, m) that bring stored values back to tile coordinates. */
  readonly scale: readonly [number, number, number];
  readonly centre: readonly [number, number, number];
  /** Least and greatest stored values of each mesh. */
  readonly ranges: readonly { readonly min: number[]; readonly max: number[] }[];
}

export interface AttributeStream {
  readonly bytes: Uint8Array;
  readonly count: number;
}

function boundsOf(meshes: readonly OrderedMesh[]): { min: number[]; max: number[] } {
  const min = [Infinity, Infinity, Infinity];
  const max = [-Infinity, -Infinity, -Infinity];
  for (const { mesh, sourceOfVertex } of meshes) {
    for (const source of sourceOfVertex) {
      for (let axis = 0; axis < 3; axis++) {
        const value = mesh.positions[source * 3 + axis]!;
        if (value < min[axis]!) min[axis] = value;
        if (value > max[axis]!) max[axis] = value;
      }
    }
  }
  return { min, max };
}

function countVertices(meshes: readonly OrderedMesh[]): number {
  return meshes.reduce((sum, { sourceOfVertex }) => sum + sourceOfVertex.length, 0);
}

/** glTF is y up: east, up, south. */
function fillYUp(target: Float64Array, mesh: OrderedMesh, offset: number, centre: readonly number[]): void {
  const { positions } = mesh.mesh;
  let at = offset * 3;
  for (const source of mesh.sourceOfVertex) {
    target[at++] = positions[source * 3]! - centre[0]!;
    target[at++] = positions[source * 3 + 2]! - centre[1]!;
    target[at++] = -positions[source * 3 + 1]! - centre[2]!;
  }
}

/** Ranges of stored values; `stride` numbers a vertex, the first three of which count. */
function rangesOf(meshes: readonly OrderedMesh[], stored: Int16Array | Float64Array, stride: number) {
  let at = 0;
  return meshes.map(({ sourceOfVertex }) => {
    const min = [Infinity, Infinity, Infinity];
    const max = [-Infinity, -Infinity, -Infinity];
    const end = at + sourceOfVertex.length * stride;
    for (; at < end; at += stride) {
      for (let axis = 0; axis < 3; axis++) {
        const value = stored[at + axis]!;
        if (value < min[axis]!) min[axis] = value;
        if (value > max[axis]!) max[axis] = value;
      }
    }
    return { min, max };
  });
}

function packInt16(meshes: readonly OrderedMesh[], local: Float64Array, scale: readonly number[]) {
  const count = local.length / 3;
  const grid = new Int16Array(count * 4);
  const [perX, perY, perZ] = scale.map((value) => MAX_INT16 / value) as [number, number, number];
  for (let vertex = 0, at = 0; vertex < count; vertex++, at += 3) {
    grid[vertex * 4] = Math.round(local[at]! * perX);
    grid[vertex * 4 + 1] = Math.round(local[at + 1]! * perY);
    grid[vertex * 4 + 2] = Math.round(local[at + 2]! * perZ);
  }
  return {
    bytes: new Uint8Array(grid.buffer),
    ranges: rangesOf(meshes, grid, 4),
  };
}

/** Shared exponents make the floats a regular grid, which the vertex codec packs far better than free mantissas. */
function packFloat(meshes: readonly OrderedMesh[], local: Float64Array, half: number, step: number) {
  const count = local.length / 3;
  const bits = Math.min(24, Math.max(8, Math.ceil(Math.log2(half / (step / 2))) + 1));
  const bytes = MeshoptEncoder.encodeFilterExp(new Float32Array(local), count, 12, bits, "SharedComponent");
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const stored = new Float64Array(words.length);
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    stored[at] = ((word << 8) >> 8) * POWERS[(word >> 24) + 128]!;
  }
  return { bytes, ranges: rangesOf(meshes, stored, 3) };
}

/**
 * Node scale with which all positions fit int16, or null. By default one for all axes, as fine as the size allows; with
 * steps exactly these, so that equal walls give equal numbers.
 */
function int16Scale(sizes: readonly number[], steps: TileContent["steps"]): [number, number, number] | null {
  if (!steps) {
    const half = Math.max(...sizes) / 2 || 1;
    return half / MAX_INT16 <= MAX_STEP ? [half, half, half] : null;
  }
  const [x, y, z] = sizes as [number, number, number];
  const fits = Math.max(x, y) / 2 <= steps.horizontal * MAX_INT16 && z / 2 <= steps.vertical * MAX_INT16;
  if (!fits) return null;
  return [steps.horizontal * MAX_INT16, steps.vertical * MAX_INT16, steps.horizontal * MAX_INT16];
}

/**
 * Int16 where the tile is small enough (131 m by default, more with wider steps), else floats on a binary grid at most
 * as wide as the steps. Steps that differ make the scale differ: engines take normals through its inverse.
 */
export function packPositions(meshes: readonly OrderedMesh[], steps?: TileContent["steps"]): PositionStream {
  const { min, max } = boundsOf(meshes);
  const centre = [(min[0]! + max[0]!) / 2, (min[2]! + max[2]!) / 2, -(min[1]! + max[1]!) / 2] as const;
  const sizes = min.map((low, axis) => max[axis]! - low);
  const count = countVertices(meshes);
  const local = new Float64Array(count * 3);
  let offset = 0;
  for (const mesh of meshes) {
    fillYUp(local, mesh, offset, centre);
    offset += mesh.sourceOfVertex.length;
  }
  const common = { count, centre };
  const scale = int16Scale(sizes, steps);
  if (scale) {
    const packed = packInt16(meshes, local, scale);
    return { ...common, ...packed, scale, stride: 8, componentType: 5122, normalized: true, filter: "NONE" };
  }
  const step = steps ? Math.min(steps.horizontal, steps.vertical) : MAX_STEP;
  const packed = packFloat(meshes, local, Math.max(...sizes) / 2 || 1, step);
  return {
    ...common,
    ...packed,
    scale: [1, 1, 1],
    stride: 12,
    componentType: 5126,
    normalized: false,
    filter: "EXPONENTIAL",
  };
}

/** Int8 normalised, stride 4, y up. */
export function packNormals(meshes: readonly OrderedMesh[]): AttributeStream {
  const count = countVertices(meshes);
  const bytes = new Int8Array(count * 4);
  let at = 0;
  for (const { mesh, sourceOfVertex } of meshes) {
    const { normals } = mesh;
    for (const source of sourceOfVertex) {
      const x = normals[source * 3]!;
      const y = normals[source * 3 + 1]!;
      const z = normals[source * 3 + 2]!;
      const length = Math.sqrt(x * x + y * y + z * z);
      const factor = length > 1e-6 ? 127 / length : 0;
      bytes[at] = Math.round(x * factor);
      bytes[at + 1] = factor === 0 ? 127 : Math.round(z * factor);
      bytes[at + 2] = Math.round(-y * factor);
      at += 4;
    }
  }
  return { bytes: new Uint8Array(bytes.buffer), count };
}

/** u16, stride 4. */
export function packFeatureIds(meshes: readonly OrderedMesh[]): AttributeStream {
  const count = countVertices(meshes);
  const ids = new Uint16Array(count * 2);
  let at = 0;
  for (const { mesh, sourceOfVertex } of meshes)
    for (const source of sourceOfVertex) {
      ids[at] = mesh.featureIds[source]!;
      at += 2;
    }
  return { bytes: new Uint8Array(ids.buffer), count };
}

/** Four bytes a vertex of the meshes that have the attribute: TEXCOORD_0 (two u16) or _FACADE (four u8). */
export function packWords(
  meshes: readonly OrderedMesh[],
  wordsOf: (mesh: TileMesh) => Uint8Array | Uint16Array | undefined,
): AttributeStream {
  const having = meshes.filter(({ mesh }) => wordsOf(mesh));
  const count = countVertices(having);
  const bytes = new Uint8Array(count * 4);
  let at = 0;
  for (const { mesh, sourceOfVertex } of having) {
    const words = wordsOf(mesh)!;
    const source8 = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
    for (const source of sourceOfVertex) {
      for (let k = 0; k < 4; k++) bytes[at++] = source8[source * 4 + k]!;
    }
  }
  return { bytes, count };
}
