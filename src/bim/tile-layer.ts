/** Reads coordinate `k` of item `i`, denormalised: what three's attributes offer. */
export interface VertexReader {
  readonly count: number;
  getX(i: number): number;
  getY(i: number): number;
  getZ(i: number): number;
}

export interface ScalarReader {
  readonly count: number;
  getX(i: number): number;
}

/** Places of an instanced primitive. */
export interface PrimitiveCopies {
  readonly count: number;
  /** Column-major, 16 numbers a copy: from the primitive's frame to its mesh's. */
  readonly meshFromPrimitive: ArrayLike<number>;
}

/** One glTF primitive of a tile. */
export interface SourcePrimitive {
  readonly position: VertexReader;
  /** Absent in hand-made tiles: flat normals are computed. */
  readonly normal: VertexReader | null;
  /** Of each vertex, or of each copy where there are copies. */
  readonly featureId: ScalarReader;
  /** Where else the same shape stands; null for one that stands where it is written. */
  readonly copies: PrimitiveCopies | null;
  /** Null for triangle soup. */
  readonly index: ScalarReader | null;
  /** Linear red, green, blue, and opacity, 0-1. */
  readonly color: readonly [number, number, number, number];
  /** Column-major, 16 numbers. */
  readonly sceneFromMesh: ArrayLike<number>;
}

/** The opaque or the transparent half of a tile as one mesh in the scene frame, triangles grouped by feature. */
export interface TileLayer {
  /** xyz a vertex, scene frame, metres. */
  readonly positions: Float32Array;
  /** xyz a vertex, normalised bytes with a padding byte. */
  readonly normals: Int8Array;
  /** rgba a vertex, normalised, linear. */
  readonly colors: Uint16Array;
  readonly index: Uint32Array;
  /** featureCount + 1 numbers: feature f owns index[first[f]] to index[first[f + 1] - 1]. */
  readonly first: Uint32Array;
  /** Six numbers a feature, scene frame: minimum, maximum; reversed infinities for a feature that is not here. */
  readonly boxes: Float32Array;
}

interface Merged {
  readonly positions: Float32Array;
  readonly normals: Int8Array;
  readonly colors: Uint16Array;
  readonly features: Uint16Array;
  readonly corners: Uint32Array;
}

/** Null when the primitives hold no triangle. Feature ids beyond `featureCount` belong to nobody and are left out. */
export function buildTileLayer(
  primitives: readonly SourcePrimitive[],
  featureCount: number,
): TileLayer | null {
  const merged = merge(primitives);
  const { index, first } = groupByFeature(merged.corners, merged.features, featureCount);
  if (index.length === 0) return null;
  const { positions, normals, colors } = merged;
  return { positions, normals, colors, index, first, boxes: boxesOf(positions, index, first) };
}

function copiesOf({ copies }: SourcePrimitive): number {
  return copies?.count ?? 1;
}

/** Copies are written out: each is an element of its own to hide, move, pick and draw the edges of. */
function merge(primitives: readonly SourcePrimitive[]): Merged {
  const vertices = sum(primitives.map((one) => one.position.count * copiesOf(one)));
  const corners = sum(primitives.map((one) => (one.index?.count ?? one.position.count) * copiesOf(one)));
  const merged: Merged = {
    positions: new Float32Array(vertices * 3),
    normals: new Int8Array(vertices * 4),
    colors: new Uint16Array(vertices * 4),
    features: new Uint16Array(vertices),
    corners: new Uint32Array(corners),
  };
  let vertex = 0;
  let corner = 0;
  for (const primitive of primitives) {
    const own = primitive.copies ? readShape(primitive) : primitive;
    const count = own.index?.count ?? own.position.count;
    for (let copy = 0; copy < copiesOf(primitive); copy++) {
      copyVertices(own, matrixOf(primitive, copy), merged, vertex);
      if (primitive.copies)
        merged.features.fill(primitive.featureId.getX(copy), vertex, vertex + own.position.count);
      for (let i = 0; i < count; i++) merged.corners[corner + i] = vertex + (own.index?.getX(i) ?? i);
      if (!own.normal) addFlatNormals(merged, corner, count);
      vertex += own.position.count;
      corner += count;
    }
  }
  return merged;
}

/** Numbers of an attribute read once: the readers' denormalising costs more than a copy's matrix. */
function readVectors(reader: VertexReader): VertexReader {
  const values = new Float32Array(reader.count * 3);
  for (let i = 0; i < reader.count; i++) {
    values[i * 3] = reader.getX(i);
    values[i * 3 + 1] = reader.getY(i);
    values[i * 3 + 2] = reader.getZ(i);
  }
  return {
    count: reader.count,
    getX: (i) => values[i * 3]!,
    getY: (i) => values[i * 3 + 1]!,
    getZ: (i) => values[i * 3 + 2]!,
  };
}

/** The shape of a primitive with many copies, without the ids that belong to the copies. */
function readShape(primitive: SourcePrimitive): SourcePrimitive {
  const { position, normal } = primitive;
  return {
    ...primitive,
    position: readVectors(position),
    normal: normal && readVectors(normal),
    featureId: { count: position.count, getX: () => 0 },
  };
}

