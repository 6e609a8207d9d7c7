import { createProjection } from "../../src/geo/projection.ts";

/** A coordinate system that fits numbers of which the file says nothing. */
export interface CrsGuess {
  readonly crs: string;
  /** The first number is the northing, as in Chinese survey tables. */
  readonly isSwapped: boolean;
}

const MERCATOR_EDGE = 20_037_509;

/** CGCS2000 3-degree zones by central meridian: without and with the zone number before the easting. */
function threeDegree(meridian: number): string {
  return `EPSG:${4534 + (meridian - 75) / 3}`;
}

function candidates(x: number, y: number, nearLongitudeDeg: number): string[] {
  if (Math.abs(x) <= 180 && Math.abs(y) <= 90) return ["EPSG:4326"];
  const found: string[] = [];
  const zone = Math.floor(x / 1e6);
  const isNorthing = y > 1e6 && y < 7e6;
  if (isNorthing && zone >= 25 && zone <= 45) found.push(`EPSG:${4513 + zone - 25}`);
  if (isNorthing && zone >= 13 && zone <= 23) found.push(`EPSG:${4491 + zone - 13}`);
  if (isNorthing && x > 5e4 && x < 9.5e5) {
    const meridian = Math.min(135, Math.max(75, Math.round(nearLongitudeDeg / 3) * 3));
    found.push(threeDegree(meridian));
  }
  if (Math.abs(x) < MERCATOR_EDGE && Math.abs(y) < MERCATOR_EDGE && Math.abs(x) > 1e5)
    found.push("EPSG:3857");
  return found;
}

/**
 * The system in which a point comes closest to where the user is: degrees, CGCS2000 zones with or without their number,
 * or web Mercator, with either axis first. Null when none fits.
 */
export function chooseCrs(x: number, y: number, near: readonly [number, number]): CrsGuess | null {
  const fits = [false, true].flatMap((isSwapped) => {
    const [east, north] = isSwapped ? [y, x] : [x, y];
    return candidates(east, north, near[0]).flatMap((crs) => {
      const distance = distanceFrom(crs, east, north, near);
      return distance === null ? [] : [{ crs, isSwapped, distance }];
    });
  });
  const degrees = fits.find(({ crs, isSwapped }) => crs === "EPSG:4326" && !isSwapped);
  const best = degrees ?? fits.sort((a, b) => a.distance - b.distance)[0];
  return best ? { crs: best.crs, isSwapped: best.isSwapped } : null;
}

function distanceFrom(
  crs: string,
  east: number,
  north: number,
  near: readonly [number, number],
): number | null {
  if (crs === "EPSG:4326") return Math.hypot(east - near[0], north - near[1]);
  try {
    const { longitudeDeg, latitudeDeg } = createProjection(crs).toGeodetic(east, north);
    return Math.hypot(longitudeDeg - near[0], latitudeDeg - near[1]);
  } catch {
    return null;
  }
}
