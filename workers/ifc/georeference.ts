/**
 * From what the file says to where the model stands. Frames:
 * - engineering: the file's own coordinates, metres, z up (web-ifc's transforms turned back to z up);
 * - model: east, north, up at the georeference origin, metres: the frame of tiles and of `model.json`;
 * - map: eastings, northings of the projected system, metres.
 * The model frame is the tangent plane at its origin, so models that lie far from the engineering origin get an origin
 * near themselves (`offset`): at 1 km the plane is 8 cm off the ellipsoid, at 10 km 8 m.
 */
import type { Issue } from "../../src/base/errors.ts";
import { TwinError } from "../../src/base/errors.ts";
import type { Georeference } from "../../src/domain/model.ts";
import { ecefFromEnu } from "../../src/geo/ellipsoid.ts";
import { type Mat4, mul, rotationZ, translation } from "../../src/geo/matrix.ts";
import { createProjection, type Projection } from "../../src/geo/projection.ts";
import type { Box } from "../tiles/tileset.ts";
import type { ConvertOptions } from "./contract.ts";
import type { AuthoredCrs, AuthoredGeoreference, MapOperation, SiteReference } from "./read-georeference.ts";

export interface SolvedGeoreference {
  readonly georeference: Georeference;
  readonly modelFromEngineering: Mat4;
  readonly ecefFromModel: Mat4;
  readonly issues: readonly Issue[];
}

export interface GeoreferenceInput {
  readonly authored: AuthoredGeoreference;
  /** Metres in a length unit of the file. */
  readonly lengthM: number;
  /** Engineering frame; null when nothing has a shape. */
  readonly box: Box | null;
  readonly options: Pick<ConvertOptions, "crs" | "place">;
}

const RAD = Math.PI / 180;
const FAR = 1000;
const MAX_CONVERGENCE_DEG = 12;

interface Draft {
  georeference: Georeference;
  /** Counter-clockwise turn from the engineering X axis to east, radians. */
  turn: number;
}

class Solver {
  readonly issues: Issue[] = [];
  readonly notes: string[] = [];
  readonly offset: readonly [number, number, number];

  constructor(readonly input: GeoreferenceInput) {
    const { box } = input;
    const centre = [0, 1].map((axis) => (box ? (box.min[axis]! + box.max[axis]!) / 2 : 0));
    const isFar = Math.hypot(centre[0]!, centre[1]!) > FAR;
    this.offset = isFar ? [Math.round(centre[0]!), Math.round(centre[1]!), 0] : [0, 0, 0];
    if (isFar)
      this.notes.push(
        `model frame moved to engineering (${this.offset[0]}, ${this.offset[1]}) m, near the geometry`,
      );
  }

  warn(code: string, message: string, place?: string, severity: Issue["severity"] = "warning"): void {
    this.issues.push({ code, severity, message, ...(place ? { place } : {}) });
  }

  none(known: Partial<Georeference> = {}): Draft {
    return { georeference: { ...known, method: "none", notes: this.notes }, turn: 0 };
  }
}

function zoneText({ mapProjection, mapZone, geodeticDatum }: AuthoredCrs): string {
  return mapProjection && mapZone
    ? `${geodeticDatum} / ${mapProjection} zone ${mapZone.replace(/^[A-Z]+(?=\d)/i, "")}`
    : "";
}

/** The last authority code of a well-known text is that of the whole system. */
function wktCode(text: string): string {
  const codes = [...text.matchAll(/(?:ID|AUTHORITY)\s*\[\s*"EPSG"\s*,\s*"?(\d{4,6})"?\s*\]/gi)];
  const code = codes.at(-1)?.[1];
  return code ? `EPSG:${code}` : "";
}

function findProjection(candidates: readonly string[]): { projection: Projection; text: string } | null {
  for (const text of candidates) {
    try {
      if (text.trim()) return { projection: createProjection(text), text };
    } catch (error) {
      if (!(error instanceof TwinError)) throw error;
    }
  }
  return null;
}

