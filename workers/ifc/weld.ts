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

/** Unit normal as three int8 in a word; 0 when there is none. */
function packNormal(x: number, y: number, z: number): number {
  const length = Math.sqrt(x * x + y * y + z * z);
  if (!(length > 1e-9)) return 0;
  const factor = 127 / length;
  return (
    (Math.round(x * factor) & 0xff) |
    ((Math.round(y * factor) & 0xff) << 8) |
    ((Math.round(z * factor) & 0xff) << 16)
  );
}

/** Working memory, kept between calls: most shapes are small, and there are thousands. */
class Welder {
  #vertices: Float32Array = new Float32Array();
  #bits: Int32Array = new Int32Array();
  /** Where each kept vertex begins in the source, and its packed normal. */
  #sources = new Int32Array();
  #normals = new Int32Array();
  /** Kept vertex + 1 by source vertex; 0 for not seen yet. */
  #keptOf = new Int32Array();
  /** Kept vertex + 1 by hash. */
  #table = new Int32Array();
  #mask = 0;
  #kept = 0;
  #lastNormal = 0;

  begin(vertices: Float32Array): void {
    const count = Math.floor(vertices.length / STRIDE);
    this.#vertices = vertices;
    this.#bits = new Int32Array(vertices.buffer, vertices.byteOffset, vertices.length);
    if (this.#normals.length < count) {
      const size = 2 ** Math.ceil(Math.log2(Math.max(1024, count)));
      this.#sources = new Int32Array(size);
      this.#normals = new Int32Array(size);
      this.#keptOf = new Int32Array(size);
      this.#table = new Int32Array(2 * size);
    }
    this.#mask = 15;
    while (this.#mask < count * 2 - 1) this.#mask = this.#mask * 2 + 1;
    this.#keptOf.fill(0, 0, count);
    this.#table.fill(0, 0, this.#mask + 1);
    this.#kept = 0;
    this.#lastNormal = -1;
  }

  /** Number of the source vertex among the kept ones; -1 when it has no place. */
  keep(vertex: number): number {
    const at = vertex * STRIDE;
    const vertices = this.#vertices;
    if (!(at < vertices.length)) return -1;
    const known = this.#keptOf[vertex]!;
    if (known) return known - 1;
    if (!Number.isFinite(vertices[at]! + vertices[at + 1]! + vertices[at + 2]!)) return -1;
    const found = this.#find(at, this.#normalAt(at));
    this.#keptOf[vertex] = found + 1;
    return found;
  }

  /** Neighbours mostly share their normal, bit for bit. */
  #normalAt(at: number): number {
    const bits = this.#bits;
    const last = this.#lastNormal;
    if (
      last >= 0 &&
      bits[at + 3] === bits[last + 3] &&
      bits[at + 4] === bits[last + 4] &&
      bits[at + 5] === bits[last + 5]
    )
      return this.#normals[this.#keptOf[last / STRIDE]! - 1]!;
    const vertices = this.#vertices;
    this.#lastNormal = at;
    return packNormal(vertices[at + 3]!, vertices[at + 4]!, vertices[at + 5]!);
  }

  #find(at: number, normal: number): number {
    const bits = this.#bits;
    const [x, y, z] = [bits[at]!, bits[at + 1]!, bits[at + 2]!];
    const table = this.#table;
    const mask = this.#mask;
    for (let slot = hash(x, y, z, normal) & mask; ; slot = (slot + 1) & mask) {
      const known = table[slot]! - 1;
      if (known < 0) {
        table[slot] = this.#kept + 1;
        this.#sources[this.#kept] = at;
        this.#normals[this.#kept] = normal;
        return this.#kept++;
      }
      const other = this.#sources[known]!;
      if (
        this.#normals[known] === normal &&
        bits[other] === x &&
        bits[other + 1] === y &&
        bits[other + 2] === z
      )
        return known;
    }
  }

  finish(indices: Uint32Array): WeldedGeometry {
    const count = this.#kept;
    const vertices = this.#vertices;
    const positions = new Float32Array(count * 3);
    const normals = this.#normals.slice(0, count);
    let [minX, minY, minZ, maxX, maxY, maxZ] = [
      Infinity,
      Infinity,
      Infinity,
      -Infinity,
      -Infinity,
      -Infinity,
    ];
    for (let vertex = 0, to = 0; vertex < count; vertex++, to += 3) {
      const at = this.#sources[vertex]!;
      const x = vertices[at]!;
      const y = vertices[at + 1]!;
      const z = vertices[at + 2]!;
      positions[to] = x;
      positions[to + 1] = y;
      positions[to + 2] = z;
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
      if (z < minZ) minZ = z;
      if (z > maxZ) maxZ = z;
    }
    const box = Float64Array.of(minX, minY, minZ, maxX, maxY, maxZ);
    this.#vertices = new Float32Array();
    return { positions, normals: new Int8Array(normals.buffer), indices, box };
  }
}

const welder = new Welder();

/**
 * Merges equal vertices and drops triangles that lost a corner or have a coordinate that is not a number. Vertices come
 * in the order in which the triangles use them first, which is what the codecs like.
 */
export function weld(vertices: Float32Array, indices: Uint32Array): WeldedGeometry {
  welder.begin(vertices);
  const mapped = new Uint32Array(indices.length);
  let length = 0;
  for (let i = 0; i + 2 < indices.length; i += 3) {
    const a = welder.keep(indices[i]!);
    const b = welder.keep(indices[i + 1]!);
    const c = welder.keep(indices[i + 2]!);
    if (a < 0 || b < 0 || c < 0 || a === b || b === c || a === c) continue;
    mapped[length] = a;
    mapped[length + 1] = b;
    mapped[length + 2] = c;
    length += 3;
  }
  return welder.finish(length === mapped.length ? mapped : mapped.slice(0, length));
}

/** 53 bits of two hashes over the length and the bits of an array, or about `most` of its numbers evenly spread. */
export function fingerprint(values: Float32Array | Uint32Array, most = Infinity): number {
  const words = new Int32Array(values.buffer, values.byteOffset, values.length);
  const { length } = words;
  // odd, so that all of x, y, z and the normal are met
  const step = Math.floor(length / most) | 1;
  let a = 0x811c9dc5 ^ length;
  let b = 0x9747b28c;
  let i = 0;
  for (; i + step < length; i += 2 * step) {
    a = Math.imul(a ^ words[i]!, 0x01000193);
    a ^= a >>> 13;
    b = Math.imul(b ^ words[i + step]!, 0x5bd1e995);
    b ^= b >>> 15;
  }
  if (i < length) a = Math.imul(a ^ words[i]!, 0x01000193);
  return (a >>> 0) * 0x200000 + ((b >>> 0) & 0x1fffff);
}
