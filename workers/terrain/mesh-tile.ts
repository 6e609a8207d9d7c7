import { metersPerDegree } from "../../src/geo/ellipsoid.ts";
import type { TerrainSetup, TileAddress } from "./contract.ts";
import type { DemPlace } from "./dem-place.ts";
import { createEdgeProfile, type EdgeProfile } from "./edge-profile.ts";
import { GreedyMesh } from "./greedy-mesh.ts";
import { curveSegments, latitudeAt, longitudeAt, QUANTA, tileDeg } from "./tile-grid.ts";
import type { TileHeights } from "./tile-heights.ts";

/** A tile before it is written: places 0..QUANTA, heights in whole steps above `low`. */
export interface TileMesh {
  readonly u: readonly number[];
  readonly v: readonly number[];
  readonly z: readonly number[];
  readonly triangles: readonly number[];
  /** Metres above the ellipsoid. */
  readonly low: number;
  /** Metres of a height step; QUANTA steps span the tile. */
  readonly step: number;
  /** East, north, up of every vertex, unit length. */
  readonly normals: Float32Array;
}

/** Of the error allowed: what the mesh may use itself, and what the Earth's curve between two vertices may use. */
const MESH_SHARE = 0.88;
const CURVE_SHARE = 0.08;

/** Heights looked at along a side: more than a tile has posts, and the same for both its neighbours. */
const SIDE_SAMPLES = 256;

/** A slope is taken over this share of a tile's side on either hand: about a post. */
const SLOPE_SHARE = 1 / 128;

/** Sides of the raster of places beyond the model's edge, where it runs out into the height around. */
const OUTSIDE_SAMPLES = 16;

/** Metres by which the tiles of a level may leave the height model: what is allowed at the finest, doubled every level. */
export function errorAt(setup: TerrainSetup, level: number): number {
  return setup.options.maxError * 2 ** (setup.maxLevel - level);
}

/** Triangles of one tile. */
export function meshTile(
  tile: TileAddress,
  setup: TerrainSetup,
  heights: TileHeights,
  place: DemPlace,
): TileMesh {
  const allowed = errorAt(setup, tile.level);
  const tolerance = Math.max(0, allowed * MESH_SHARE - setup.borderStep / 2);
  const segments = curveSegments(tile.level, allowed * CURVE_SHARE);
  const heightAt = (u: number, v: number) => heights.at(longitudeAt(tile, u), latitudeAt(tile, v));
  const onStep = (z: number) => Math.round(z / setup.borderStep) * setup.borderStep;
  const sides = sidesOf((u, v) => onStep(heightAt(u, v)), segments, tolerance);
  const candidates = candidatesOf(tile, heights, place);
  const seeds = seedsOf(segments, heightAt);
  const { low, step } = stepOf(setup.borderStep, [
    candidates.z,
    seeds.map(({ z }) => z),
    ...sides.map((side) => side.heights),
  ]);
  const round = (z: number) => low + Math.round((z - low) / step) * step;

  const [south, north, west, east] = sides as [EdgeProfile, EdgeProfile, EdgeProfile, EdgeProfile];
  const end = (side: EdgeProfile) => side.heights.at(-1)!;
  const mesh = new GreedyMesh([south.heights[0]!, end(south), end(north), north.heights[0]!]);
  insertSides(mesh, south, north, west, east);
  for (const { u, v, z } of seeds) mesh.insert(u, v, round(z));
  mesh.refine(candidates.u, candidates.v, candidates.z, tolerance, round);
  const { u, v, z, triangles } = mesh;
  return { u, v, z, triangles, low, step, normals: normalsOf(tile, mesh, heights) };
}

function sidesOf(
  heightAt: (u: number, v: number) => number,
  segments: number,
  tolerance: number,
): EdgeProfile[] {
  const lines: ((place: number) => number)[] = [
    (u) => heightAt(u, 0),
    (u) => heightAt(u, QUANTA),
    (v) => heightAt(0, v),
    (v) => heightAt(QUANTA, v),
  ];
  return lines.map((line) => createEdgeProfile(line, SIDE_SAMPLES, segments, tolerance));
}

