/** Triangles of one geometry in its own frame, file units; vertices with equal position and normal are one. */
export interface WeldedGeometry {
  readonly positions: Float32Array;
  /** Unit normals as int8, four bytes a vertex. */
  readonly normals: Int8Array;
  readonly indices: Uint32Array;
  /** minX, minY, minZ, maxX, maxY, maxZ */
  readonly box: Float64Array;
}

const STRIDE = 6;

function hash(a: number, b: number, c: number, d: number): number {
  let h =
    Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35) ^ Math.imul(d, 0x27d4eb2f);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

function packNormal(vertices: Float32Array, at: number): number {
  const [x, y, z] = [vertices[at + 3]!, vertices[at + 4]!, vertices[at + 5]!];
  const length = Math.sqrt(x * x + y * y + z * z);
  if (!(length > 1e-9)) return 0;
  const byte = (value: number) => Math.round((value / length) * 127) & 0xff;
  return byte(x) | (byte(y) << 8) | (byte(z) << 16);
}

/** Merges equal vertices and drops triangles that lost a corner or have a coordinate that is not a number. */
export function weld(vertices: Float32Array, indices: Uint32Array): WeldedGeometry {
  const count = Math.floor(vertices.length / STRIDE);
  const bits = new Int32Array(vertices.buffer, vertices.byteOffset, vertices.length);
  let size = 16;
  while (size < count * 2) size *= 2;
  const table = new Int32Array(size).fill(-1);
  const keptOf = new Int32Array(count);
  const sources = new Int32Array(count);
  const packedNormals = new Int32Array(count);
  let kept = 0;
  for (let vertex = 0; vertex < count; vertex++) {
    const at = vertex * STRIDE;
    if (!Number.isFinite(vertices[at]! + vertices[at + 1]! + vertices[at + 2]!)) {
      keptOf[vertex] = -1;
      continue;
    }
    const normal = packNormal(vertices, at);
    let slot = hash(bits[at]!, bits[at + 1]!, bits[at + 2]!, normal) & (size - 1);
    for (;;) {
      const known = table[slot]!;
      if (known < 0) {
        table[slot] = kept;
        sources[kept] = at;
        packedNormals[kept] = normal;
        keptOf[vertex] = kept++;
        break;
      }
      const other = sources[known]!;
      if (
        packedNormals[known] === normal &&
        bits[other] === bits[at] &&
        bits[other + 1] === bits[at + 1] &&
        bits[other + 2] === bits[at + 2]
      ) {
        keptOf[vertex] = known;
        break;
      }
      slot = (slot + 1) & (size - 1);
    }
  }
  return gather(vertices, sources.subarray(0, kept), packedNormals, mapTriangles(indices, keptOf));
}

function mapTriangles(indices: Uint32Array, keptOf: Int32Array): Uint32Array {
  const mapped = new Uint32Array(indices.length);
  let length = 0;
  for (let i = 0; i + 2 < indices.length; i += 3) {
    const a = keptOf[indices[i]!] ?? -1;
    const b = keptOf[indices[i + 1]!] ?? -1;
    const c = keptOf[indices[i + 2]!] ?? -1;
    if (a < 0 || b < 0 || c < 0 || a === b || b === c || a === c) continue;
    mapped[length++] = a;
    mapped[length++] = b;
    mapped[length++] = c;
  }
  return mapped.slice(0, length);
}

function gather(
  vertices: Float32Array,
  sources: Int32Array,
  packedNormals: Int32Array,
  indices: Uint32Array,
): WeldedGeometry {
  const positions = new Float32Array(sources.length * 3);
  const normals = new Int8Array(sources.length * 4);
  const box = new Float64Array([Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity]);
  for (let vertex = 0; vertex < sources.length; vertex++) {
    for (let axis = 0; axis < 3; axis++) {
      const value = vertices[sources[vertex]! + axis]!;
      positions[vertex * 3 + axis] = value;
      if (value < box[axis]!) box[axis] = value;
      if (value > box[axis + 3]!) box[axis + 3] = value;
      normals[vertex * 4 + axis] = packedNormals[vertex]! >> (axis * 8);
    }
  }
  return { positions, normals, indices, box };
}

/** Length and two 32-bit hashes of the bits of an array. */
export function fingerprint(values: Float32Array | Uint32Array): string {
  const words = new Int32Array(values.buffer, values.byteOffset, values.length);
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (const word of words) {
    a = Math.imul(a ^ word, 0x01000193);
    b = Math.imul(b + word, 0x5bd1e995);
    b ^= b >>> 15;
  }
  return `${words.length}:${a >>> 0}:${b >>> 0}`;
}
