/**
 * From what the file says to where the model stands. Frames:
 * - engineering: the file's own coordinates, metres, z up (web-ifc's transforms turned back to z up);
 * - model: east, north, up at the georeference origin, metres: the frame of tiles and of `model.json`;
 * - map: eastings, northings of the projected system, metres.
 * The model frame is the tangent plane at its origin, so models that lie far from the engineering origin get an origin
 * near themselves (`offset`): at 1 km the plane is 8 cm off the ellipsoid, at 10 km 8 m.
 */
import type { Issue } from "../../src/base/errors.ts";
import type { Georeference } from "../../src/domain/model.ts";
import { ecefFromEnu, metersPerDegree } from "../../src/geo/ellipsoid.ts";
import { type Mat4, mul, rotationZ, translation } from "../../src/geo/matrix.ts";
import type { ConvertOptions } from "./contract.ts";
import { cleanDeg, type Draft, type GeoreferenceInput, RAD, Solver } from "./georeference-draft.ts";
import { solveMap, solveMapCoordinates } from "./map-georeference.ts";
import type { SiteReference } from "./read-georeference.ts";

export interface SolvedGeoreference {
  readonly georeference: Georeference;
  readonly modelFromEngineering: Mat4;
  readonly ecefFromModel: Mat4;
  readonly draft: Draft;
  readonly issues: readonly Issue[];
}

/** Beyond this distance (m) a site's reference point and the geometry do not share a frame. */
const MAX_FROM_SITE = 20_000;
const MAX_LATITUDE_DEG = 85;

/** From the latitude and longitude of the site; null when it says nothing. */
export function solveSite(solver: Solver, site: SiteReference): Draft | null {
  const { authored } = solver.input;
  const { latitudeDeg, longitudeDeg, place } = site;
  if (latitudeDeg === 0 && longitudeDeg === 0) {
    solver.warn("georef.zero", "IfcSite gives latitude 0, longitude 0: taken as not given.", place);
    return null;
  }
  if (Math.abs(latitudeDeg) > MAX_LATITUDE_DEG || Math.abs(longitudeDeg) > 180) {
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
  const isFar = Math.hypot(dx, dy) > MAX_FROM_SITE;
  if (isFar)
    solver.warn(
      "georef.far_from_site",
      `The geometry lies ${Math.round(Math.hypot(dx, dy) / 1000)} km from the site's reference point: its coordinates seem to be map coordinates, so its middle is put at the reference point. Check where it landed.`,
      place,
    );
  const east = isFar ? 0 : Math.cos(turn) * dx - Math.sin(turn) * dy;
  const north = isFar ? 0 : Math.sin(turn) * dx + Math.cos(turn) * dy;
  const perDegree = metersPerDegree(latitudeDeg);
  solver.notes.push(
    `IfcSite ${place}: latitude ${latitudeDeg.toFixed(8)}, longitude ${longitudeDeg.toFixed(8)} at the site's placement`,
    authored.trueNorth ? "true north as authored" : "true north not given: the model's Y axis",
    "elevation as authored, taken as ellipsoidal height",
  );
  const origin = {
    longitudeDeg: longitudeDeg + east / perDegree.east,
    latitudeDeg: latitudeDeg + north / perDegree.north,
    height: site.elevation - site.position[2] + solver.offset[2],
  };
  return {
    georeference: {
      method: "IfcSite",
      rotationDeg: cleanDeg(-turn / RAD),
      origin,
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
  const solved = draft(solver);
  const { georeference, turn } = solved;
  const [x, y, z] = solver.offset;
  const { origin } = georeference;
  return {
    georeference: x || y || z ? { ...georeference, offset: [x, y, z] } : georeference,
    modelFromEngineering: mul(rotationZ(turn), translation(-x, -y, -z)),
    ecefFromModel: ecefFromEnu(origin ?? { longitudeDeg: 0, latitudeDeg: 0, height: 0 }),
    draft: solved,
    issues: solver.issues,
  };
}
