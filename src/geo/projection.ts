import proj4 from "proj4";
import { TwinError } from "../base/errors.ts";
import { type CrsDefinition, resolveCrs } from "./crs-families.ts";
import { RAD_PER_DEG, WGS84_A } from "./ellipsoid.ts";

/** Map coordinates to longitude and latitude (WGS 84 degrees) and back. Order is always east, north. */
export interface Projection {
  /** Canonical code: `EPSG:4550`. */
  readonly epsg: string;
  readonly name: string;
  readonly kind: "projected" | "geographic";
  /** Metres in one unit of eastings and northings: 1, 0.3048006..., or metres per degree on the equator. */
  readonly unitM: number;
  /** Throws TwinError `crs.outside` when the point is not on the map. */
  toGeodetic(eastings: number, northings: number): { longitudeDeg: number; latitudeDeg: number };
  /** Throws TwinError `crs.outside` when the place is not on the map. */
  fromGeodetic(lonDeg: number, latDeg: number): { eastings: number; northings: number };
  /** Grid north clockwise from true north: true bearing = grid bearing + convergence. */
  gridConvergenceDeg(lonDeg: number, latDeg: number): number;
}

const WGS84 = "+proj=longlat +datum=WGS84 +no_defs";
const US_SURVEY_FOOT = 1200 / 3937;

/**
 * @param crs `EPSG:4550`, `4550`, an OGC URN, or a known name; see `resolveCrs`. Also parameters: a proj4 string
 *   (`+proj=tmerc +lon_0=123.3 ...`) or well-known text as in a `.prj` file.
 * @throws TwinError `crs.unknown`
 */
export function createProjection(crs: string): Projection {
  const definition = resolveCrs(crs) ?? resolveParameters(crs);
  if (!definition)
    throw new TwinError(
      "crs.unknown",
      `The coordinate system "${crs}" is not known here. Name one by its EPSG code, for example EPSG:4550.`,
      { crs },
    );
  const converter = proj4(WGS84, definition.proj4);
  const outside = () =>
    new TwinError("crs.outside", `The point lies outside the area where ${definition.name} can be used.`, {
      crs: definition.name,
    });

  function fromGeodetic(lonDeg: number, latDeg: number) {
    const [eastings = Number.NaN, northings = Number.NaN] = converter.forward([lonDeg, latDeg]);
    if (!Number.isFinite(eastings) || !Number.isFinite(northings)) throw outside();
    return { eastings, northings };
  }

  function toGeodetic(eastings: number, northings: number) {
    if (!Number.isFinite(eastings) || !Number.isFinite(northings)) throw outside();
    const [longitudeDeg = Number.NaN, latitudeDeg = Number.NaN] = converter.inverse([eastings, northings]);
    if (!Number.isFinite(longitudeDeg) || !(Math.abs(latitudeDeg) <= 90)) throw outside();
    return { longitudeDeg, latitudeDeg };
  }

  return {
    epsg: definition.epsg > 0 ? `EPSG:${definition.epsg}` : definition.name,
    name: definition.name,
    kind: definition.kind,
    unitM: unitOf(definition.proj4, definition.kind),
    toGeodetic,
    fromGeodetic,
    gridConvergenceDeg(lonDeg, latDeg) {
      const stepDeg = 1e-5;
      const south = fromGeodetic(lonDeg, latDeg - stepDeg);
      const north = fromGeodetic(lonDeg, latDeg + stepDeg);
      const trueNorth = Math.atan2(north.eastings - south.eastings, north.northings - south.northings);
      return trueNorth === 0 ? 0 : -trueNorth / RAD_PER_DEG;
    },
  };
}

/** Datums that need no shift at this product's accuracy, or bring their own. */
const NEEDS_NO_SHIFT =
  /WGS[\s_]*(19)?84|CGCS|China_2000|国家2000|ETRS|EUREF|NAD[\s_]*(19)?83|JGD2011|GDA|ITRF|GRS[\s_]*(19)?80|TOWGS84/i;

/** Well-known text is taken by its name or code when known here, else by its parameters; null when it is neither. */
function resolveParameters(crs: string): CrsDefinition | null {
  const text = crs.trim();
  const isWkt = /^(PROJ|GEOG|GEOD|COMPD)[A-Z_]*\s*\[/i.test(text);
  if (!isWkt && !text.startsWith("+proj=")) return null;
  const name = isWkt ? (/"([^"]*)"/.exec(text)?.[1] ?? "") : "user-given parameters";
  const codes = [...text.matchAll(/(?:AUTHORITY|ID)\["EPSG",\s*"?(\d+)"?\]/gi)];
  const known = isWkt ? (resolveCrs(codes.at(-1)?.[1] ?? "") ?? resolveCrs(name)) : null;
  if (known) return known;
  if (isWkt && !NEEDS_NO_SHIFT.test(text)) return null;
  try {
    proj4(WGS84, text);
  } catch {
    return null;
  }
  const isGeographic = isWkt
    ? /^(COMPD_CS\["[^"]*",\s*)?GEO[GD]/i.test(text)
    : /^\+proj=(longlat|latlong)/.test(text);
  return { epsg: 0, name, proj4: text, kind: isGeographic ? "geographic" : "projected" };
}

function unitOf(definition: string, kind: "projected" | "geographic"): number {
  if (kind === "geographic") return WGS84_A * RAD_PER_DEG;
  return definition.includes("+units=us-ft") ? US_SURVEY_FOOT : 1;
}