/** @throws TwinError `crs.unknown` when the user's own choice is not known. */
function chooseProjection(solver: Solver, crs: AuthoredCrs | null): Projection | null {
  const { options } = solver.input;
  if (options.crs) {
    if (crs?.name && crs.name !== options.crs)
      solver.notes.push(`CRS "${crs.name}" of the file overridden by ${options.crs}`);
    return createProjection(options.crs);
  }
  if (!crs) return null;
  const found = findProjection([crs.name, wktCode(crs.wellKnownText), crs.description, zoneText(crs)]);
  if (found && found.text !== crs.name)
    solver.notes.push(`CRS read as ${found.projection.epsg} from "${found.text}"`);
  return found?.projection ?? null;
}

function unitCandidates({ crs, scale }: MapOperation, projection: Projection, lengthM: number): number[] {
  if (crs.mapUnitM !== null) return [crs.mapUnitM];
  const own = projection.kind === "projected" ? projection.unitM : 1;
  const fromScale = scale !== null && Math.abs(scale - 1) > 0.01 ? lengthM / scale : own;
  return [fromScale, own, lengthM];
}

interface Landing {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly convergenceDeg: number;
}

/** Where map metres are on the Earth; null when the projection is not meant for there. */
function land(projection: Projection, eastings: number, northings: number): Landing | null {
  try {
    const [e, n] = [eastings / projection.unitM, northings / projection.unitM];
    const { longitudeDeg, latitudeDeg } = projection.toGeodetic(e, n);
    const back = projection.fromGeodetic(longitudeDeg, latitudeDeg);
    const convergenceDeg = projection.gridConvergenceDeg(longitudeDeg, latitudeDeg);
    const isHome = Math.hypot(back.eastings - e, back.northings - n) < 1;
    return isHome && Math.abs(convergenceDeg) <= MAX_CONVERGENCE_DEG
      ? { longitudeDeg, latitudeDeg, convergenceDeg }
      : null;
  } catch (error) {
    if (error instanceof TwinError) return null;
    throw error;
  }
}

/** Engineering metres to map metres: ISO 19111 similarity as in IfcMapConversion. */
function mapOfOffset(solver: Solver, operation: MapOperation, turn: number, unitM: number, scale: number) {
  const [x, y, z] = solver.offset;
  const [fx, fy, fz] = operation.factors;
  const [sx, sy] = [x * scale * fx, y * scale * fy];
  return {
    eastings: operation.eastings * unitM + Math.cos(turn) * sx - Math.sin(turn) * sy,
    northings: operation.northings * unitM + Math.sin(turn) * sx + Math.cos(turn) * sy,
    height: operation.height * unitM + z * scale * fz,
  };
}

/** Metres of map for a metre of model; null when it is so far from 1 that only a forgotten unit explains it. */
function fittingScale({ scale }: MapOperation, unitM: number, lengthM: number): number | null {
  const metres = ((scale ?? 1) * unitM) / lengthM;
  return Math.abs(metres - 1) <= 0.01 ? metres : null;
}

function gridScaleNote(projection: Projection, at: Landing): string {
  const step = 1e-4;
  const a = projection.fromGeodetic(at.longitudeDeg, at.latitudeDeg - step);
  const b = projection.fromGeodetic(at.longitudeDeg, at.latitudeDeg + step);
  const metres = Math.hypot(b.eastings - a.eastings, b.northings - a.northings) * projection.unitM;
  const [sin, e2] = [Math.sin(at.latitudeDeg * RAD), 0.0066943799901413];
  const arc = ((6378137 * (1 - e2)) / (1 - e2 * sin * sin) ** 1.5) * 2 * step * RAD;
  return `grid scale factor ${(metres / arc).toFixed(6)}, not applied: the model keeps its size`;
}

