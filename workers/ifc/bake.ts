import { type Mat4, mul, translation } from "../../src/geo/matrix.ts";
import type { InstancedMesh, TileMesh } from "../tiles/contract.ts";
import { type Box, emptyBox, unionBoxes } from "../tiles/tileset.ts";
import type { Arena } from "./arena.ts";
import type { ElementMesh, Part } from "./element-mesh.ts";
import { instanceParts, type ShapeIndex } from "./instances.ts";
import { materialOf } from "./material-of.ts";
import { mulInto } from "./mul-into.ts";

/** A part with the feature that it belongs to in its tile. */
interface Placed {
  readonly part: Part;
  readonly feature: number;
}

interface WritableBox {
  min: [number, number, number];
  max: [number, number, number];
}

export interface BakedTile {
  /** Positions relative to `origin`, model frame. */
  readonly meshes: readonly TileMesh[];
  readonly origin: readonly [number, number, number];
  /** Shapes that stand in many places. */
  readonly instances: readonly InstancedMesh[];
  /** Of all positions of `meshes`. */
  readonly bounds: Box;
  /** Model-frame box of each element, in the order given. */
  readonly boxes: readonly Box[];
}

/** Centre of the elements' engineering boxes, in the model frame, on whole metres. */
function originOf(boxes: readonly Box[], modelFromEngineering: Mat4): [number, number, number] {
  const sum = [0, 0, 0];
  for (const { min, max } of boxes)
    for (let axis = 0; axis < 3; axis++) sum[axis]! += (min[axis]! + max[axis]!) / 2;
  const [x, y, z] = sum.map((value) => value / (boxes.length || 1)) as [number, number, number];
  const m = modelFromEngineering;
  const at = (i: number) => Math.round(m[i]! * x + m[4 + i]! * y + m[8 + i]! * z + m[12 + i]!);
  return [at(0), at(1), at(2)];
}

/** Cofactors turn normals rightly under any scaling; times the sign of the determinant, column-major, into `n`. */
function normalMatrixInto(n: Float64Array, m: Mat4): void {
  const [a, b, c] = [m[0]!, m[1]!, m[2]!];
  const [d, e, f] = [m[4]!, m[5]!, m[6]!];
  const [g, h, i] = [m[8]!, m[9]!, m[10]!];
  const [ei, fg, dh] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const sign = a * ei + b * fg + c * dh < 0 ? -1 : 1;
  n[0] = sign * ei;
  n[1] = sign * fg;
  n[2] = sign * dh;
  n[3] = sign * (c * h - b * i);
  n[4] = sign * (a * i - c * g);
  n[5] = sign * (b * g - a * h);
  n[6] = sign * (b * f - c * e);
  n[7] = sign * (c * d - a * f);
  n[8] = sign * (a * e - b * d);
}

/** Unit normal as int8 in a word, up when it has no direction. */
function packedNormal(x: number, y: number, z: number): number {
  const length = Math.sqrt(x * x + y * y + z * z);
  if (!(length > 1e-12)) return 127 << 16;
  const factor = 127 / length;
  return (
    (Math.round(x * factor) & 0xff) |
    ((Math.round(y * factor) & 0xff) << 8) |
    ((Math.round(z * factor) & 0xff) << 16)
  );
}

class MeshWriter {
  readonly positions: Float32Array;
  readonly normals: Int8Array;
  readonly indices: Uint32Array;
  readonly featureIds: Uint16Array;
  readonly #normalWords: Int32Array;
  readonly #tileFromGeometry = new Float64Array(16);
  readonly #normalFromGeometry = new Float64Array(9);
  #vertex = 0;
  #index = 0;

