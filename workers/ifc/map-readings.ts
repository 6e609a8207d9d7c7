import { TwinError } from "../../src/base/errors.ts";
import { metersPerDegree } from "../../src/geo/ellipsoid.ts";
import { distanceM } from "../../src/geo/local-plane.ts";
import type { Projection } from "../../src/geo/projection.ts";
import type { Solver } from "./georeference-draft.ts";
import type { MapOperation } from "./read-georeference.ts";

/** A projection used this far from its meridian was meant for another place. */
const MAX_CONVERGENCE_DEG = 12;
/** The same of its scale; web Mercator grows with latitude and is let off. */
const MAX_SCALE_ERROR = 0.05;
const WEB_MERCATOR = "EPSG:3857";
/** CGCS2000 is China's: coordinates that are too small or too large by a thousand end up outside. */
const CGCS_LATITUDES_DEG = [3, 54] as const;
/** A geometry this near to its own map conversion, and this far from nought, has been put on the map already (m). */
const DOUBLE_WITHIN = 50_000;
const DOUBLE_BEYOND = 20_000;
/** A plain reading this far from the site's own latitude and longitude gives way to one that is close to it (m). */
const FAR_FROM_SITE = 300_000;
const NEAR_SITE = 50_000;

export interface Landing {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly convergenceDeg: number;
  readonly gridScale: number;
}

/** Where map metres are on the Earth; null when the projection is not meant for there. */
export function land(projection: Projection, eastings: number, northings: number): Landing | null {
  try {
    const [e, n] = [eastings / projection.unitM, northings / projection.unitM];
    const { longitudeDeg, latitudeDeg } = projection.toGeodetic(e, n);
    const back = projection.fromGeodetic(longitudeDeg, latitudeDeg);
    const convergenceDeg = projection.gridConvergenceDeg(longitudeDeg, latitudeDeg);
    const gridScale = gridScaleAt(projection, longitudeDeg, latitudeDeg);
    const isHome =
      Math.hypot(back.eastings - e, back.northings - n) < 1 &&
      Math.abs(convergenceDeg) <= MAX_CONVERGENCE_DEG &&
      (Math.abs(gridScale - 1) <= MAX_SCALE_ERROR || projection.epsg === WEB_MERCATOR) &&
      (!projection.name.startsWith("CGCS2000") ||
        (latitudeDeg >= CGCS_LATITUDES_DEG[0] && latitudeDeg <= CGCS_LATITUDES_DEG[1]));
    return isHome ? { longitudeDeg, latitudeDeg, convergenceDeg, gridScale } : null;
  } catch (error) {
    if (error instanceof TwinError) return null;
    throw error;
  }
}

/** Metres on the map for a metre on the ellipsoid, along the meridian. */
function gridScaleAt(projection: Projection, longitudeDeg: number, latitudeDeg: number): number {
  const stepDeg = 1e-4;
  const south = projection.fromGeodetic(longitudeDeg, latitudeDeg - stepDeg);
  const north = projection.fromGeodetic(longitudeDeg, latitudeDeg + stepDeg);
  const onMap = Math.hypot(north.eastings - south.eastings, north.northings - south.northings);
  return (onMap * projection.unitM) / (metersPerDegree(latitudeDeg).north * 2 * stepDeg);
}

/** Metres of map for a metre of model; null when it is so far from 1 that only a forgotten unit explains it. */
function fittingScale({ scale }: MapOperation, unitM: number, lengthM: number): number | null {
  const metres = ((scale ?? 1) * unitM) / lengthM;
  return Math.abs(metres - 1) <= 0.01 ? metres : null;
}

type Slip = "georef.zone_prefix" | "georef.swapped" | "georef.thousandfold" | "georef.double";

/** Ways to read the authored pair, from the plain one to slips that are common in Gauss-Krueger work. */
interface Reading {
  readonly codes: readonly Slip[];
  /** Metres. */
  readonly eastings: number;
  readonly northings: number;
  readonly unitM: number;
  /** By which the authored numbers were multiplied besides, when a unit was mistaken by a thousand. */
  readonly factor?: number;
  /** The geometry is on the map already: its turn is in it. */
  readonly isDouble?: boolean;
}

