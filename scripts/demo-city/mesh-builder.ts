import type { TileMesh } from "../../workers/tiles/contract.ts";
import type { Point } from "./plane.ts";
import type { Placement } from "./tile-frame.ts";

/** Fixed point of TEXCOORD_0: 16 a bay and 16 a floor. */
const UV_STEP = 16;

/** Collects the triangles of a tile. Positions go in as plane metres and come out in the tile's frame. */
export class MeshBuilder {
  #positions = new Float32Array(3 * 4096);
  #normals = new Float32Array(3 * 4096);
  #texcoords = new Uint16Array(2 * 4096);
  #facade = new Uint8Array(4 * 4096);
  #rows = new Uint16Array(2 * 4096);
  #featureIds = new Uint16Array(4096);
  #indices = new Uint32Array(6 * 4096);
  #vertices = 0;
  #indexCount = 0;
  #feature = 0;
  #row = 0;
  #facadeWord: readonly [number, number, number, number] = [0, 0, 0, 0];
  #placement: Placement | null = null;

  /** Starts the next tile in the same memory. */
  clear(): void {
    this.#vertices = 0;
    this.#indexCount = 0;
  }

  /** What follows belongs to this building: its feature id in the tile, its row in the city's index. */
  begin(
    feature: number,
    row: number,
    facade: readonly [number, number, number, number],
    placement: Placement,
  ): void {
    this.#feature = feature;
    this.#row = row;
    this.#facadeWord = facade;
    this.#placement = placement;
  }

  get vertexCount(): number {
    return this.#vertices;
  }

  /** A vertex; returns its index. The normal is in plane axes, u in bays, v in floors. */
  vertex(x: number, y: number, z: number, normal: readonly number[], u: number, v: number): number {
    if (this.#vertices * 3 + 3 > this.#positions.length) this.#growVertices();
    const { anchor, origin, east, north, up } = this.#placement!;
    const dx = x - anchor[0];
    const dy = y - anchor[1];
    const i = this.#vertices++;
    for (let axis = 0; axis < 3; axis++) {
      this.#positions[i * 3 + axis] = origin[axis]! + dx * east[axis]! + dy * north[axis]! + z * up[axis]!;
      this.#normals[i * 3 + axis] = normal[axis]!;
    }
    this.#texcoords[i * 2] = Math.min(65535, Math.round(u * UV_STEP));
    this.#texcoords[i * 2 + 1] = Math.min(65535, Math.round(v * UV_STEP));
    for (let k = 0; k < 4; k++) this.#facade[i * 4 + k] = this.#facadeWord[k]!;
    this.#rows[i * 2] = this.#row & 0xffff;
    this.#rows[i * 2 + 1] = this.#row >>> 16;
    this.#featureIds[i] = this.#feature;
    return i;
  }

  triangle(a: number, b: number, c: number): void {
    if (this.#indexCount + 3 > this.#indices.length) this.#indices = grown(this.#indices);
    this.#indices[this.#indexCount++] = a;
    this.#indices[this.#indexCount++] = b;
    this.#indices[this.#indexCount++] = c;
  }

  /** An upright or leaning wall from a to b; `topA` and `topB` are the corners above. Flat normal, facing right of a -> b. */
  wall(
    a: Point,
    b: Point,
    topA: Point,
    topB: Point,
    z0: number,
    z1: number,
    bays: number,
    v0: number,
    v1: number,
  ): void {
    const normal = faceNormal(
      [a[0], a[1], z0],
      [b[0], b[1], z0],
      [topB[0], topB[1], z1],
      [topA[0], topA[1], z1],
    );
    const i = this.vertex(topA[0], topA[1], z1, normal, 0, v1);
    this.vertex(a[0], a[1], z0, normal, 0, v0);
    this.vertex(b[0], b[1], z0, normal, bays, v0);
    this.vertex(topB[0], topB[1], z1, normal, bays, v1);
    this.triangle(i, i + 1, i + 2);
    this.triangle(i, i + 2, i + 3);
  }

  mesh(): TileMesh {
    return {
      positions: this.#positions.slice(0, this.#vertices * 3),
      normals: this.#normals.slice(0, this.#vertices * 3),
      texcoords: this.#texcoords.slice(0, this.#vertices * 2),
      facade: this.#facade.slice(0, this.#vertices * 4),
      rows: this.#rows.slice(0, this.#vertices * 2),
      featureIds: this.#featureIds.slice(0, this.#vertices),
      indices: this.#indices.slice(0, this.#indexCount),
      material: {
        name: "building",
        color: [0.62, 0.6, 0.57, 1],
        doubleSided: false,
        metallic: 0,
        roughness: 0.9,
      },
    };
  }

  #growVertices(): void {
    this.#positions = grown(this.#positions);
    this.#normals = grown(this.#normals);
    this.#texcoords = grown(this.#texcoords);
    this.#facade = grown(this.#facade);
    this.#rows = grown(this.#rows);
    this.#featureIds = grown(this.#featureIds);
  }
}

function grown<T extends Float32Array | Uint32Array | Uint16Array | Uint8Array>(array: T): T {
  const bigger = new (array.constructor as new (length: number) => T)(array.length * 2);
  bigger.set(array);
  return bigger;
}

type Vector = readonly [number, number, number];

/** Unit normal of a planar polygon, counter-clockwise seen from its front (Newell). */
export function faceNormal(...points: readonly Vector[]): [number, number, number] {
  let x = 0;
  let y = 0;
  let z = 0;
  for (let i = 0; i < points.length; i++) {
    const a = points[i]!;
    const b = points[(i + 1) % points.length]!;
    x += (a[1] - b[1]) * (a[2] + b[2]);
    y += (a[2] - b[2]) * (a[0] + b[0]);
    z += (a[0] - b[0]) * (a[1] + b[1]);
  }
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
}
