import { ecefFromGeodetic, geodeticFromEcef } from "../../src/geo/ellipsoid.ts";
import { buildTerrain, createInlineMesher } from "./build-terrain.ts";
import { DEFAULT_TERRAIN_OPTIONS, type DemFrame, type TerrainOptions } from "./contract.ts";
import { createMemoryPyramid } from "./height-pyramid.ts";
import { type QuantizedMesh, readQuantizedMesh } from "./read-quantized-mesh.ts";
import { QUANTA, tileDeg } from "./tile-grid.ts";

/** Builds in memory; files by path. */
export async function buildInMemory(
  frame: DemFrame,
  cells: Float32Array,
  options: Partial<TerrainOptions> = {},
  water: Float32Array | null = null,
) {
  const files = new Map<string, Uint8Array>();
  const sink = {
    write: async (path: string, bytes: Uint8Array) => {
      files.set(path, bytes);
    },
  };
  const { pyramid, min, max, voids } = createMemoryPyramid(frame.columns, frame.rows, cells);
  const wet = water && createMemoryPyramid(frame.columns, frame.rows, water).pyramid;
  const summary = await buildTerrain({
    frame,
    heights: { min, max, voids },
    hasWater: wet !== null,
    source: "dem",
    options: { ...DEFAULT_TERRAIN_OPTIONS, ...options },
    sink,
    mesher: createInlineMesher({ heights: pyramid, water: wet }, sink),
  });
  return {
    files,
    summary,
    json: (path: string) => JSON.parse(new TextDecoder().decode(files.get(path)!)) as unknown,
  };
}

/** Hills with ridges, cliffs and a spike: nothing that a simplifier likes. Metres, rounded to the centimetre. */
export function roughHeight(column: number, row: number): number {
  const hills = 140 + 60 * Math.sin(column / 17) * Math.cos(row / 23) + 9 * Math.sin(column / 3 + row / 5);
  const cliff = column > 70 && row > 40 ? 45 : 0;
  const spike = column === 33 && row === 51 ? 80 : 0;
  return Math.round((hills + cliff + spike) * 100) / 100;
}

export function roughCells(columns: number, rows: number): Float32Array {
  return Float32Array.from({ length: columns * rows }, (_, k) =>
    roughHeight(k % columns, Math.floor(k / columns)),
  );
}

export function parsePath(path: string): { level: number; x: number; y: number } {
  const [level = 0, x = 0, y = 0] = path.replace(".terrain", "").split("/").map(Number);
  return { level, x, y };
}

/**
 * Height of the drawn surface at a place: the triangle as Cesium draws it, a plane through three points of space, met by
 * the ellipsoid's normal. Null outside the tile.
 */
export function surfaceHeight(
  path: string,
  mesh: QuantizedMesh,
  longitudeDeg: number,
  latitudeDeg: number,
): number | null {
  const { level, x, y } = parsePath(path);
  const deg = tileDeg(level);
  const u = ((longitudeDeg + 180) / deg - x) * QUANTA;
  const v = ((latitudeDeg + 90) / deg - y) * QUANTA;
  const { indices } = mesh;
  for (let t = 0; t < indices.length; t += 3) {
    if (misses(mesh.u, indices, t, u) || misses(mesh.v, indices, t, v)) continue;
    const corners = [indices[t]!, indices[t + 1]!, indices[t + 2]!];
    const inside = corners.every((a, k) => {
      const b = corners[(k + 1) % 3]!;
      const cross =
        (mesh.u[b]! - mesh.u[a]!) * (v - mesh.v[a]!) - (mesh.v[b]! - mesh.v[a]!) * (u - mesh.u[a]!);
      return cross >= -1e-6 * QUANTA;
    });
    if (inside)
      return planeHeight(
        corners.map((k) => cornerOf(mesh, k, level, x, y)),
        longitudeDeg,
        latitudeDeg,
      );
  }
  return null;
}

/** All three corners on one side of the place: most triangles, told cheaply. */
function misses(places: Int32Array, indices: Uint32Array, t: number, at: number): boolean {
  const a = places[indices[t]!]! - at;
  const b = places[indices[t + 1]!]! - at;
  const c = places[indices[t + 2]!]! - at;
  return (a > 1 && b > 1 && c > 1) || (a < -1 && b < -1 && c < -1);
}

type Vector = readonly [number, number, number];

function cornerOf(mesh: QuantizedMesh, k: number, level: number, x: number, y: number): Vector {
  const deg = tileDeg(level);
  return ecefFromGeodetic({
    longitudeDeg: -180 + (x + mesh.u[k]! / QUANTA) * deg,
    latitudeDeg: -90 + (y + mesh.v[k]! / QUANTA) * deg,
    height: mesh.heights[k]!,
  });
}

function planeHeight(corners: readonly Vector[], longitudeDeg: number, latitudeDeg: number): number {
  const [a, b, c] = corners as [Vector, Vector, Vector];
  const from = ecefFromGeodetic({ longitudeDeg, latitudeDeg, height: 0 });
  const above = ecefFromGeodetic({ longitudeDeg, latitudeDeg, height: 1 });
  const minus = (p: Vector, q: Vector): Vector => [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
  const dot = (p: Vector, q: Vector) => p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
  const [ab, ac, up] = [minus(b, a), minus(c, a), minus(above, from)];
  const normal: Vector = [
    ab[1] * ac[2] - ab[2] * ac[1],
    ab[2] * ac[0] - ab[0] * ac[2],
    ab[0] * ac[1] - ab[1] * ac[0],
  ];
  const far = dot(normal, minus(a, from)) / dot(normal, up);
  const hit = geodeticFromEcef(from[0] + up[0] * far, from[1] + up[1] * far, from[2] + up[2] * far);
  return hit.height;
}

/** All tiles of a level. */
export function tilesOf(files: ReadonlyMap<string, Uint8Array>, level: number): Map<string, QuantizedMesh> {
  const found = new Map<string, QuantizedMesh>();
  for (const [path, bytes] of files)
    if (path.startsWith(`${level}/`)) found.set(path, readQuantizedMesh(bytes));
  return found;
}
