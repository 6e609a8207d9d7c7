import { TwinError } from "../../src/base/errors.ts";
import type { Georeference } from "../../src/domain/model.ts";
import { metersPerDegree } from "../../src/geo/ellipsoid.ts";
import { createProjection, type Projection } from "../../src/geo/projection.ts";
import { chooseProjection } from "./choose-crs.ts";
import { cleanDeg, type Draft, RAD, type Solver } from "./georeference-draft.ts";
import type { MapOperation } from "./read-georeference.ts";

/** A projection used this far from its meridian was meant for another place. */
const MAX_CONVERGENCE_DEG = 12;
/** The same of its scale; web Mercator grows with latitude and is let off. */
const MAX_SCALE_ERROR = 0.05;
const WEB_MERCATOR = "EPSG:3857";

interface Landing {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly convergenceDeg: number;
  readonly gridScale: number;
}

/** Where map metres are on the Earth; null when the projection is not meant for there. */
function land(projection: Projection, eastings: number, northings: number): Landing | null {
  try {
    const [e, n] = [eastings / projection.unitM, northings / projection.unitM];
    const { longitudeDeg, latitudeDeg } = projection.toGeodetic(e, n);
    const back = projection.fromGeodetic(longitudeDeg, latitudeDeg);
    const convergenceDeg = projection.gridConvergenceDeg(longitudeDeg, latitudeDeg);
    const gridScale = gridScaleAt(projection, longitudeDeg, latitudeDeg);
    const isHome =
      Math.hypot(back.eastings - e, back.northings - n) < 1 &&
      Math.abs(convergenceDeg) <= MAX_CONVERGENCE_DEG &&
      (Math.abs(gridScale - 1) <= MAX_SCALE_ERROR || projection.epsg === WEB_MERCATOR);
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

/** Ways to read the authored pair, from the plain one to slips that are common in Gauss-Krueger work. */
interface Reading {
  readonly code?: "georef.zone_prefix" | "georef.swapped";
  readonly message?: string;
  readonly eastings: number;
  readonly northings: number;
}

function readingsOf({ eastings, northings }: MapOperation, unitM: number, projection: Projection): Reading[] {
  const [e, n] = [eastings * unitM, northings * unitM];
  const zone = Number(/zone (\d{2})$/.exec(projection.name)?.[1] ?? 0);
  const readings: Reading[] = [{ eastings: e, northings: n }];
  if (e > 1e7)
    readings.push({
      code: "georef.zone_prefix",
      message: `Eastings ${e} carry a zone number that ${projection.epsg} does not have: it was taken off.`,
      eastings: e % 1e6,
      northings: n,
    });
  if (zone && e < 1e6)
    readings.push({
      code: "georef.zone_prefix",
      message: `Eastings ${e} lack the zone number ${zone} that ${projection.epsg} has: it was put in front.`,
      eastings: e + zone * 1e6,
      northings: n,
    });
  readings.push({
    code: "georef.swapped",
    message: `Eastings ${e} and northings ${n} only fit ${projection.epsg} the other way round: they were swapped. Check where the model landed.`,
    eastings: n,
    northings: e,
  });
  return readings;
}

interface Fit extends Reading {
  readonly unitM: number;
  readonly scale: number | null;
  readonly height: number;
  readonly at: Landing;
}

function unitsToTry({ crs, scale }: MapOperation, projection: Projection, lengthM: number): number[] {
  const fromScale = scale !== null && Math.abs(scale - 1) > 0.01 ? lengthM / scale : projection.unitM;
  const guesses = [fromScale, projection.unitM, lengthM];
  return [...new Set(crs.mapUnitM === null ? guesses : [crs.mapUnitM])];
}

/** The first reading under which the model's own place lies where the projection is used. */
function fitOperation(
  solver: Solver,
  operation: MapOperation,
  projection: Projection,
  turn: number,
): Fit | null {
  if (projection.kind === "geographic") return null;
  const { lengthM } = solver.input;
  const [x, y, z] = solver.offset;
  const [fx, fy, fz] = operation.factors;
  const tries = unitsToTry(operation, projection, lengthM).flatMap((unitM) =>
    readingsOf(operation, unitM, projection).map((reading) => ({ ...reading, unitM })),
  );
  const plainFirst = [...tries.filter(({ code }) => !code), ...tries.filter(({ code }) => code)];
  for (const reading of plainFirst) {
    const scale = fittingScale(operation, reading.unitM, lengthM);
    const [sx, sy] = [x * (scale ?? 1) * fx, y * (scale ?? 1) * fy];
    // ISO 19111 similarity, as IfcMapConversion has it
    const eastings = reading.eastings + Math.cos(turn) * sx - Math.sin(turn) * sy;
    const northings = reading.northings + Math.sin(turn) * sx + Math.cos(turn) * sy;
    const at = land(projection, eastings, northings);
    if (at)
      return { ...reading, scale, height: operation.height * reading.unitM + z * (scale ?? 1) * fz, at };
  }
  return null;
}

function warnOfFit(solver: Solver, operation: MapOperation, { code, message, scale }: Fit): void {
  const { place, factors, crs } = operation;
  if (code && message) solver.warn(code, message, place);
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

function describeAuthored(operation: MapOperation, turn: number, unitM: number): Partial<Georeference> {
  const { crs, scale } = operation;
  return {
    ...(crs.name ? { crs: crs.name } : {}),
    ...(crs.verticalDatum ? { verticalDatum: crs.verticalDatum } : {}),
    ...(scale === null ? {} : { scale }),
    rotationDeg: cleanDeg(-turn / RAD),
    eastings: operation.eastings * unitM,
    northings: operation.northings * unitM,
    orthogonalHeight: operation.height * unitM,
  };
}

/** From a map conversion; null when it says nothing (all zero), method `none` when it cannot be followed. */
export function solveMap(solver: Solver, operation: MapOperation): Draft | null {
  const { crs, place, method, abscissa, ordinate } = operation;
  const turn = abscissa || ordinate ? Math.atan2(ordinate, abscissa) : 0;
  if (operation.eastings === 0 && operation.northings === 0 && Math.hypot(...solver.offset) === 0) {
    const system = crs.name || "an unnamed system";
    solver.warn(
      "georef.zero",
      `${method} puts the model at 0 east, 0 north of ${system}: taken as not given.`,
      place,
    );
    return null;
  }
  const projection = chooseProjection(solver, crs);
  if (!projection) {
    solver.warn(
      "georef.crs_unknown",
      `The coordinate system "${crs.name || crs.description}" of the model is not known here, so it cannot be placed. Convert again with its EPSG code, for example EPSG:4550.`,
      place,
    );
    return solver.none(describeAuthored(operation, turn, crs.mapUnitM ?? 1));
  }
  const epsg = Number(projection.epsg.slice(5));
  const found = fitOperation(solver, operation, projection, turn);
  if (!found) {
    solver.warn(
      "georef.implausible",
      `Eastings ${operation.eastings} and northings ${operation.northings} do not lie where ${projection.epsg} ${projection.name} is used; the model is not placed.`,
      place,
    );
    return solver.none({ ...describeAuthored(operation, turn, crs.mapUnitM ?? 1), epsg });
  }
  warnOfFit(solver, operation, found);
  const { at, unitM, height } = found;
  const { longitudeDeg, latitudeDeg, convergenceDeg } = at;
  solver.notes.push(
    `${method} ${place} in ${projection.epsg} ${projection.name}`,
    ...(crs.mapUnitM === null ? [`map unit not given: read as ${unitM} m`] : []),
    `meridian convergence ${convergenceDeg.toFixed(6)} deg applied`,
    `grid scale factor ${at.gridScale.toFixed(6)}, not applied: the model keeps its size`,
    "height as authored, taken as ellipsoidal",
  );
  const origin = { longitudeDeg, latitudeDeg, height };
  return {
    georeference: { ...describeAuthored(operation, turn, unitM), method, epsg, origin, notes: solver.notes },
    turn: turn - convergenceDeg * RAD,
  };
}

/** The user names a system, the file has no conversion, and its coordinates are far from zero: they are map coordinates. */
export function solveMapCoordinates(solver: Solver, crs: string): Draft | null {
  if (Math.hypot(...solver.offset) === 0) return null;
  const projection = createProjection(crs);
  const at = land(projection, solver.offset[0], solver.offset[1]);
  if (!at) return null;
  solver.notes.push(
    `coordinates of the file read as map coordinates of ${projection.epsg}`,
    `meridian convergence ${at.convergenceDeg.toFixed(6)} deg applied`,
  );
  return {
    georeference: {
      method: "user",
      crs,
      epsg: Number(projection.epsg.slice(5)),
      eastings: 0,
      northings: 0,
      orthogonalHeight: 0,
      rotationDeg: 0,
      origin: { longitudeDeg: at.longitudeDeg, latitudeDeg: at.latitudeDeg, height: 0 },
      notes: solver.notes,
    },
    turn: -at.convergenceDeg * RAD,
  };
}