  constructor(placed: readonly Placed[], arena: Arena) {
    let [vertices, indices] = [0, 0];
    for (const { part } of placed) {
      vertices += part.geometry.positions.length / 3;
      indices += part.geometry.indices.length;
    }
    this.positions = arena.floats(vertices * 3);
    this.#normalWords = arena.words(vertices);
    this.normals = new Int8Array(this.#normalWords.buffer, this.#normalWords.byteOffset, vertices * 4);
    this.featureIds = arena.shorts(vertices);
    this.indices = arena.indices(indices);
  }

  add({ part, feature }: Placed, tileFromEngineering: Mat4, box: WritableBox): void {
    const { geometry } = part;
    mulInto(this.#tileFromGeometry, tileFromEngineering, part.engineeringFromGeometry);
    normalMatrixInto(this.#normalFromGeometry, this.#tileFromGeometry);
    const count = geometry.positions.length / 3;
    this.#addPositions(geometry.positions, this.#tileFromGeometry, box);
    this.#addNormals(geometry.normals, this.#normalFromGeometry);
    this.featureIds.fill(feature, this.#vertex, this.#vertex + count);
    const { indices } = geometry;
    const first = this.#vertex;
    // web-ifc has turned the triangles of mirrored placements already, but not their normals
    for (let i = 0, to = this.#index; i < indices.length; i++) this.indices[to++] = first + indices[i]!;
    this.#index += indices.length;
    this.#vertex += count;
  }

  #addPositions(source: Float32Array, m: Mat4, box: WritableBox): void {
    const target = this.positions;
    const [m0, m1, m2] = [m[0]!, m[1]!, m[2]!];
    const [m4, m5, m6] = [m[4]!, m[5]!, m[6]!];
    const [m8, m9, m10] = [m[8]!, m[9]!, m[10]!];
    const [m12, m13, m14] = [m[12]!, m[13]!, m[14]!];
    let [minX, minY, minZ] = box.min;
    let [maxX, maxY, maxZ] = box.max;
    for (let at = 0, to = this.#vertex * 3; at < source.length; at += 3, to += 3) {
      const x = source[at]!;
      const y = source[at + 1]!;
      const z = source[at + 2]!;
      const u = m0 * x + m4 * y + m8 * z + m12;
      const v = m1 * x + m5 * y + m9 * z + m13;
      const w = m2 * x + m6 * y + m10 * z + m14;
      target[to] = u;
      target[to + 1] = v;
      target[to + 2] = w;
      if (u < minX) minX = u;
      if (u > maxX) maxX = u;
      if (v < minY) minY = v;
      if (v > maxY) maxY = v;
      if (w < minZ) minZ = w;
      if (w > maxZ) maxZ = w;
    }
    box.min = [minX, minY, minZ];
    box.max = [maxX, maxY, maxZ];
  }

  /** Neighbours mostly share their normal. */
  #addNormals(source: Int8Array, n: Float64Array): void {
    const words = new Int32Array(source.buffer, source.byteOffset, source.length / 4);
    const target = this.#normalWords;
    let [last, packed] = [0, packedNormal(0, 0, 0)];
    for (let i = 0, to = this.#vertex; i < words.length; i++, to++) {
      const word = words[i]!;
      if (word !== last) {
        last = word;
        const x = (word << 24) >> 24;
        const y = (word << 16) >> 24;
        const z = (word << 8) >> 24;
        packed = packedNormal(
          n[0]! * x + n[3]! * y + n[6]! * z,
          n[1]! * x + n[4]! * y + n[7]! * z,
          n[2]! * x + n[5]! * y + n[8]! * z,
        );
      }
      target[to] = packed;
    }
  }
}

/** Opaque colours first, then by value: the same tile always has the same order. */
function byColor(elements: readonly ElementMesh[], instanced: ReadonlySet<Part>): [number, Placed[]][] {
  const groups = new Map<number, Placed[]>();
  for (const [feature, { parts }] of elements.entries())
    for (const part of parts) {
      if (instanced.has(part)) continue;
      const known = groups.get(part.color);
      if (known) known.push({ part, feature });
      else groups.set(part.color, [{ part, feature }]);
    }
  const isGlass = (color: number) => Number((color & 255) < 255);
  return [...groups].sort(([a], [b]) => isGlass(a) - isGlass(b) || a - b);
}

/**
 * Brings elements into one tile, a mesh a colour, and one for each shape that many of them share; feature id = position
 * in `elements`. Placements are multiplied in doubles and rounded once, relative to the tile's own origin. The meshes are
 * in `arena`: they hold until its next use.
 */
export function bakeTile(
  elements: readonly ElementMesh[],
  engineeringBoxes: readonly Box[],
  modelFromEngineering: Mat4,
  arena: Arena,
  shapes: ShapeIndex,
): BakedTile {
  arena.reset();
  const origin = originOf(engineeringBoxes, modelFromEngineering);
  const tileFromEngineering = mul(translation(-origin[0], -origin[1], -origin[2]), modelFromEngineering);
  const baked = elements.map(emptyBox);
  const instancedBoxes = elements.map(emptyBox);
  const instanced = instanceParts(elements, tileFromEngineering, shapes, instancedBoxes);
  const meshes = byColor(elements, instanced.parts).map(([color, placed]): TileMesh => {
    const writer = new MeshWriter(placed, arena);
    for (const one of placed) writer.add(one, tileFromEngineering, baked[one.feature]!);
    const { positions, normals, indices, featureIds } = writer;
    return { positions, normals, indices, featureIds, isOrdered: true, material: materialOf(color) };
  });
  const boxes = baked.map((box, feature) => moved(unionBoxes([box, instancedBoxes[feature]!]), origin));
  return { meshes, instances: instanced.groups, origin, bounds: unionBoxes(baked), boxes };
}

function moved({ min, max }: Box, by: readonly [number, number, number]): Box {
  return {
    min: [min[0] + by[0], min[1] + by[1], min[2] + by[2]],
    max: [max[0] + by[0], max[1] + by[1], max[2] + by[2]],
  };
}

/** Box around an element in the engineering frame, from its geometries' boxes: never too small. */
export function engineeringBoxOf({ parts }: ElementMesh): Box {
  const box = emptyBox();
  for (const { geometry, engineeringFromGeometry: m } of parts) {
    const b = geometry.box;
    const [x, y, z] = [(b[0]! + b[3]!) / 2, (b[1]! + b[4]!) / 2, (b[2]! + b[5]!) / 2];
    const [dx, dy, dz] = [(b[3]! - b[0]!) / 2, (b[4]! - b[1]!) / 2, (b[5]! - b[2]!) / 2];
    for (let axis = 0; axis < 3; axis++) {
      const [mx, my, mz] = [m[axis]!, m[4 + axis]!, m[8 + axis]!];
      const centre = mx * x + my * y + mz * z + m[12 + axis]!;
      const half = Math.abs(mx) * dx + Math.abs(my) * dy + Math.abs(mz) * dz;
      if (centre - half < box.min[axis]!) box.min[axis] = centre - half;
      if (centre + half > box.max[axis]!) box.max[axis] = centre + half;
    }
  }
  return box;
}
