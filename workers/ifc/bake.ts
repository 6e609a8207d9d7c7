import { type Mat4, mul, translation } from "../../src/geo/matrix.ts";
import type { TileMaterial, TileMesh } from "../tiles/contract.ts";
import { type Box, emptyBox } from "../tiles/tileset.ts";
import type { ElementMesh, Part } from "./meshes.ts";

/** A part with the feature that it belongs to in its tile. */
interface Placed {
  readonly part: Part;
  readonly feature: number;
}

export interface BakedTile {
  /** Positions relative to `origin`, model frame. */
  readonly meshes: readonly TileMesh[];
  readonly origin: readonly [number, number, number];
  /** Model-frame box of each element, in the order given. */
  readonly boxes: readonly Box[];
}

function linear(byte: number): number {
  const value = byte / 255;
  const out = value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  return Math.round(out * 1e5) / 1e5;
}

function materialOf(color: number): TileMaterial {
  const [r, g, b, a] = [color >>> 24, (color >>> 16) & 255, (color >>> 8) & 255, color & 255];
  const isGlass = a < 255;
  return {
    name: `#${color.toString(16).padStart(8, "0")}`,
    color: [linear(r), linear(g), linear(b), Math.round((a / 255) * 1e4) / 1e4],
    // authored shells are often open or turned inside out
    doubleSided: true,
    metallic: 0,
    roughness: isGlass ? 0.15 : 0.85,
  };
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

/** Cofactors turn normals rightly under any scaling; `sign` is that of the determinant. */
function normalMatrix(m: Mat4): { readonly n: readonly number[]; readonly sign: number } {
  const a = (row: number, col: number) => m[col * 4 + row]!;
  const cofactor = (row: number, col: number) => {
    const [r0, r1, c0, c1] = [(row + 1) % 3, (row + 2) % 3, (col + 1) % 3, (col + 2) % 3];
    return a(r0, c0) * a(r1, c1) - a(r0, c1) * a(r1, c0);
  };
  const n = Array.from({ length: 9 }, (_, i) => cofactor(i % 3, Math.floor(i / 3)));
  const determinant = a(0, 0) * n[0]! + a(0, 1) * n[3]! + a(0, 2) * n[6]!;
  return { n, sign: determinant < 0 ? -1 : 1 };
}

class MeshWriter {
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  readonly indices: Uint32Array;
  readonly featureIds: Uint16Array;
  #vertex = 0;
  #index = 0;

  constructor(placed: readonly Placed[]) {
    const vertices = placed.reduce((sum, { part }) => sum + part.geometry.positions.length / 3, 0);
    this.positions = new Float32Array(vertices * 3);
    this.normals = new Float32Array(vertices * 3);
    this.featureIds = new Uint16Array(vertices);
    this.indices = new Uint32Array(placed.reduce((sum, { part }) => sum + part.geometry.indices.length, 0));
  }

  add({ part, feature }: Placed, tileFromGeometry: Mat4, box: { min: number[]; max: number[] }): void {
    const { positions, normals, indices } = part.geometry;
    const m = tileFromGeometry;
    const { n, sign } = normalMatrix(m);
    const first = this.#vertex;
    for (let at = 0, normalAt = 0; at < positions.length; at += 3, normalAt += 4) {
      const [x, y, z] = [positions[at]!, positions[at + 1]!, positions[at + 2]!];
      const [u, v, w] = [
        normals[normalAt]! * sign,
        normals[normalAt + 1]! * sign,
        normals[normalAt + 2]! * sign,
      ];
      const out = this.#vertex * 3;
      for (let axis = 0; axis < 3; axis++) {
        const value = m[axis]! * x + m[4 + axis]! * y + m[8 + axis]! * z + m[12 + axis]!;
        this.positions[out + axis] = value;
        this.normals[out + axis] = n[axis]! * u + n[3 + axis]! * v + n[6 + axis]! * w;
        if (value < box.min[axis]!) box.min[axis] = value;
        if (value > box.max[axis]!) box.max[axis] = value;
      }
      this.featureIds[this.#vertex++] = feature;
    }
    // web-ifc has turned the triangles of mirrored placements already, but not their normals
    for (const index of indices) this.indices[this.#index++] = first + index;
  }
}

/** Opaque colours first, then by value: the same tile always has the same order. */
function byColor(elements: readonly ElementMesh[]): [number, Placed[]][] {
  const groups = new Map<number, Placed[]>();
  for (const [feature, { parts }] of elements.entries())
    for (const part of parts) {
      const known = groups.get(part.color);
      if (known) known.push({ part, feature });
      else groups.set(part.color, [{ part, feature }]);
    }
  const isGlass = (color: number) => Number((color & 255) < 255);
  return [...groups].sort(([a], [b]) => isGlass(a) - isGlass(b) || a - b);
}

/**
 * Brings elements into one tile, a mesh a colour; feature id = position in `elements`. Placements are multiplied in
 * doubles and rounded once, relative to the tile's own origin.
 */
export function bakeTile(
  elements: readonly ElementMesh[],
  engineeringBoxes: readonly Box[],
  modelFromEngineering: Mat4,
): BakedTile {
  const origin = originOf(engineeringBoxes, modelFromEngineering);
  const tileFromEngineering = mul(translation(-origin[0], -origin[1], -origin[2]), modelFromEngineering);
  const boxes = elements.map(emptyBox);
  const meshes = byColor(elements).map(([color, placed]): TileMesh => {
    const writer = new MeshWriter(placed);
    for (const one of placed)
      writer.add(one, mul(tileFromEngineering, one.part.engineeringFromGeometry), boxes[one.feature]!);
    const { positions, normals, indices, featureIds } = writer;
    return { positions, normals, indices, featureIds, material: materialOf(color) };
  });
  for (const box of boxes)
    for (let axis = 0; axis < 3; axis++) {
      box.min[axis]! += origin[axis]!;
      box.max[axis]! += origin[axis]!;
    }
  return { meshes, origin, boxes };
}

/** Box around an element in the engineering frame, from the corners of its geometries' boxes: never too small. */
export function engineeringBoxOf({ parts }: ElementMesh): Box {
  const box = emptyBox();
  for (const { geometry, engineeringFromGeometry: m } of parts)
    for (let corner = 0; corner < 8; corner++) {
      const [x, y, z] = [0, 1, 2].map((axis) => geometry.box[axis + ((corner >> axis) & 1) * 3]!) as [
        number,
        number,
        number,
      ];
      for (let axis = 0; axis < 3; axis++) {
        const value = m[axis]! * x + m[4 + axis]! * y + m[8 + axis]! * z + m[12 + axis]!;
        if (value < box.min[axis]!) box.min[axis] = value;
        if (value > box.max[axis]!) box.max[axis] = value;
      }
    }
  return box;
}
