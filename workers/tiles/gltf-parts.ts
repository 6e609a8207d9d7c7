import type { TileMaterial } from "./contract.ts";
import type { GlbBuffer } from "./glb-buffer.ts";

export type Json = Record<string, unknown>;

function createMaterial(material: TileMaterial): Json {
  return {
    name: material.name,
    pbrMetallicRoughness: {
      baseColorFactor: material.color,
      metallicFactor: material.metallic,
      roughnessFactor: material.roughness,
    },
    ...(material.color[3] < 1 ? { alphaMode: "BLEND" } : {}),
    ...(material.doubleSided ? { doubleSided: true } : {}),
  };
}

/** Accessors and materials of a glTF document while it is written; equal materials are one. */
export class GltfParts {
  readonly accessors: Json[] = [];
  readonly materials: Json[] = [];
  readonly #materialOfText = new Map<string, number>();

  constructor(readonly buffer: GlbBuffer) {}

  /** Adds an accessor; its index. */
  accessor(json: Json): number {
    return this.accessors.push(json) - 1;
  }

  /** A stretch of a shared stream, from item `first` on. */
  stretch(bufferView: number, first: number, stride: number, json: Json): number {
    return this.accessor({ bufferView, byteOffset: first * stride, ...json });
  }

  /** Index of the material. */
  material(material: TileMaterial): number {
    const json = createMaterial(material);
    const text = JSON.stringify(json);
    const known = this.#materialOfText.get(text);
    if (known !== undefined) return known;
    const index = this.materials.push(json) - 1;
    this.#materialOfText.set(text, index);
    return index;
  }

  /** Compresses indices into `vertices` vertices; the accessor's index. */
  indices(indices: Uint32Array, vertices: number, mode: "TRIANGLES" | "INDICES"): number {
    const narrow = vertices <= 0xffff;
    const array = narrow ? Uint16Array.from(indices) : indices;
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const view = this.buffer.addCompressed({ bytes, count: indices.length, stride: narrow ? 2 : 4, mode });
    return this.accessor({
      bufferView: view,
      componentType: narrow ? 5123 : 5125,
      count: indices.length,
      type: "SCALAR",
    });
  }
}