/** sceneFromPrimitive of a copy, column-major. */
function matrixOf({ sceneFromMesh: a, copies }: SourcePrimitive, copy: number): ArrayLike<number> {
  if (!copies) return a;
  const { meshFromPrimitive: b } = copies;
  const out = new Float64Array(16);
  for (let column = 0; column < 4; column++)
    for (let row = 0; row < 4; row++) {
      let value = 0;
      for (let k = 0; k < 4; k++) value += a[k * 4 + row]! * b[copy * 16 + column * 4 + k]!;
      out[column * 4 + row] = value;
    }
  return out;
}

/** The loop that a tile's loading time is made of: no calls or allocations in it but the readers'. */
function copyVertices(
  primitive: SourcePrimitive,
  sceneFromPrimitive: ArrayLike<number>,
  merged: Merged,
  start: number,
): void {
  const { position, normal, featureId, color } = primitive;
  const [m0, m1, m2, , m4, m5, m6, , m8, m9, m10, , m12, m13, m14] = Array.from(
    sceneFromPrimitive,
  ) as Sixteen;
  const [r, g, b, a] = color.map((part) => Math.round(Math.min(1, Math.max(0, part)) * 65535)) as Rgba;
  const { positions, normals, colors, features } = merged;
  for (let i = 0, to = start; i < position.count; i++, to++) {
    const x = position.getX(i);
    const y = position.getY(i);
    const z = position.getZ(i);
    positions[to * 3] = m0 * x + m4 * y + m8 * z + m12;
    positions[to * 3 + 1] = m1 * x + m5 * y + m9 * z + m13;
    positions[to * 3 + 2] = m2 * x + m6 * y + m10 * z + m14;
    colors[to * 4] = r;
    colors[to * 4 + 1] = g;
    colors[to * 4 + 2] = b;
    colors[to * 4 + 3] = a;
    features[to] = featureId.getX(i);
    if (!normal) continue;
    // rotation and uniform scale only, so the matrix itself turns normals
    const u = normal.getX(i);
    const v = normal.getY(i);
    const w = normal.getZ(i);
    writeNormal(normals, to, m0 * u + m4 * v + m8 * w, m1 * u + m5 * v + m9 * w, m2 * u + m6 * v + m10 * w);
  }
}

type Rgba = [number, number, number, number];
type Four = [number, number, number, number];
type Sixteen = [...Four, ...Four, ...Four, ...Four];

function writeNormal(normals: Int8Array, vertex: number, x: number, y: number, z: number): void {
  const scale = 127 / (Math.sqrt(x * x + y * y + z * z) || 1);
  normals[vertex * 4] = Math.round(x * scale);
  normals[vertex * 4 + 1] = Math.round(y * scale);
  normals[vertex * 4 + 2] = Math.round(z * scale);
}

function addFlatNormals({ positions, normals, corners }: Merged, start: number, count: number): void {
  for (let i = start; i + 2 < start + count; i += 3) {
    const [a, b, c] = [corners[i] as number, corners[i + 1] as number, corners[i + 2] as number];
    const normal = triangleNormal(positions, a, b, c);
    for (const vertex of [a, b, c]) writeNormal(normals, vertex, ...normal);
  }
}

/** Not normalised: twice the triangle's area long. */
export function triangleNormal(
  positions: ArrayLike<number>,
  a: number,
  b: number,
  c: number,
): [number, number, number] {
  const p = (vertex: number, axis: number) => positions[vertex * 3 + axis] ?? 0;
  const [ux, uy, uz] = [p(b, 0) - p(a, 0), p(b, 1) - p(a, 1), p(b, 2) - p(a, 2)];
  const [vx, vy, vz] = [p(c, 0) - p(a, 0), p(c, 1) - p(a, 1), p(c, 2) - p(a, 2)];
  return [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
}

/** A counting sort of triangles by the feature of their first corner. */
function groupByFeature(
  corners: Uint32Array,
  features: Uint16Array,
  featureCount: number,
): { index: Uint32Array; first: Uint32Array } {
  const first = new Uint32Array(featureCount + 1);
  const featureOf = (corner: number) => features[corners[corner] as number] as number;
  for (let i = 0; i < corners.length; i += 3) {
    const feature = featureOf(i);
    if (feature < featureCount) first[feature + 1] = (first[feature + 1] as number) + 3;
  }
  for (let f = 0; f < featureCount; f++) first[f + 1] = (first[f + 1] as number) + (first[f] as number);
  const next = first.slice();
  const index = new Uint32Array(first[featureCount] as number);
  for (let i = 0; i < corners.length; i += 3) {
    const feature = featureOf(i);
    if (feature >= featureCount) continue;
    const to = next[feature] as number;
    index.set(corners.subarray(i, i + 3), to);
    next[feature] = to + 3;
  }
  return { index, first };
}

function boxesOf(positions: Float32Array, index: Uint32Array, first: Uint32Array): Float32Array {
  const featureCount = first.length - 1;
  const boxes = new Float32Array(featureCount * 6);
  for (let f = 0; f < featureCount; f++) {
    const box = f * 6;
    boxes.fill(Number.POSITIVE_INFINITY, box, box + 3);
    boxes.fill(Number.NEGATIVE_INFINITY, box + 3, box + 6);
    for (let i = first[f] as number; i < (first[f + 1] as number); i++)
      for (let axis = 0; axis < 3; axis++) {
        const value = positions[(index[i] as number) * 3 + axis] as number;
        if (value < (boxes[box + axis] as number)) boxes[box + axis] = value;
        if (value > (boxes[box + 3 + axis] as number)) boxes[box + 3 + axis] = value;
      }
  }
  return boxes;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
