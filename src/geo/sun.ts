import { RAD_PER_DEG } from "./ellipsoid.ts";

/** Where the sun stands. Azimuth clockwise from north; elevation true (no refraction), topocentric. */
export interface SunPosition {
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
  readonly declinationDeg: number;
  /** Apparent solar time minus mean solar time, minutes. */
  readonly equationOfTimeMin: number;
}

const DAY_MS = 86_400_000;
const JULIAN_UNIX_EPOCH = 2_440_587.5;
/** Horizontal parallax of the sun, degrees. */
const SUN_PARALLAX_DEG = 8.794 / 3600;

function sin(deg: number): number {
  return Math.sin(deg * RAD_PER_DEG);
}

function cos(deg: number): number {
  return Math.cos(deg * RAD_PER_DEG);
}

function modulo(value: number, base: number): number {
  return ((value % base) + base) % base;
}

function declinationAndEquationOfTime(timeMs: number): [number, number] {
  const t = (timeMs / DAY_MS + JULIAN_UNIX_EPOCH - 2_451_545) / 36_525;
  const meanLongitude = modulo(280.46646 + t * (36_000.76983 + t * 0.0003032), 360);
  const meanAnomaly = 357.52911 + t * (35_999.05029 - 0.0001537 * t);
  const eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t);
  const center =
    sin(meanAnomaly) * (1.914602 - t * (0.004817 + 0.000014 * t)) +
    sin(2 * meanAnomaly) * (0.019993 - 0.000101 * t) +
    sin(3 * meanAnomaly) * 0.000289;
  const node = 125.04 - 1934.136 * t;
  const apparentLongitude = meanLongitude + center - 0.00569 - 0.00478 * sin(node);
  const meanObliquity = 23 + (26 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60) / 60;
  const obliquity = meanObliquity + 0.00256 * cos(node);
  const declination = Math.asin(sin(obliquity) * sin(apparentLongitude)) / RAD_PER_DEG;
  const y = Math.tan((obliquity / 2) * RAD_PER_DEG) ** 2;
  const equation =
    y * sin(2 * meanLongitude) -
    2 * eccentricity * sin(meanAnomaly) +
    4 * eccentricity * y * sin(meanAnomaly) * cos(2 * meanLongitude) -
    0.5 * y * y * sin(4 * meanLongitude) -
    1.25 * eccentricity * eccentricity * sin(2 * meanAnomaly);
  return [declination, (4 * equation) / RAD_PER_DEG];
}

/**
 * Sun at a place (degrees) and an instant (Unix milliseconds). Formula: NOAA Solar Calculator spreadsheet, after Meeus,
 * Astronomical Algorithms, chapter 25; within 0.02 degrees of NREL SPA between 1950 and 2050.
 */
export function sunPosition(longitudeDeg: number, latitudeDeg: number, timeMs: number): SunPosition {
  const [declinationDeg, equationOfTimeMin] = declinationAndEquationOfTime(timeMs);
  const utcMinutes = modulo(timeMs, DAY_MS) / 60_000;
  const solarMinutes = modulo(utcMinutes + equationOfTimeMin + 4 * longitudeDeg, 1440);
  const hourAngleDeg = solarMinutes / 4 - 180;
  const sinElevation =
    sin(latitudeDeg) * sin(declinationDeg) + cos(latitudeDeg) * cos(declinationDeg) * cos(hourAngleDeg);
  const geocentric = Math.asin(Math.min(1, Math.max(-1, sinElevation))) / RAD_PER_DEG;
  const azimuth = Math.atan2(
    -cos(declinationDeg) * sin(hourAngleDeg),
    sin(declinationDeg) * cos(latitudeDeg) - cos(declinationDeg) * cos(hourAngleDeg) * sin(latitudeDeg),
  );
  return {
    azimuthDeg: modulo(azimuth / RAD_PER_DEG, 360),
    elevationDeg: geocentric - SUN_PARALLAX_DEG * cos(geocentric),
    declinationDeg,
    equationOfTimeMin,
  };
}

/**
 * The instant (Unix milliseconds) at which a place's true solar time is `solarHour` (0-24) on the solar day that holds
 * `nearMs`. Sunlight rules count in true solar time, not in Beijing time.
 */
export function timeAtSolarHour(longitudeDeg: number, solarHour: number, nearMs: number): number {
  const [, equationOfTimeMin] = declinationAndEquationOfTime(nearMs);
  const solarOffsetMs = (longitudeDeg * 4 + equationOfTimeMin) * 60_000;
  const solarDayStart = Math.floor((nearMs + solarOffsetMs) / DAY_MS) * DAY_MS;
  return solarDayStart + solarHour * 3_600_000 - solarOffsetMs;
}
