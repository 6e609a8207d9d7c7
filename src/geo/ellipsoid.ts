/**
 * A point on the ellipsoid. Degrees, WGS 84 (CGCS2000 is taken as equal: the ellipsoids differ by 0.1 mm); height in
 * metres above the ellipsoid. The same shape as PlaceDeg of the domain, which this room may not see.
 */
export interface GeodeticDeg {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly height: number;
}

/** WGS 84 semi-major axis, metres (NIMA TR8350.2). */
export const WGS84_A = 6_378_137;
/** WGS 84 flattening. */
export const WGS84_F = 1 / 298.257223563;
/** First eccentricity squared. */
export const WGS84_E2 = WGS84_F * (2 - WGS84_F);

export const RAD_PER_DEG = Math.PI / 180;

/** Earth-centred, earth-fixed x, y, z in metres. */
export function ecefFromGeodetic({
  longitudeDeg,
  latitudeDeg,
  height,
}: GeodeticDeg): [number, number, number] {
  const place: [number, number, number] = [0, 0, 0];
  writeEcef(longitudeDeg, latitudeDeg, height, place, 0);
  return place;
}

/**
 * Writes ECEF metres to `out[at]` and the two after it: no object a place, for places by the thousand. Formula: EPSG guidance note
 * 7-2, method 9602.
 */
export function writeEcef(
  longitudeDeg: number,
  latitudeDeg: number,
  height: number,
  out: Float64Array | number[],
  at: number,
): void {
  const lon = longitudeDeg * RAD_PER_DEG;
  const lat = latitudeDeg * RAD_PER_DEG;
  const sinLat = Math.sin(lat);
  const cosLat = Math.cos(lat);
  const n = WGS84_A / Math.sqrt(1 - WGS84_E2 * sinLat * sinLat);
  const r = (n + height) * cosLat;
  out[at] = r * Math.cos(lon);
  out[at + 1] = r * Math.sin(lon);
  out[at + 2] = (n * (1 - WGS84_E2) + height) * sinLat;
}

/**
 * The place of an ECEF point in metres. Bowring's parametric latitude iterated to the limit of doubles: below a
 * nanometre from the sea floor to orbit; at the earth's centre the answer is the equator.
 */
export function geodeticFromEcef(x: number, y: number, z: number): GeodeticDeg {
  const b = WGS84_A * (1 - WGS84_F);
  const ep2 = WGS84_E2 / (1 - WGS84_E2);
  const p = Math.hypot(x, y);
  let beta = Math.atan2(WGS84_A * z, b * p);
  let lat = 0;
  for (let i = 0; i < 4; i++) {
    lat = Math.atan2(z + ep2 * b * Math.sin(beta) ** 3, p - WGS84_E2 * WGS84_A * Math.cos(beta) ** 3);
    beta = Math.atan2((1 - WGS84_F) * Math.sin(lat), Math.cos(lat));
  }
  const sinLat = Math.sin(lat);
  const height = p * Math.cos(lat) + z * sinLat - WGS84_A * Math.sqrt(1 - WGS84_E2 * sinLat * sinLat);
  return { longitudeDeg: Math.atan2(y, x) / RAD_PER_DEG, latitudeDeg: lat / RAD_PER_DEG, height };
}

/** Column-major 4x4: ECEF metres from local east-north-up metres at `place`. */
export function ecefFromEnu(place: GeodeticDeg): Float64Array {
  const lon = place.longitudeDeg * RAD_PER_DEG;
  const lat = place.latitudeDeg * RAD_PER_DEG;
  const [sinLon, cosLon, sinLat, cosLat] = [Math.sin(lon), Math.cos(lon), Math.sin(lat), Math.cos(lat)];
  const [x, y, z] = ecefFromGeodetic(place);
  // biome-ignore format: one column a line
  return new Float64Array([
    -sinLon, cosLon, 0, 0,
    -sinLat * cosLon, -sinLat * sinLon, cosLat, 0,
    cosLat * cosLon, cosLat * sinLon, sinLat, 0,
    x, y, z, 1,
  ]);
}

/** Metres per degree of longitude and latitude at a latitude: ellipsoidal radii of curvature, for short distances. */
export function metersPerDegree(latitudeDeg: number): { readonly east: number; readonly north: number } {
  const lat = latitudeDeg * RAD_PER_DEG;
  const w2 = 1 - WGS84_E2 * Math.sin(lat) ** 2;
  const n = WGS84_A / Math.sqrt(w2);
  return { east: n * Math.cos(lat) * RAD_PER_DEG, north: ((n * (1 - WGS84_E2)) / w2) * RAD_PER_DEG };
}
