import type { TileMaterial, TileMesh } from "../tiles/contract.ts";

/** Fixed point of TEXCOORD_0: 16 a bay and 16 a floor. */
const UV_STEP = 16;

const MATERIAL: TileMaterial = {
  name: "building",
  color: [0.62, 0.6, 0.57, 1],
  doubleSided: false,
  metallic: 0,
  roughness: 0.9,
};

/** Collects one mesh of a tile, in the tile's ENU frame; cleared and used again, so that tiles do not each grow their own. */
export class MeshBuffers {
  vertices = 0;
  indexCount = 0;
  #positions = new Float32Array(3 * 4096);
  #normals = new Float32Array(3 * 4096);
  #texcoords = new Uint16Array(2 * 4096);
  #facade = new Uint8Array(4 * 4096);
  #featureIds = new Uint16Array(4096);
  #indices = new Uint32Array(6 * 4096);
  #feature = 0;
  #facadeWord: readonly [number, number, number, number] = [0, 0, 0, 0];

  clear(): void {
    this.vertices = 0;
    this.indexCount = 0;
  }

  /** What follows belongs to this row of the table. */
  begin(feature: number, facade: readonly [number, number, number, number]): void {
    this.#feature = feature;
    this.#facadeWord = facade;
  }

  /** u in bays, v in floors. Returns the vertex' index. */
  vertex(x: number, y: number, z: number, nx: number, ny: number, nz: number, u: number, v: number): number {
    const i = this.vertices++;
    if (i >= this.#featureIds.length) this.#grow();
    const at = i * 3;
    this.#positions[at] = x;
    this.#positions[at + 1] = y;
    this.#positions[at + 2] = z;
    this.#normals[at] = nx;
    this.#normals[at + 1] = ny;
    this.#normals[at + 2] = nz;
    this.#texcoords[i * 2] = Math.min(65535, Math.round(u * UV_STEP));
    this.#texcoords[i * 2 + 1] = Math.min(65535, Math.round(v * UV_STEP));
    const word = this.#facadeWord;
    for (let k = 0; k < 4; k++) this.#facade[i * 4 + k] = word[k]!;
    this.#featureIds[i] = this.#feature;
    return i;
  }

  triangle(a: number, b: number, c: number): void {
    if (this.indexCount + 3 > this.#indices.length) this.#indices = doubled(this.#indices);
    this.#indices[this.indexCount++] = a;
    this.#indices[this.indexCount++] = b;
    this.#indices[this.indexCount++] = c;
  }

  /**
   * The mesh as views, which hold until the next `clear`.
   * @param doubleSided for surfaces of unknown winding
   */
  mesh(doubleSided: boolean): TileMesh {
    const n = this.vertices;
    return {
      positions: this.#positions.subarray(0, n * 3),
      normals: this.#normals.subarray(0, n * 3),
      texcoords: this.#texcoords.subarray(0, n * 2),
      facade: this.#facade.subarray(0, n * 4),
      featureIds: this.#featureIds.subarray(0, n),
      indices: this.#indices.subarray(0, this.indexCount),
      material: doubleSided ? { ...MATERIAL, name: "surface", doubleSided } : MATERIAL,
      isOrdered: true,
    };
  }

  #grow(): void {
    this.#positions = doubled(this.#positions);
    this.#normals = doubled(this.#normals);
    this.#texcoords = doubled(this.#texcoords);
    this.#facade = doubled(this.#facade);
    this.#featureIds = doubled(this.#featureIds);
  }
}

function doubled<T extends Float32Array | Uint32Array | Uint16Array | Uint8Array>(array: T): T {
  const bigger = new (array.constructor as new (length: number) => T)(array.length * 2);
  bigger.set(array);
  return bigger;
}
