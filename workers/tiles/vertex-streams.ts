import type { TileContent, TileMesh } from "./contract.ts";
import type { OrderedMesh } from "./vertex-order.ts";

/** Largest distance between neighbouring grid positions unless steps are given, m: positions are then right to half of it. */
const MAX_STEP = 0.002;
const MAX_INT16 = 32767;
const MAX_MANTISSA = 2 ** 23 - 1;

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

interface Bounds {
  readonly min: readonly number[];
  readonly max: readonly number[];
}

function boundsOf(meshes: readonly OrderedMesh[]): Bounds {
  let [minX, minY, minZ, maxX, maxY, maxZ] = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
  for (const { mesh, sourceOfVertex, vertices } of meshes) {
    const { positions } = mesh;
    for (let vertex = 0; vertex < vertices; vertex++) {
      const at = (sourceOfVertex ? sourceOfVertex[vertex]! : vertex) * 3;
      const x = positions[at]!;
      const y = positions[at + 1]!;
      const z = positions[at + 2]!;
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
      if (z < minZ) minZ = z;
      if (z > maxZ) maxZ = z;
    }
  }
  return { min: [minX, minY, minZ], max: [maxX, maxY, maxZ] };
}

function countVertices(meshes: readonly OrderedMesh[]): number {
  return meshes.reduce((sum, { vertices }) => sum + vertices, 0);
}

interface Range {
  readonly min: number[];
  readonly max: number[];
}

interface Grid {
  readonly centre: readonly number[];
  /** Steps in a metre along each axis, y up. */
  readonly factors: readonly [number, number, number];
  /** Numbers a vertex. */
  readonly stride: number;
  /** What of each number is kept, and what is set besides. */
  readonly mask: number;
  readonly mark: number;
}

const GREATEST = 0x7fffffff;

/** Positions in steps from the centre, y up: east, up, south. Least and greatest steps of each mesh. */
function fillGrid(target: Int16Array | Int32Array, meshes: readonly OrderedMesh[], grid: Grid): Range[] {
  let first = 0;
  return meshes.map((mesh) => {
    const range = fillMesh(target, first, mesh, grid);
    first += mesh.vertices * grid.stride;
    return range;
  });
}

function fillMesh(target: Int16Array | Int32Array, first: number, ordered: OrderedMesh, grid: Grid): Range {
  const { mesh, sourceOfVertex, vertices } = ordered;
  const { positions } = mesh;
  const { stride, mask, mark } = grid;
  const [perX, perY, perZ] = grid.factors;
  const [cx, cy, cz] = [grid.centre[0]!, grid.centre[1]!, grid.centre[2]!];
  let [minX, minY, minZ, maxX, maxY, maxZ] = [GREATEST, GREATEST, GREATEST, -GREATEST, -GREATEST, -GREATEST];
  for (let vertex = 0, to = first; vertex < vertices; vertex++, to += stride) {
    const at = (sourceOfVertex ? sourceOfVertex[vertex]! : vertex) * 3;
    const x = Math.round((positions[at]! - cx) * perX) | 0;
    const y = Math.round((positions[at + 2]! - cy) * perY) | 0;
    const z = Math.round((-positions[at + 1]! - cz) * perZ) | 0;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
    if (z < minZ) minZ = z;
    if (z > maxZ) maxZ = z;
    target[to] = (x & mask) | mark;
    target[to + 1] = (y & mask) | mark;
    target[to + 2] = (z & mask) | mark;
  }
  return { min: [minX, minY, minZ], max: [maxX, maxY, maxZ] };
}

/** Mantissas on one grid, which the vertex codec packs far better than free floats; the exponential filter's format. */
function packFloat(
  meshes: readonly OrderedMesh[],
  centre: readonly number[],
  half: number,
  step: number,
): Pick<PositionStream, "bytes" | "ranges"> {
  const exponent = Math.max(Math.floor(Math.log2(step)), Math.ceil(Math.log2(half / MAX_MANTISSA)));
  const unit = 2 ** exponent;
  const words = new Int32Array(countVertices(meshes) * 3);
  const factors = [1 / unit, 1 / unit, 1 / unit] as const;
  const grid: Grid = { centre, factors, stride: 3, mask: 0xffffff, mark: exponent << 24 };
  const scaled = (values: readonly number[]) => values.map((value) => value * unit);
  const ranges = fillGrid(words, meshes, grid).map(({ min, max }) => ({
    min: scaled(min),
    max: scaled(max),
  }));
  return { bytes: new Uint8Array(words.buffer), ranges };
}

