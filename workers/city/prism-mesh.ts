import earcut from "earcut";
import type { MeshBuffers } from "./mesh-buffers.ts";

/** Metres of wall that a window takes. */
export const BAY = 3.6;

/** A footprint's place in a tile: rings as x, y, z of the foot, and the way up with its length. */
export interface Prism {
  /** Per polygon the outer ring (counter-clockwise from above), then holes: x, y, z per corner. */
  readonly polygons: readonly (readonly Float64Array[])[];
  /** Foot to roof. */
  readonly rise: readonly [number, number, number];
  /** Floors for the windows; 0 for none. */
  readonly floors: number;
}

/**
 * Walls and roofs. A wall's corners go roof, foot, foot, roof around the ring, so that of three in four vertices nothing but
 * the height changes: with int16 positions and corners of one count side by side, 60 bytes a building after gzip, against
 * 67 in input order and 64 with feet first.
 */
export function addPrism(mesh: MeshBuffers, { polygons, rise, floors }: Prism): void {
  for (const rings of polygons) {
    for (const ring of rings) addWalls(mesh, ring, rise, floors);
    addRoof(mesh, rings, rise);
  }
}

function addWalls(mesh: MeshBuffers, ring: Float64Array, rise: Prism["rise"], floors: number): void {
  const [rx, ry, rz] = rise;
  const n = ring.length;
  for (let a = 0; a < n; a += 3) {
    const b = (a + 3) % n;
    const [ax, ay, az] = [ring[a]!, ring[a + 1]!, ring[a + 2]!];
    const [bx, by, bz] = [ring[b]!, ring[b + 1]!, ring[b + 2]!];
    const length = Math.hypot(bx - ax, by - ay) || 1;
    const nx = (by - ay) / length;
    const ny = (ax - bx) / length;
    const bays = floors > 0 ? Math.max(1, Math.round(length / BAY)) : 0;
    const i = mesh.vertex(ax + rx, ay + ry, az + rz, nx, ny, 0, 0, floors);
    mesh.vertex(ax, ay, az, nx, ny, 0, 0, 0);
    mesh.vertex(bx, by, bz, nx, ny, 0, bays, 0);
    mesh.vertex(bx + rx, by + ry, bz + rz, nx, ny, 0, bays, floors);
    mesh.triangle(i, i + 1, i + 2);
    mesh.triangle(i, i + 2, i + 3);
  }
}

function addRoof(mesh: MeshBuffers, rings: readonly Float64Array[], rise: Prism["rise"]): void {
  const first = mesh.vertices;
  for (const ring of rings)
    for (let a = 0; a < ring.length; a += 3)
      mesh.vertex(ring[a]! + rise[0], ring[a + 1]! + rise[1], ring[a + 2]! + rise[2], 0, 0, 1, 0, 0);
  const outer = rings[0]!;
  if (rings.length === 1 && isConvexQuad(outer)) {
    mesh.triangle(first, first + 1, first + 2);
    mesh.triangle(first, first + 2, first + 3);
    return;
  }
  const indices = triangulate(rings, 0, 1);
  for (let k = 0; k < indices.length; k += 3)
    mesh.triangle(first + indices[k]!, first + indices[k + 1]!, first + indices[k + 2]!);
}

function isConvexQuad(ring: Float64Array): boolean {
  if (ring.length !== 12) return false;
  for (let a = 0; a < 12; a += 3) {
    const b = (a + 3) % 12;
    const c = (a + 6) % 12;
    const cross =
      (ring[b]! - ring[a]!) * (ring[c + 1]! - ring[b + 1]!) -
      (ring[b + 1]! - ring[a + 1]!) * (ring[c]! - ring[b]!);
    if (!(cross > 0)) return false;
  }
  return true;
}

/**
 * Triangles of an outer ring with holes (xyz per corner) seen along the third axis, counter-clockwise in the plane of axes
 * `u`, `v`. Earcut keeps no promise about the turn of its triangles, so each is turned.
 */
export function triangulate(rings: readonly ArrayLike<number>[], u: number, v: number): number[] {
  const flat: number[] = [];
  const holes: number[] = [];
  for (const ring of rings) {
    if (flat.length) holes.push(flat.length / 2);
    for (let a = 0; a < ring.length; a += 3) flat.push(ring[a + u]!, ring[a + v]!);
  }
  const indices = earcut(flat, holes);
  for (let k = 0; k < indices.length; k += 3) {
    const [a, b, c] = [indices[k]! * 2, indices[k + 1]! * 2, indices[k + 2]! * 2];
    const cross =
      (flat[b]! - flat[a]!) * (flat[c + 1]! - flat[a + 1]!) -
      (flat[b + 1]! - flat[a + 1]!) * (flat[c]! - flat[a]!);
    if (cross >= 0) continue;
    const swap = indices[k + 1]!;
    indices[k + 1] = indices[k + 2]!;
    indices[k + 2] = swap;
  }
  return indices;
}
