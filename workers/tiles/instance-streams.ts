import type { InstancedMesh } from "./contract.ts";

/** Least half of the grid that shapes are set on, m: steps of a quarter of a millimetre. */
const MIN_HALF = 8;
const MAX_INT16 = 32767;
const MAX_MANTISSA = 2 ** 23 - 1;
/** Translations come in steps of an eighth of a millimetre, or of what 24 bits leave of a long way. */
const PLACE_EXPONENT = -13;
const TURN_EXPONENT = -22;
const TURN_UNIT = 2 ** TURN_EXPONENT;

/** Streams of all shapes of a tile, one behind the other, and of all their places. Y up. */
export interface InstanceStreams {
  /** int16 normalised, stride 8, around each shape's middle, in units of its half. */
  readonly positions: Uint8Array;
  /** int8 normalised, stride 4. */
  readonly normals: Uint8Array;
  /** Mantissas of floats (the exponential filter's format): three, four and one a place. */
  readonly translations: Uint8Array;
  readonly rotations: Uint8Array;
  readonly featureIds: Uint8Array;
  readonly vertices: number;
  readonly places: number;
  readonly shapes: readonly InstancedShape[];
}

interface InstancedShape {
  /** Metres that 1 stands for: a power of two. Translations are in it too. */
  readonly half: number;
  /** Least and greatest stored values. */
  readonly min: readonly number[];
  readonly max: readonly number[];
}

interface Middle {
  readonly centre: readonly [number, number, number];
  readonly half: number;
}

function middleOf({ box, scale }: InstancedMesh): Middle {
  const at = (axis: number) => (box[axis]! + box[axis + 3]!) / 2;
  const half = (Math.max(box[3]! - box[0]!, box[4]! - box[1]!, box[5]! - box[2]!) / 2) * scale;
  return { centre: [at(0), at(1), at(2)], half: Math.max(MIN_HALF, 2 ** Math.ceil(Math.log2(half))) };
}

/** Sets the float nearest to `value` that is a multiple of `unit` = 2 ** exponent, in the exponential filter's format. */
function setFloat(target: Int32Array, at: number, value: number, unit: number, exponent: number): void {
  target[at] = (Math.round(value / unit) & 0xffffff) | (exponent << 24);
}

/** Unit quaternion x, y, z, w of the turn in a column-major matrix with even scale, w not negative. */
function turnOf(m: ArrayLike<number>, at: number, scale: number): readonly number[] {
  const [xx, yx, zx] = [m[at]! / scale, m[at + 1]! / scale, m[at + 2]! / scale];
  const [xy, yy, zy] = [m[at + 4]! / scale, m[at + 5]! / scale, m[at + 6]! / scale];
  const [xz, yz, zz] = [m[at + 8]! / scale, m[at + 9]! / scale, m[at + 10]! / scale];
  const trace = xx + yy + zz;
  const raw =
    trace > 0
      ? [zy - yz, xz - zx, yx - xy, trace + 1]
      : xx > yy && xx > zz
        ? [1 + xx - yy - zz, xy + yx, xz + zx, zy - yz]
        : yy > zz
          ? [xy + yx, 1 + yy - xx - zz, yz + zy, xz - zx]
          : [xz + zx, yz + zy, 1 + zz - xx - yy, yx - xy];
  const [x, y, z, w] = raw as [number, number, number, number];
  const length = Math.sqrt(x * x + y * y + z * z + w * w) * (w < 0 ? -1 : 1);
  return [x / length, y / length, z / length, w / length];
}

class StreamWriter {
  readonly positions: Int16Array;
  readonly normals: Int8Array;
  readonly translations: Int32Array;
  readonly rotations: Int32Array;
  readonly featureIds: Int32Array;
  vertex = 0;
  place = 0;

  constructor(meshes: readonly InstancedMesh[]) {
    const vertices = meshes.reduce((sum, mesh) => sum + mesh.positions.length / 3, 0);
    const places = meshes.reduce((sum, mesh) => sum + mesh.featureIds.length, 0);
    this.positions = new Int16Array(vertices * 4);
    this.normals = new Int8Array(vertices * 4);
    this.translations = new Int32Array(places * 3);
    this.rotations = new Int32Array(places * 4);
    this.featureIds = new Int32Array(places);
  }

