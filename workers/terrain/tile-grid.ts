import { WGS84_A } from "../../src/geo/ellipsoid.ts";
import type { TileAddress } from "./contract.ts";

/** Quantized mesh counts places inside a tile from 0 to this, west to east and south to north. */
export const QUANTA = 32767;

/** Degrees of a tile's side. */
export function tileDeg(level: number): number {
  return 180 / 2 ** level;
}

/** Written so that the east side of a tile and the west side of the next give the very same number. */
export function longitudeAt({ level, x }: TileAddress, u: number): number {
  return -180 + (x + u / QUANTA) * tileDeg(level);
}

export function latitudeAt({ level, y }: TileAddress, v: number): number {
  return -90 + (y + v / QUANTA) * tileDeg(level);
}

export interface TileRange {
  readonly startX: number;
  readonly startY: number;
  readonly endX: number;
  readonly endY: number;
}

/** Tiles of a level that touch the bounds (west, south, east, north, degrees); ends are included. */
export function tilesIn(bounds: readonly [number, number, number, number], level: number): TileRange {
  const deg = tileDeg(level);
  const column = (longitudeDeg: number) =>
    Math.min(2 ** (level + 1) - 1, Math.max(0, Math.floor((longitudeDeg + 180) / deg)));
  const row = (latitudeDeg: number) =>
    Math.min(2 ** level - 1, Math.max(0, Math.floor((latitudeDeg + 90) / deg)));
  const [west, south, east, north] = bounds;
  return { startX: column(west), startY: row(south), endX: column(east), endY: row(north) };
}

/** Posts along a tile's side at the finest level: enough to make few files, few enough to load a street's worth. */
const POSTS_PER_TILE = 128;

/** The level at which a tile's side has about 128 posts that lie `postDeg` apart. */
export function finestLevel(postDeg: number): number {
  return Math.min(20, Math.max(1, Math.round(Math.log2(180 / (POSTS_PER_TILE * postDeg)))));
}

/** Most segments that a side is cut into for the Earth's curve alone. */
const MAX_CURVE_SEGMENTS = 16;

/**
 * Segments of a tile's side, a power of two, so short that a chord stays within `error` metres of the ellipsoid: the
 * sagitta of a chord c is c²/8R. The coarsest levels get fewer: nobody sees them but from space.
 */
export function curveSegments(level: number, error: number): number {
  const side = (tileDeg(level) / 180) * Math.PI * WGS84_A * Math.SQRT2;
  const chord = Math.sqrt(8 * WGS84_A * error);
  const wanted = 2 ** Math.ceil(Math.log2(Math.max(1, side / chord)));
  return Math.min(MAX_CURVE_SEGMENTS, wanted);
}
