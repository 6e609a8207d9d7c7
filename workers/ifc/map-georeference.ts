import type { Georeference } from "../../src/domain/model.ts";
import { createProjection, type Projection } from "../../src/geo/projection.ts";
import { chooseProjection } from "./choose-crs.ts";
import { cleanDeg, type Draft, RAD, type Solver } from "./georeference-draft.ts";
import { type Fit, fitsOf, geographicPair, land, turnOf, warnOfFit } from "./map-readings.ts";
import type { MapOperation } from "./read-georeference.ts";

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

/** The first reading, or the one that is asked for, of a map operation. */
export function solveMap(solver: Solver, operation: MapOperation, rank = 0): Draft | null {
  const { crs, place, method } = operation;
  const turn = turnOf(operation);
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
  if (projection.kind === "geographic") return solveGeographic(solver, operation, projection, turn);
  const found = fitsOf(solver, operation, projection, turn)[rank];
  return found ? follow(solver, operation, projection, found) : lost(solver, operation, projection, turn);
}

function lost(solver: Solver, operation: MapOperation, projection: Projection, turn: number): Draft {
  const { crs, place } = operation;
  solver.warn(
    "georef.implausible",
    `Eastings ${operation.eastings} and northings ${operation.northings} do not lie where ${projection.epsg} ${projection.name} is used; the model is not placed.`,
    place,
  );
  const epsg = epsgOf(projection);
  return solver.none({ ...describeAuthored(operation, turn, crs.mapUnitM ?? 1), ...(epsg ? { epsg } : {}) });
}

/** Null for a system that is given by its parameters. */
function epsgOf({ epsg }: Projection): number | null {
  const code = Number(epsg.slice(5));
  return epsg.startsWith("EPSG:") && Number.isFinite(code) ? code : null;
}

function follow(solver: Solver, operation: MapOperation, projection: Projection, found: Fit): Draft {
  const { crs, place, method } = operation;
  const { at, unitM, height, turn, factor = 1 } = found;
  const { longitudeDeg, latitudeDeg, convergenceDeg } = at;
  warnOfFit(solver, operation, projection.epsg, found);
  solver.notes.push(
    `${method} ${place} in ${projection.epsg} ${projection.name}`,
    ...(crs.mapUnitM === null ? [`map unit not given: read as ${unitM} m`] : []),
    `meridian convergence ${convergenceDeg.toFixed(6)} deg applied`,
    `grid scale factor ${at.gridScale.toFixed(6)}, not applied: the model keeps its size`,
    "height as authored, taken as ellipsoidal",
  );
  const epsg = epsgOf(projection);
  return {
    georeference: {
      ...describeAuthored(operation, turn, unitM * factor),
      eastings: found.eastings,
      northings: found.northings,
      method,
      ...(epsg ? { epsg } : {}),
      origin: { longitudeDeg, latitudeDeg, height },
      notes: solver.notes,
    },
    turn: turn - convergenceDeg * RAD,
  };
}

/** A rigid operation to a geographic system: first latitude, then longitude, as EPSG has the axes; the turn is from true east. */
function solveGeographic(
  solver: Solver,
  operation: MapOperation,
  projection: Projection,
  turn: number,
): Draft | null {
  const { crs, place, method } = operation;
  const toDeg = crs.angleUnitRad === null ? 1 : crs.angleUnitRad / RAD;
  const [first, second] = [operation.eastings * toDeg, operation.northings * toDeg];
  const pair = geographicPair(first, second);
  if (!pair) return lost(solver, operation, projection, turn);
  if (pair.isSwapped)
    solver.warn(
      "georef.swapped",
      `Coordinates ${first} and ${second} only fit ${projection.epsg} the other way round: they were swapped. Check where the model landed.`,
      place,
    );
  const origin = solver.originNear(pair.longitudeDeg, pair.latitudeDeg, turn);
  const epsg = epsgOf(projection);
  solver.notes.push(
    `${method} ${place} in ${projection.epsg} ${projection.name}`,
    "height as authored, taken as ellipsoidal",
  );
  return {
    georeference: {
      ...(crs.name ? { crs: crs.name } : {}),
      ...(crs.verticalDatum ? { verticalDatum: crs.verticalDatum } : {}),
      ...(epsg ? { epsg } : {}),
      method,
      rotationDeg: cleanDeg(-turn / RAD),
      orthogonalHeight: operation.height,
      origin: { ...origin, height: operation.height + solver.offset[2] },
      notes: solver.notes,
    },
    turn,
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
  const epsg = epsgOf(projection);
  return {
    georeference: {
      method: "user",
      crs,
      ...(epsg ? { epsg } : {}),
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
