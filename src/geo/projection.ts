import proj4 from "proj4";
import { TwinError } from "../base/errors.ts";
import { resolveCrs } from "./crs-families.ts";
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
 * @param crs `EPSG:4550`, `4550`, an OGC URN, or a known name; see `resolveCrs`.
 * @throws TwinError `crs.unknown`
 */
export function createProjection(crs: string): Projection {
  const definition = resolveCrs(crs);
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
    epsg: `EPSG:${definition.epsg}`,
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

function unitOf(definition: string, kind: "projected" | "geographic"): number {
  if (kind === "geographic") return WGS84_A * RAD_PER_DEG;
  return definition.includes("+units=us-ft") ? US_SURVEY_FOOT : 1;
}
