import { createProjection } from "../geo/projection.ts";

/** A place that was typed, and how it was understood. */
export interface TypedPlace {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** Name of the coordinate system where it is not degrees. */
  readonly crs?: string;
}

const MARKS = /[NSEW北南东西]/i;
const PART = String.raw`([NSEW北南东西])?\s*([+-]?\d+(?:\.\d+)?)\s*(?:°|度|d)?\s*(?:(\d+(?:\.\d+)?)\s*(?:'|′|’|分|m)\s*)?(?:(\d+(?:\.\d+)?)\s*(?:"|″|”|''|秒|s)\s*)?([NSEW北南东西])?`;
const DEGREES = new RegExp(`^\\s*${PART}\\s*[,，;；\\s]\\s*${PART}\\s*$`, "i");
const METRES =
  /^\s*([xyne东北]?)\s*[=:：]?\s*(\d{5,8}(?:\.\d+)?)\s*m?\s*[,，;；\s]\s*([xyne东北]?)\s*[=:：]?\s*(\d{5,8}(?:\.\d+)?)\s*m?\s*$/i;

/**
 * Reads a place in degrees ("123.43, 41.80" in either order), in degrees, minutes and seconds (`41°48'20"N 123°25'53"E`), or in
 * metres of a CGCS2000 Gauss-Krueger zone in either order: with a zone prefix that zone, else the system given. Null when the text
 * is none of these. @param epsg of the CGCS2000 zone in local use
 */
export function parsePlace(text: string, epsg: number): TypedPlace | null {
  return degreesIn(text) ?? metresIn(text, epsg);
}

interface Angle {
  readonly deg: number;
  readonly axis: "lon" | "lat" | null;
  readonly isPlain: boolean;
}

function degreesIn(text: string): TypedPlace | null {
  const match = DEGREES.exec(text);
  if (!match) return null;
  const first = angleOf(match.slice(1, 6));
  const second = angleOf(match.slice(6, 11));
  if (!first || !second || (first.axis !== null && first.axis === second.axis)) return null;
  const isFirstLat =
    first.axis === "lat" ||
    second.axis === "lon" ||
    (!first.axis && !second.axis && isSwapped(first, second));
  const [lat, lon] = isFirstLat ? [first.deg, second.deg] : [second.deg, first.deg];
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? { longitudeDeg: lon, latitudeDeg: lat } : null;
}

/** Longitude first, unless the second cannot be a latitude. */
function isSwapped(first: Angle, second: Angle): boolean {
  return Math.abs(second.deg) > 90 && Math.abs(first.deg) <= 90;
}

function angleOf(parts: readonly (string | undefined)[]): Angle | null {
  const [before, degrees = "", minutes, seconds, after] = parts;
  const [minute, second] = [Number(minutes ?? 0), Number(seconds ?? 0)];
  if (minute >= 60 || second >= 60 || (before && after)) return null;
  const mark = (before ?? after ?? "").toUpperCase();
  const size = Math.abs(Number(degrees)) + minute / 60 + second / 3600;
  if (!Number.isFinite(size)) return null;
  const isNegative = degrees.startsWith("-") || /[SW南西]/.test(mark);
  const axis = MARKS.test(mark) ? (/[NS北南]/.test(mark) ? "lat" : "lon") : null;
  return { deg: isNegative ? -size : size, axis, isPlain: minutes === undefined };
}

function metresIn(text: string, epsg: number): TypedPlace | null {
  const match = METRES.exec(text);
  if (!match) return null;
  const [, firstMark = "", firstText = "", secondMark = "", secondText = ""] = match;
  const [a, b] = [Number(firstText), Number(secondText)];
  // Chinese surveyors write x for north; a northing here has seven digits, an easting six, or eight with its zone.
  const isFirstNorth = /[xn北]/i.test(firstMark) || /[ye东]/i.test(secondMark) || isNorthing(a, b);
  const [eastings, northings] = isFirstNorth ? [b, a] : [a, b];
  if (!(northings >= 1e6 && northings < 1e7)) return null;
  const crs = `EPSG:${zonedSystem(eastings) ?? epsg}`;
  try {
    const projection = createProjection(crs);
    const place = projection.toGeodetic(eastings, northings);
    return Math.abs(place.longitudeDeg) <= 180 ? { ...place, crs: projection.name } : null;
  } catch {
    return null;
  }
}

function isNorthing(a: number, b: number): boolean {
  return a >= 1e6 && a < 1e7 && !(b >= 1e6 && b < 1e7);
}

/** EPSG code of the zone whose number stands before an easting: 13 to 23 are 6-degree zones, 25 to 45 3-degree ones. */
function zonedSystem(eastings: number): number | null {
  const zone = Math.floor(eastings / 1e6);
  if (zone >= 25 && zone <= 45) return 4513 + zone - 25;
  return zone >= 13 && zone <= 23 ? 4491 + zone - 13 : null;
}