const SAYS: Readonly<Record<Slip, (reading: Reading, authored: MapOperation, epsg: string) => string>> = {
  "georef.zone_prefix": ({ eastings }, authored, epsg) =>
    `Eastings ${authored.eastings} do not agree with ${epsg} about the zone number in front: they were read as ${eastings}.`,
  "georef.swapped": (_reading, { eastings, northings }, epsg) =>
    `Eastings ${eastings} and northings ${northings} only fit ${epsg} the other way round: they were swapped. Check where the model landed.`,
  "georef.thousandfold": ({ eastings, northings }, authored, epsg) =>
    `Eastings ${authored.eastings} and northings ${authored.northings} only fit ${epsg} with another length unit: they were read as ${eastings} and ${northings} metres.`,
  "georef.double": (_reading, { eastings, northings }) =>
    `The geometry has map coordinates already, and a map conversion of ${eastings}, ${northings} on top: the conversion was not added again.`,
};

/** With the zone number in front as the projection wants it, where the eastings can be read so. */
function withZone(reading: Reading, zone: number): Reading | null {
  const { eastings } = reading;
  const codes = [...reading.codes, "georef.zone_prefix" as const];
  if (!zone && eastings > 1e7 && eastings < 1e8) return { ...reading, codes, eastings: eastings % 1e6 };
  return zone && eastings > 0 && eastings < 1e6
    ? { ...reading, codes, eastings: eastings + zone * 1e6 }
    : null;
}

function readingsOf(operation: MapOperation, unitM: number, projection: Projection): Reading[] {
  const [e, n] = [operation.eastings * unitM, operation.northings * unitM];
  const zone = Number(/zone (\d{2})$/.exec(projection.name)?.[1] ?? 0);
  const plain: Reading = { codes: [], eastings: e, northings: n, unitM };
  const swapped: Reading = { ...plain, codes: ["georef.swapped"], eastings: n, northings: e };
  const scaled = [0.001, 1000].flatMap((factor) =>
    [plain, swapped].map(
      (one): Reading => ({
        codes: [...one.codes, "georef.thousandfold"],
        eastings: one.eastings * factor,
        northings: one.northings * factor,
        unitM,
        factor,
      }),
    ),
  );
  const plainly = [plain, swapped, ...scaled];
  return plainly.flatMap((reading) => {
    const zoned = withZone(reading, zone);
    return zoned ? [reading, zoned] : [reading];
  });
}

/** One way to follow a map operation, and where it leads. */
export interface Fit extends Reading {
  readonly scale: number | null;
  /** Metres. */
  readonly height: number;
  /** Radians from the engineering X axis to map east, counter-clockwise. */
  readonly turn: number;
  readonly at: Landing;
}

function unitsToTry({ crs, scale }: MapOperation, projection: Projection, lengthM: number): number[] {
  const fromScale = scale !== null && Math.abs(scale - 1) > 0.01 ? lengthM / scale : projection.unitM;
  const guesses = [fromScale, projection.unitM, lengthM];
  return [...new Set(crs.mapUnitM === null ? guesses : [crs.mapUnitM])];
}

/** Whether the geometry carries about the same map coordinates as its conversion. */
function isDouble(solver: Solver, { eastings, northings }: Reading): boolean {
  const [x, y] = solver.offset;
  const isFar = Math.hypot(x, y) > DOUBLE_BEYOND && Math.hypot(eastings, northings) > DOUBLE_BEYOND;
  return isFar && Math.hypot(x - eastings, y - northings) < DOUBLE_WITHIN;
}

function fitOf(
  solver: Solver,
  operation: MapOperation,
  projection: Projection,
  turn: number,
  reading: Reading,
): Fit | null {
  const [x, y, z] = solver.offset;
  const [fx, fy, fz] = operation.factors;
  const scale = fittingScale(operation, reading.unitM, solver.input.lengthM);
  const turned = reading.isDouble ? 0 : turn;
  const [sx, sy] = reading.isDouble ? [x, y] : [x * (scale ?? 1) * fx, y * (scale ?? 1) * fy];
  // ISO 19111 similarity, as IfcMapConversion has it
  const eastings = reading.eastings + Math.cos(turned) * sx - Math.sin(turned) * sy;
  const northings = reading.northings + Math.sin(turned) * sx + Math.cos(turned) * sy;
  const at = land(projection, eastings, northings);
  const height = reading.isDouble
    ? z
    : operation.height * reading.unitM * (reading.factor ?? 1) + z * (scale ?? 1) * fz;
  return at && { ...reading, scale, height, turn: turned, at };
}

