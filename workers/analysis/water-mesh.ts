import type { WaterMesh } from "./contract.ts";
import { type FloodField, latitudeAt, longitudeAt } from "./flood-field.ts";

const METRES_PER_DEG = 111_195;

/**
 * Triangles of the water surface by marching squares: inside wet squares the grid's own corners, along the shore points
 * where the interpolated depth is zero, so that the shoreline is smooth at any grid width. Every point exists once.
 */
export function waterMesh(field: FloodField): { readonly mesh: WaterMesh; readonly landKm2: number } {
  const builder = new MeshBuilder(field);
  const { columns, rows } = field.grid;
  for (let row = 0; row < rows - 1; row++)
    for (let column = 0; column < columns - 1; column++) builder.addSquare(row * columns + column);
  return builder.finish();
}

/** Growing typed arrays, and for each node and edge of the grid the vertex that stands there (0: none yet, else n + 1). */
class MeshBuilder {
  readonly #field: FloodField;
  readonly #atNode: Uint32Array;
  /** Edge from a node to its eastern neighbour, and to its northern one. */
  readonly #onEastEdge: Uint32Array;
  readonly #onNorthEdge: Uint32Array;
  #vertices = new Float64Array(3 * 4096);
  #vertexCount = 0;
  #indices = new Uint32Array(3 * 8192);
  #indexCount = 0;
  #landM2 = 0;
  #maxDepth = 0;
  readonly #polygon: number[] = [];

  constructor(field: FloodField) {
    this.#field = field;
    const nodes = field.depth.length;
    this.#atNode = new Uint32Array(nodes);
    this.#onEastEdge = new Uint32Array(nodes);
    this.#onNorthEdge = new Uint32Array(nodes);
  }

  /** The square whose south-west corner is `node`. */
  addSquare(node: number): void {
    const { depth, grid } = this.#field;
    const north = node + grid.columns;
    const wetCount =
      Number(depth[node]! > 0) +
      Number(depth[node + 1]! > 0) +
      Number(depth[north]! > 0) +
      Number(depth[north + 1]! > 0);
    if (wetCount === 0) return;
    if (wetCount === 4) {
      this.#addWholeSquare(node);
      return;
    }
    const corners = [node, node + 1, north + 1, north] as const;
    const wet = corners.map((corner) => depth[corner]! > 0);
    const isSaddle = wetCount === 2 && wet[0] === wet[2];
    const mean = corners.reduce((sum, corner) => sum + depth[corner]!, 0) / 4;
    const land = this.#landShare(corners, wet);
    if (isSaddle && mean <= 0) {
      // the middle is dry: two corners of water that do not meet
      for (let i = 0; i < 4; i++)
        if (wet[i])
          this.#addFan(
            [
              this.#crossing(corners, (i + 3) % 4),
              this.#vertexAtNode(corners[i]!),
              this.#crossing(corners, i),
            ],
            land,
          );
      return;
    }
    const polygon = this.#polygon;
    polygon.length = 0;
    for (let i = 0; i < 4; i++) {
      if (wet[i]) polygon.push(this.#vertexAtNode(corners[i]!));
      if (wet[i] !== wet[(i + 1) % 4]) polygon.push(this.#crossing(corners, i));
    }
    this.#addFan(polygon, land);
  }

  /** Most squares are this one: no lists are made for it. */
  #addWholeSquare(node: number): void {
    const { columns, water } = this.#field.grid;
    const north = node + columns;
    const land = 1 - (water[node]! + water[node + 1]! + water[north]! + water[north + 1]!) / 4;
    const [southWest, northEast] = [this.#vertexAtNode(node), this.#vertexAtNode(north + 1)];
    this.#addTriangle(southWest, this.#vertexAtNode(node + 1), northEast, land);
    this.#addTriangle(southWest, northEast, this.#vertexAtNode(north), land);
  }

  finish(): { readonly mesh: WaterMesh; readonly landKm2: number } {
    return {
      mesh: {
        vertices: this.#vertices.slice(0, this.#vertexCount * 3),
        indices: this.#indices.slice(0, this.#indexCount),
        maxDepth: this.#maxDepth,
      },
      landKm2: this.#landM2 / 1e6,
    };
  }

  /** Share of the wet corners that are land at normal level. */
  #landShare(corners: readonly number[], wet: readonly boolean[]): number {
    const { water } = this.#field.grid;
    let [land, all] = [0, 0];
    for (let i = 0; i < 4; i++) {
      if (!wet[i]) continue;
      all++;
      if (water[corners[i]!] !== 1) land++;
    }
    return land / all;
  }