  add(mesh: InstancedMesh): InstancedShape {
    const middle = middleOf(mesh);
    const range = this.#addVertices(mesh, middle);
    this.#addPlaces(mesh, middle);
    return { half: middle.half, ...range };
  }

  #addVertices({ positions, normals, scale }: InstancedMesh, { centre, half }: Middle) {
    const factor = (scale / half) * MAX_INT16;
    const [cx, cy, cz] = centre;
    let [minX, minY, minZ, maxX, maxY, maxZ] = [
      MAX_INT16,
      MAX_INT16,
      MAX_INT16,
      -MAX_INT16,
      -MAX_INT16,
      -MAX_INT16,
    ];
    const count = positions.length / 3;
    for (let i = 0; i < count; i++) {
      const to = (this.vertex + i) * 4;
      const x = Math.round((positions[i * 3]! - cx) * factor) | 0;
      const y = Math.round((positions[i * 3 + 2]! - cz) * factor) | 0;
      const z = Math.round((cy - positions[i * 3 + 1]!) * factor) | 0;
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
      if (z < minZ) minZ = z;
      if (z > maxZ) maxZ = z;
      this.positions[to] = x;
      this.positions[to + 1] = y;
      this.positions[to + 2] = z;
      this.normals[to] = normals[i * 4]!;
      this.normals[to + 1] = normals[i * 4 + 2]!;
      this.normals[to + 2] = -normals[i * 4 + 1]!;
    }
    this.vertex += count;
    return { min: [minX, minY, minZ], max: [maxX, maxY, maxZ] };
  }

  #addPlaces({ places, featureIds, scale }: InstancedMesh, { centre, half }: Middle): void {
    const count = featureIds.length;
    const middles = new Float64Array(count * 3);
    let farthest = 1;
    for (let i = 0; i < count; i++)
      for (let axis = 0; axis < 3; axis++) {
        const at = i * 16 + axis;
        const value =
          places[at]! * centre[0] +
          places[at + 4]! * centre[1] +
          places[at + 8]! * centre[2] +
          places[at + 12]!;
        middles[i * 3 + axis] = value;
        farthest = Math.max(farthest, Math.abs(value));
      }
    const finest = PLACE_EXPONENT - Math.log2(half);
    const exponent = Math.max(finest, Math.ceil(Math.log2(farthest / half / MAX_MANTISSA)));
    const { translations, rotations } = this;
    const unit = 2 ** exponent * half;
    for (let i = 0; i < count; i++) {
      const move = (this.place + i) * 3;
      setFloat(translations, move, middles[i * 3]!, unit, exponent);
      setFloat(translations, move + 1, middles[i * 3 + 2]!, unit, exponent);
      setFloat(translations, move + 2, -middles[i * 3 + 1]!, unit, exponent);
      const [x, y, z, w] = turnOf(places, i * 16, scale) as [number, number, number, number];
      const turn = (this.place + i) * 4;
      setFloat(rotations, turn, x, TURN_UNIT, TURN_EXPONENT);
      setFloat(rotations, turn + 1, z, TURN_UNIT, TURN_EXPONENT);
      setFloat(rotations, turn + 2, -y, TURN_UNIT, TURN_EXPONENT);
      setFloat(rotations, turn + 3, w, TURN_UNIT, TURN_EXPONENT);
      setFloat(this.featureIds, this.place + i, featureIds[i]!, 1, 0);
    }
    this.place += count;
  }
}

/** Shapes right to 1 mm up to 64 m from their middle, places to 0.1 mm within a kilometre, turns to a microradian. */
export function packInstances(meshes: readonly InstancedMesh[]): InstanceStreams {
  const writer = new StreamWriter(meshes);
  const shapes = meshes.map((mesh) => writer.add(mesh));
  const bytesOf = ({ buffer }: { readonly buffer: ArrayBufferLike }) => new Uint8Array(buffer);
  return {
    positions: bytesOf(writer.positions),
    normals: bytesOf(writer.normals),
    translations: bytesOf(writer.translations),
    rotations: bytesOf(writer.rotations),
    featureIds: bytesOf(writer.featureIds),
    vertices: writer.vertex,
    places: writer.place,
    shapes,
  };
}