function solveMap(solver: Solver, operation: MapOperation): Draft | null {
  const { crs, place } = operation;
  const turn =
    operation.abscissa || operation.ordinate ? Math.atan2(operation.ordinate, operation.abscissa) : 0;
  const authored: Partial<Georeference> = {
    ...(crs.name ? { crs: crs.name } : {}),
    ...(crs.verticalDatum ? { verticalDatum: crs.verticalDatum } : {}),
    ...(operation.scale === null ? {} : { scale: operation.scale }),
    rotationDeg: cleanDeg(-turn / RAD),
  };
  const inUnit = (unitM: number): Partial<Georeference> => ({
    ...authored,
    eastings: operation.eastings * unitM,
    northings: operation.northings * unitM,
    orthogonalHeight: operation.height * unitM,
  });
  if (operation.eastings === 0 && operation.northings === 0 && Math.hypot(...solver.offset) === 0) {
    solver.warn(
      "georef.zero",
      `${operation.method} puts the model at 0 east, 0 north of ${crs.name || "an unnamed system"}: taken as not given.`,
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
    return solver.none(inUnit(crs.mapUnitM ?? 1));
  }
  const epsg = Number(projection.epsg.slice(5));
  for (const unitM of unitCandidates(operation, projection, solver.input.lengthM)) {
    const scale = fittingScale(operation, unitM, solver.input.lengthM);
    const map = mapOfOffset(solver, operation, turn, unitM, scale ?? 1);
    const at = land(projection, map.eastings, map.northings);
    if (!at) continue;
    if (scale === null && (operation.scale !== null || crs.mapUnitM !== null))
      solver.warn(
        "georef.scale_ignored",
        `Scale ${operation.scale ?? 1} of the map conversion does not fit the length units of file and map: it is not applied, the model keeps its size.`,
        place,
      );
    if (crs.mapUnitM === null) solver.notes.push(`map unit not given: read as ${unitM} m`);
    if (operation.factors.some((factor) => Math.abs(factor - 1) > 0.01))
      solver.warn(
        "georef.factors_ignored",
        `Axis factors ${operation.factors.join(", ")} of the map conversion are not applied: the model keeps its size.`,
        place,
      );
    solver.notes.push(`${operation.method} ${place} in ${projection.epsg} ${projection.name}`);
    solver.notes.push(
      `meridian convergence ${at.convergenceDeg.toFixed(6)} deg applied`,
      gridScaleNote(projection, at),
    );
    solver.notes.push("height as authored, taken as ellipsoidal");
    return {
      georeference: {
        ...inUnit(unitM),
        method: operation.method,
        epsg,
        origin: { longitudeDeg: at.longitudeDeg, latitudeDeg: at.latitudeDeg, height: map.height },
        notes: solver.notes,
      },
      turn: turn - at.convergenceDeg * RAD,
    };
  }
  solver.warn(
    "georef.implausible",
    `Eastings ${operation.eastings} and northings ${operation.northings} do not lie where ${projection.epsg} ${projection.name} is used; the model is not placed.`,
    place,
  );
  return solver.none({ ...inUnit(crs.mapUnitM ?? 1), epsg });
}

function cleanDeg(deg: number): number {
  const turned = ((((deg + 180) % 360) + 360) % 360) - 180;
  return Math.abs(turned) < 1e-12 ? 0 : turned === -180 ? 180 : turned;
}

/** Small steps on the ellipsoid: the model may stand some way from its site's reference point. */
function moveOnEllipsoid(latitudeDeg: number, longitudeDeg: number, east: number, north: number) {
  const e2 = 0.0066943799901413;
  const w = 1 - e2 * Math.sin(latitudeDeg * RAD) ** 2;
  const meridian = (6378137 * (1 - e2)) / w ** 1.5;
  const normal = 6378137 / Math.sqrt(w);
  return {
    latitudeDeg: latitudeDeg + north / meridian / RAD,
    longitudeDeg: longitudeDeg + east / (normal * Math.cos(latitudeDeg * RAD)) / RAD,
  };
}

function solveSite(solver: Solver, site: SiteReference): Draft | null {
  const { authored } = solver.input;
  const { latitudeDeg, longitudeDeg, place } = site;
  if (latitudeDeg === 0 && longitudeDeg === 0) {
    solver.warn("georef.zero", "IfcSite gives latitude 0, longitude 0: taken as not given.", place);
    return null;
  }
  if (Math.abs(latitudeDeg) > 85 || Math.abs(longitudeDeg) > 180) {
    solver.warn(
      "georef.out_of_range",
      `IfcSite gives latitude ${latitudeDeg}, longitude ${longitudeDeg}, which is not a place to build; the model is not placed.`,
      place,
    );
    return null;
  }
  if (authored.hasBadTrueNorth)
    solver.warn(
      "georef.true_north",
      "TrueNorth is not a direction in the plane: north is taken as the model's Y axis.",
      place,
    );
  const [a, b] = authored.trueNorth ?? [0, 1];
  const turn = Math.PI / 2 - Math.atan2(b, a);
  const [dx, dy] = [solver.offset[0] - site.position[0], solver.offset[1] - site.position[1]];
  const east = Math.cos(turn) * dx - Math.sin(turn) * dy;
  const north = Math.sin(turn) * dx + Math.cos(turn) * dy;
  if (Math.hypot(east, north) > 20_000)
    solver.warn(
      "georef.far_from_site",
      `The geometry lies ${Math.round(Math.hypot(east, north) / 1000)} km from the site's reference point: its coordinates may be map coordinates. Check where it landed.`,
      place,
    );
  const at = moveOnEllipsoid(latitudeDeg, longitudeDeg, east, north);
  solver.notes.push(
    `IfcSite ${place}: latitude ${latitudeDeg.toFixed(8)}, longitude ${longitudeDeg.toFixed(8)} at the site's placement`,
    authored.trueNorth ? "true north as authored" : "true north not given: the model's Y axis",
    "elevation as authored, taken as ellipsoidal height",
  );
  const height = site.elevation - site.position[2] + solver.offset[2];
  return {
    georeference: {
      method: "IfcSite",
      rotationDeg: cleanDeg(-turn / RAD),
      origin: { ...at, height },
      notes: solver.notes,
    },
    turn,
  };
}

function solveByUser(solver: Solver, place: NonNullable<ConvertOptions["place"]>): Draft {
  solver.notes.push("placed by the user");
  const { longitudeDeg, latitudeDeg, height, headingDeg } = place;
  return {
    georeference: {
      method: "user",
      rotationDeg: cleanDeg(headingDeg),
      origin: { longitudeDeg, latitudeDeg, height },
      notes: solver.notes,
    },
    turn: -headingDeg * RAD,
  };
}

/** The user names a system, the file has no conversion, and its coordinates are far from zero: they are map coordinates. */
function solveMapCoordinates(solver: Solver, crs: string): Draft | null {
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

function draft(solver: Solver): Draft {
  const { authored, options } = solver.input;
  if (options.place) return solveByUser(solver, options.place);
  if (authored.conflicting.length)
    solver.warn(
      "georef.conflict",
      `The file has map conversions that disagree (${authored.conflicting.join(", ")}); the first one is used.`,
      authored.operation?.place,
    );
  if (authored.worldOrigin)
    solver.notes.push(
      "WorldCoordinateSystem is not the origin: not applied, placements are taken as they are",
    );
  const found =
    (authored.operation && solveMap(solver, authored.operation)) ??
    (options.crs ? solveMapCoordinates(solver, options.crs) : null) ??
    (authored.site && solveSite(solver, authored.site));
  if (options.crs && !found?.georeference.epsg)
    solver.notes.push(`${options.crs} not used: the file has neither a map conversion nor map coordinates`);
  if (found) return found;
  solver.notes.push("the file does not say where it stands");
  return solver.none();
}

/** @throws TwinError `crs.unknown` when `options.crs` names a system that is not known */
export function solveGeoreference(input: GeoreferenceInput): SolvedGeoreference {
  const solver = new Solver(input);
  const { georeference, turn } = draft(solver);
  const [x, y, z] = solver.offset;
  const { origin } = georeference;
  return {
    georeference: x || y || z ? { ...georeference, offset: [x, y, z] } : georeference,
    modelFromEngineering: mul(rotationZ(turn), translation(-x, -y, -z)),
    ecefFromModel: ecefFromEnu(origin ?? { longitudeDeg: 0, latitudeDeg: 0, height: 0 }),
    issues: solver.issues,
  };
}