  #addFan(polygon: readonly number[], landShare: number): void {
    for (let i = 1; i + 1 < polygon.length; i++)
      this.#addTriangle(polygon[0]!, polygon[i]!, polygon[i + 1]!, landShare);
  }

  #addTriangle(a: number, b: number, c: number, landShare: number): void {
    if (landShare > 0) this.#landM2 += landShare * this.#triangleM2(a, b, c);
    if (this.#indexCount + 3 > this.#indices.length) {
      const longer = new Uint32Array(this.#indices.length * 2);
      longer.set(this.#indices);
      this.#indices = longer;
    }
    this.#indices[this.#indexCount++] = a;
    this.#indices[this.#indexCount++] = b;
    this.#indices[this.#indexCount++] = c;
  }

  #vertexAtNode(node: number): number {
    const known = this.#atNode[node]!;
    if (known !== 0) return known - 1;
    const { grid, depth } = this.#field;
    if (grid.water[node] !== 1) this.#maxDepth = Math.max(this.#maxDepth, depth[node]!);
    const vertex = this.#push(node % grid.columns, Math.floor(node / grid.columns), depth[node]!);
    this.#atNode[node] = vertex + 1;
    return vertex;
  }

  /** The shore point on side `i` (0 south, 1 east, 2 north, 3 west) of a square. */
  #crossing(corners: readonly [number, number, number, number], i: number): number {
    const { grid, depth } = this.#field;
    const isAlongRow = i === 0 || i === 2;
    const from = Math.min(corners[i]!, corners[(i + 1) % 4]!);
    const to = Math.max(corners[i]!, corners[(i + 1) % 4]!);
    const known = (isAlongRow ? this.#onEastEdge : this.#onNorthEdge)[from]!;
    if (known !== 0) return known - 1;
    const share = depth[from]! / (depth[from]! - depth[to]!);
    const [column, row] = [from % grid.columns, Math.floor(from / grid.columns)];
    const vertex = this.#push(column + (isAlongRow ? share : 0), row + (isAlongRow ? 0 : share), 0);
    (isAlongRow ? this.#onEastEdge : this.#onNorthEdge)[from] = vertex + 1;
    return vertex;
  }

  #push(column: number, row: number, depth: number): number {
    const { grid } = this.#field;
    if (this.#vertexCount * 3 + 3 > this.#vertices.length) {
      const longer = new Float64Array(this.#vertices.length * 2);
      longer.set(this.#vertices);
      this.#vertices = longer;
    }
    const at = this.#vertexCount * 3;
    this.#vertices[at] = longitudeAt(grid, column);
    this.#vertices[at + 1] = latitudeAt(grid, row);
    this.#vertices[at + 2] = depth;
    return this.#vertexCount++;
  }

  #triangleM2(a: number, b: number, c: number): number {
    const v = this.#vertices;
    const squeeze = Math.cos((v[a * 3 + 1]! * Math.PI) / 180);
    const [ax, ay] = [v[a * 3]!, v[a * 3 + 1]!];
    const cross = (v[b * 3]! - ax) * (v[c * 3 + 1]! - ay) - (v[c * 3]! - ax) * (v[b * 3 + 1]! - ay);
    return (Math.abs(cross) / 2) * squeeze * METRES_PER_DEG ** 2;
  }
}