function packInt16(
  meshes: readonly OrderedMesh[],
  centre: readonly number[],
  scale: readonly [number, number, number],
): Pick<PositionStream, "bytes" | "ranges"> {
  const words = new Int16Array(countVertices(meshes) * 4);
  const [x, y, z] = scale;
  const factors = [MAX_INT16 / x, MAX_INT16 / y, MAX_INT16 / z] as const;
  const ranges = fillGrid(words, meshes, { centre, factors, stride: 4, mask: -1, mark: 0 });
  return { bytes: new Uint8Array(words.buffer), ranges };
}

/**
 * Node scale (y up) with which all positions fit int16, or null. By default one for all axes, as fine as the size allows;
 * with steps exactly these, so that equal walls give equal numbers.
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
export function packPositions(
  meshes: readonly OrderedMesh[],
  { steps, bounds = boundsOf(meshes) }: Pick<TileContent, "steps" | "bounds"> = {},
): PositionStream {
  const { min, max } = bounds;
  const centre = [(min[0]! + max[0]!) / 2, (min[2]! + max[2]!) / 2, -(min[1]! + max[1]!) / 2] as const;
  const sizes = min.map((low, axis) => max[axis]! - low);
  const common = { count: countVertices(meshes), centre };
  const scale = int16Scale(sizes, steps);
  if (scale) {
    const packed = packInt16(meshes, centre, scale);
    return { ...common, ...packed, scale, stride: 8, componentType: 5122, normalized: true, filter: "NONE" };
  }
  const step = steps ? Math.min(steps.horizontal, steps.vertical) : MAX_STEP;
  return {
    ...common,
    ...packFloat(meshes, centre, Math.max(...sizes) / 2 || 1, step),
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
  for (const ordered of meshes) {
    const { normals } = ordered.mesh;
    if (normals instanceof Int8Array) turnNormals(bytes, at, normals, ordered);
    else packFloatNormals(bytes, at, normals, ordered);
    at += ordered.vertices * 4;
  }
  return { bytes: new Uint8Array(bytes.buffer), count };
}

function turnNormals(target: Int8Array, first: number, normals: Int8Array, ordered: OrderedMesh): void {
  const { sourceOfVertex, vertices } = ordered;
  for (let vertex = 0, to = first; vertex < vertices; vertex++, to += 4) {
    const at = (sourceOfVertex ? sourceOfVertex[vertex]! : vertex) * 4;
    target[to] = normals[at]!;
    target[to + 1] = normals[at + 2]!;
    target[to + 2] = -normals[at + 1]!;
  }
}

function packFloatNormals(
  target: Int8Array,
  first: number,
  normals: Float32Array,
  ordered: OrderedMesh,
): void {
  const { sourceOfVertex, vertices } = ordered;
  for (let vertex = 0, to = first; vertex < vertices; vertex++, to += 4) {
    const at = (sourceOfVertex ? sourceOfVertex[vertex]! : vertex) * 3;
    const [x, y, z] = [normals[at]!, normals[at + 1]!, normals[at + 2]!];
    const length = Math.sqrt(x * x + y * y + z * z);
    const factor = length > 1e-6 ? 127 / length : 0;
    target[to] = Math.round(x * factor);
    target[to + 1] = factor === 0 ? 127 : Math.round(z * factor);
    target[to + 2] = Math.round(-y * factor);
  }
}

/** u16, stride 4. */
export function packFeatureIds(meshes: readonly OrderedMesh[]): AttributeStream {
  const count = countVertices(meshes);
  const ids = new Uint16Array(count * 2);
  let to = 0;
  for (const { mesh, sourceOfVertex, vertices } of meshes) {
    const { featureIds } = mesh;
    for (let vertex = 0; vertex < vertices; vertex++, to += 2)
      ids[to] = featureIds[sourceOfVertex ? sourceOfVertex[vertex]! : vertex]!;
  }
  return { bytes: new Uint8Array(ids.buffer), count };
}

/** Four bytes a vertex of the meshes that have the attribute: TEXCOORD_0 and _ROW (two u16), _FACADE (four u8). */
export function packWords(
  meshes: readonly OrderedMesh[],
  wordsOf: (mesh: TileMesh) => Uint8Array | Uint16Array | undefined,
): AttributeStream {
  const having = meshes.filter(({ mesh }) => wordsOf(mesh));
  const count = countVertices(having);
  const packed = new Uint32Array(count);
  let at = 0;
  for (const { mesh, sourceOfVertex, vertices } of having) {
    const words = wordsOf(mesh)!;
    const source8 = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
    const aligned = source8.byteOffset % 4 === 0 ? source8 : source8.slice();
    const source32 = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 2);
    for (let vertex = 0; vertex < vertices; vertex++)
      packed[at++] = source32[sourceOfVertex ? sourceOfVertex[vertex]! : vertex]!;
  }
  return { bytes: new Uint8Array(packed.buffer), count };
}
