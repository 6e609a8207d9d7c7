import { RAD_PER_DEG, WGS84_A, WGS84_E2 } from "./ellipsoid.ts";

/** Longitude, latitude pairs in degrees. A ring may repeat its first point at the end or not; either winding. */
export type RingDeg = readonly (readonly number[])[];

/** Even-odd rule in longitude and latitude; a point on an edge may fall on either side. */
export function pointInRing(lonDeg: number, latDeg: number, ring: RingDeg): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi = 0, yi = 0] = ring[i] ?? [];
    const [xj = 0, yj = 0] = ring[j] ?? [];
    if (yi > latDeg !== yj > latDeg && lonDeg < ((xj - xi) * (latDeg - yi)) / (yj - yi) + xi)
      inside = !inside;
  }
  return inside;
}

/** q of Snyder (USGS PP 1395, eq. 3-12): proportional to the ellipsoid's area between the equator and a latitude. */
function authalicQ(latDeg: number): number {
  const e = Math.sqrt(WGS84_E2);
  const s = Math.sin(latDeg * RAD_PER_DEG);
  return (1 - WGS84_E2) * (s / (1 - WGS84_E2 * s * s) + Math.atanh(e * s) / e);
}

/**
 * Area in square metres, never negative. Exact on the ellipsoid for edges that are straight in the cylindrical equal-area
 * map; against geodesic edges the difference is below 1e-6 for city-sized rings.
 */
export function ringAreaM2(ring: RingDeg): number {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi = 0, yi = 0] = ring[i] ?? [];
    const [xj = 0, yj = 0] = ring[j] ?? [];
    sum += (xi - xj) * RAD_PER_DEG * (authalicQ(yi) + authalicQ(yj));
  }
  return Math.abs((sum * WGS84_A * WGS84_A) / 4);
}

/** Centroid of the area in degrees; the mean of the corners when the ring has no area. */
export function ringCentroid(ring: RingDeg): { longitudeDeg: number; latitudeDeg: number } {
  const [x0 = 0, y0 = 0] = ring[0] ?? [];
  let [area, cx, cy, mx, my] = [0, 0, 0, 0, 0];
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const xi = (ring[i]?.[0] ?? 0) - x0;
    const yi = (ring[i]?.[1] ?? 0) - y0;
    const xj = (ring[j]?.[0] ?? 0) - x0;
    const yj = (ring[j]?.[1] ?? 0) - y0;
    const cross = xj * yi - xi * yj;
    area += cross;
    cx += (xi + xj) * cross;
    cy += (yi + yj) * cross;
    mx += xi;
    my += yi;
  }
  if (Math.abs(area) < 1e-18) {
    const n = Math.max(1, ring.length);
    return { longitudeDeg: x0 + mx / n, latitudeDeg: y0 + my / n };
  }
  return { longitudeDeg: x0 + cx / (3 * area), latitudeDeg: y0 + cy / (3 * area) };
}
