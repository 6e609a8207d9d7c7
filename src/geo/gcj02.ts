/**
 * GCJ-02, the offset grid of public Chinese web maps. The formula is the published reverse engineering that coordtransform
 * and eviltransform agree on to 1e-13 degrees; it has no official source.
 */
const A = 6_378_245;
const EE = 0.006693421622965943;

export interface LonLatDeg {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
}

/** The formula's own box: outside it GCJ-02 equals WGS 84. */
function isOutsideChina(lon: number, lat: number): boolean {
  return lon < 72.004 || lon > 137.8347 || lat < 0.8293 || lat > 55.8271;
}

function ripple(x: number, period: number): number {
  return Math.sin((x * Math.PI * 2) / period);
}

function offsetDeg(lon: number, lat: number): [number, number] {
  const x = lon - 105;
  const y = lat - 35;
  const shared = (20 * ripple(x, 1 / 3) + 20 * ripple(x, 1)) * (2 / 3);
  const dLat =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    shared +
    (20 * ripple(y, 2) + 40 * ripple(y, 6)) * (2 / 3) +
    (160 * ripple(y, 24) + 320 * ripple(y, 60)) * (2 / 3);
  const dLon =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    shared +
    (20 * ripple(x, 2) + 40 * ripple(x, 6)) * (2 / 3) +
    (150 * ripple(x, 24) + 300 * ripple(x, 60)) * (2 / 3);
  const latRad = (lat * Math.PI) / 180;
  const magic = 1 - EE * Math.sin(latRad) ** 2;
  return [
    (dLon * 180) / ((A / Math.sqrt(magic)) * Math.cos(latRad) * Math.PI),
    (dLat * 180) / (((A * (1 - EE)) / (magic * Math.sqrt(magic))) * Math.PI),
  ];
}

export function gcj02FromWgs84(lonDeg: number, latDeg: number): LonLatDeg {
  if (isOutsideChina(lonDeg, latDeg)) return { longitudeDeg: lonDeg, latitudeDeg: latDeg };
  const [dLon, dLat] = offsetDeg(lonDeg, latDeg);
  return { longitudeDeg: lonDeg + dLon, latitudeDeg: latDeg + dLat };
}

/**
 * Inverse by fixed-point iteration: below 1e-10 degrees (10 micrometres), where the usual one-step answer errs by 1-2 m. It
 * gains two to three digits a step and stops when nothing moves any more, after five or six.
 */
export function wgs84FromGcj02(lonDeg: number, latDeg: number): LonLatDeg {
  if (isOutsideChina(lonDeg, latDeg)) return { longitudeDeg: lonDeg, latitudeDeg: latDeg };
  let lon = lonDeg;
  let lat = latDeg;
  for (let i = 0; i < 12; i++) {
    const [dLon, dLat] = offsetDeg(lon, lat);
    const isStill = Math.abs(lonDeg - dLon - lon) < 1e-12 && Math.abs(latDeg - dLat - lat) < 1e-12;
    lon = lonDeg - dLon;
    lat = latDeg - dLat;
    if (isStill) break;
  }
  return { longitudeDeg: lon, latitudeDeg: lat };
}
