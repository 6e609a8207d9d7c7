import { ecefFromEnu, ecefFromGeodetic } from "../../src/geo/ellipsoid.ts";
import type { Plane, Point } from "./plane.ts";

/** The ENU frame of a tile, and exact placing of the plane's buildings in it. */
export interface TileFrame {
  /** ecefFromTile, column-major. */
  readonly transform: Float64Array;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** Affine map for things near `anchor` (a point of the plane): tile metres from plane metres and height. Off by under 1 cm within 300 m. */
  placeAt(anchor: Point): Placement;
}

/** Columns of tileFromPlane: images of one plane metre east, north and of one metre up, and of the anchor itself. */
export interface Placement {
  readonly anchor: Point;
  readonly origin: readonly [number, number, number];
  readonly east: readonly [number, number, number];
  readonly north: readonly [number, number, number];
  readonly up: readonly [number, number, number];
}

export function createTileFrame(plane: Plane, centre: Point): TileFrame {
  const [longitudeDeg, latitudeDeg] = plane.toDegrees(centre);
  const m = ecefFromEnu({ longitudeDeg, latitudeDeg, height: 0 });
  const toTile = (point: Point, height: number): [number, number, number] => {
    const [lon, lat] = plane.toDegrees(point);
    const [x, y, z] = ecefFromGeodetic({ longitudeDeg: lon, latitudeDeg: lat, height });
    const [dx, dy, dz] = [x - m[12]!, y - m[13]!, z - m[14]!];
    return [
      m[0]! * dx + m[1]! * dy + m[2]! * dz,
      m[4]! * dx + m[5]! * dy + m[6]! * dz,
      m[8]! * dx + m[9]! * dy + m[10]! * dz,
    ];
  };
  const placeAt = (anchor: Point): Placement => {
    const reach = 50;
    const origin = toTile(anchor, 0);
    const per = (end: readonly number[]): [number, number, number] => [
      (end[0]! - origin[0]) / reach,
      (end[1]! - origin[1]) / reach,
      (end[2]! - origin[2]) / reach,
    ];
    return {
      anchor,
      origin,
      east: per(toTile([anchor[0] + reach, anchor[1]], 0)),
      north: per(toTile([anchor[0], anchor[1] + reach], 0)),
      up: per(toTile(anchor, reach)),
    };
  };
  return { transform: m, longitudeDeg, latitudeDeg, placeAt };
}