/** All readings under which the model's own place lies where the projection is used, the most likely first. */
export function fitsOf(
  solver: Solver,
  operation: MapOperation,
  projection: Projection,
  turn: number,
): readonly Fit[] {
  const tries = unitsToTry(operation, projection, solver.input.lengthM).flatMap((unitM) =>
    readingsOf(operation, unitM, projection),
  );
  const double = tries.find((reading) => isDouble(solver, reading));
  const doubled: Reading[] = double
    ? [{ ...double, codes: [...double.codes, "georef.double"], eastings: 0, northings: 0, isDouble: true }]
    : [];
  const bySlips = [0, 1, 2, 3].flatMap((slips) => tries.filter(({ codes }) => codes.length === slips));
  const fits = [...doubled, ...bySlips].flatMap(
    (reading) => fitOf(solver, operation, projection, turn, reading) ?? [],
  );
  return preferSite(
    solver,
    fits.filter((one, i) => fits.findIndex((other) => isSamePlace(one, other)) === i),
  );
}

function isSamePlace({ at: a, turn: t }: Fit, { at: b, turn: u }: Fit): boolean {
  return t === u && Math.hypot(a.longitudeDeg - b.longitudeDeg, a.latitudeDeg - b.latitudeDeg) < 1e-6;
}

/** The site's latitude and longitude bear witness: what lands near them comes before what lands a country away. */
function preferSite(solver: Solver, fits: readonly Fit[]): readonly Fit[] {
  const { site } = solver.input.authored;
  const [first] = fits;
  if (!site || !first || (site.latitudeDeg === 0 && site.longitudeDeg === 0)) return fits;
  const fromSite = ({ at }: Fit) =>
    distanceM(at.longitudeDeg, at.latitudeDeg, site.longitudeDeg, site.latitudeDeg);
  if (fromSite(first) < FAR_FROM_SITE) return fits;
  const near = fits.find((one) => fromSite(one) < NEAR_SITE);
  return near ? [near, ...fits.filter((one) => one !== near)] : fits;
}

/** Says what was made of a slip. */
export function warnOfFit(solver: Solver, operation: MapOperation, epsg: string, found: Fit): void {
  const { place, factors, crs } = operation;
  const { scale } = found;
  for (const code of found.codes) solver.warn(code, SAYS[code](found, operation, epsg), place);
  if (scale === null && (operation.scale !== null || crs.mapUnitM !== null))
    solver.warn(
      "georef.scale_ignored",
      `Scale ${operation.scale ?? 1} of the map conversion does not fit the length units of file and map: it is not applied, the model keeps its size.`,
      place,
    );
  if (factors.some((factor) => Math.abs(factor - 1) > 0.01))
    solver.warn(
      "georef.factors_ignored",
      `Axis factors ${factors.join(", ")} of the map conversion are not applied: the model keeps its size.`,
      place,
    );
}

/** A latitude and longitude pair in any order, degrees; null when it is none. */
export function geographicPair(
  first: number,
  second: number,
): { readonly latitudeDeg: number; readonly longitudeDeg: number; readonly isSwapped: boolean } | null {
  if (Math.abs(first) <= 85 && Math.abs(second) <= 180 && (first !== 0 || second !== 0))
    return { latitudeDeg: first, longitudeDeg: second, isSwapped: false };
  if (Math.abs(second) <= 85 && Math.abs(first) <= 180)
    return { latitudeDeg: second, longitudeDeg: first, isSwapped: true };
  return null;
}

/** The counter-clockwise turn of an operation, radians. */
export function turnOf({ abscissa, ordinate }: MapOperation): number {
  return abscissa || ordinate ? Math.atan2(ordinate, abscissa) : 0;
}