function insertSides(
  mesh: GreedyMesh,
  south: EdgeProfile,
  north: EdgeProfile,
  west: EdgeProfile,
  east: EdgeProfile,
): void {
  const inner = (side: EdgeProfile, put: (place: number, z: number) => void) => {
    for (let k = 1; k + 1 < side.places.length; k++) put(side.places[k]!, side.heights[k]!);
  };
  inner(south, (u, z) => mesh.insert(u, 0, z));
  inner(north, (u, z) => mesh.insert(u, QUANTA, z));
  inner(west, (v, z) => mesh.insert(0, v, z));
  inner(east, (v, z) => mesh.insert(QUANTA, v, z));
}

/** The raster that follows the Earth's curve; its border is part of the sides. */
function seedsOf(segments: number, heightAt: (u: number, v: number) => number) {
  const seeds: { u: number; v: number; z: number }[] = [];
  for (let row = 1; row < segments; row++)
    for (let column = 1; column < segments; column++) {
      const u = Math.round((column * QUANTA) / segments);
      const v = Math.round((row * QUANTA) / segments);
      seeds.push({ u, v, z: heightAt(u, v) });
    }
  return seeds;
}

/** All posts inside the tile, and a raster beyond the model's edge. */
function candidatesOf(tile: TileAddress, heights: TileHeights, place: DemPlace) {
  const [u, v, z]: [number[], number[], number[]] = [[], [], []];
  const { columns, rows } = heights.window;
  const deg = tileDeg(tile.level);
  const [west, south] = [longitudeAt(tile, 0), latitudeAt(tile, 0)];
  const clampInside = (value: number) => Math.min(QUANTA - 1, Math.max(1, value));
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const [x, y] = heights.modelPost(column, row);
      const [longitudeDeg, latitudeDeg] = place.toDegrees(x, y);
      const pu = Math.round(((longitudeDeg - west) / deg) * QUANTA);
      const pv = Math.round(((latitudeDeg - south) / deg) * QUANTA);
      if (!(pu >= 0 && pu <= QUANTA && pv >= 0 && pv <= QUANTA)) continue;
      u.push(clampInside(pu));
      v.push(clampInside(pv));
      z.push(heights.post(column, row));
    }
  for (let k = 1; k < OUTSIDE_SAMPLES; k++)
    for (let j = 1; j < OUTSIDE_SAMPLES; j++) {
      const pu = Math.round((j * QUANTA) / OUTSIDE_SAMPLES);
      const pv = Math.round((k * QUANTA) / OUTSIDE_SAMPLES);
      const [longitudeDeg, latitudeDeg] = [longitudeAt(tile, pu), latitudeAt(tile, pv)];
      if (!heights.isOutside(longitudeDeg, latitudeDeg)) continue;
      u.push(pu);
      v.push(pv);
      z.push(heights.at(longitudeDeg, latitudeDeg));
    }
  return { u, v, z };
}

/** Finest steps within a tile; dividing the border's step leaves border heights exact. */
const MAX_DIVISION = 4096;

function stepOf(borderStep: number, lists: readonly (readonly number[])[]): { low: number; step: number } {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const list of lists)
    for (const z of list) {
      if (z < least) least = z;
      if (z > most) most = z;
    }
  const low = Math.floor(least / borderStep) * borderStep;
  const division = Math.floor((QUANTA * borderStep) / Math.max(most - low, 1e-9));
  return { low, step: borderStep / Math.min(MAX_DIVISION, Math.max(1, division)) };
}

/** From the heights around each vertex, not from the triangles: both sides of a border get the same. */
function normalsOf(tile: TileAddress, { u, v }: GreedyMesh, heights: TileHeights): Float32Array {
  const normals = new Float32Array(u.length * 3);
  const stepDeg = tileDeg(tile.level) * SLOPE_SHARE;
  for (let k = 0; k < u.length; k++) {
    const [lon, lat] = [longitudeAt(tile, u[k]!), latitudeAt(tile, v[k]!)];
    const { east, north } = metersPerDegree(Math.min(89, Math.max(-89, lat)));
    const dx = (heights.at(lon + stepDeg, lat) - heights.at(lon - stepDeg, lat)) / (2 * stepDeg * east);
    const dy = (heights.at(lon, lat + stepDeg) - heights.at(lon, lat - stepDeg)) / (2 * stepDeg * north);
    const length = Math.hypot(dx, dy, 1);
    normals.set([-dx / length, -dy / length, 1 / length], k * 3);
  }
  return normals;
}
