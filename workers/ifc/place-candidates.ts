import type { Issue } from "../../src/base/errors.ts";
import type { PlaceCandidate, PlaceDoubt, PlaceEvidence } from "../../src/domain/place-candidate.ts";
import { convexHull } from "../../src/geo/convex-hull.ts";
import { distanceM } from "../../src/geo/local-plane.ts";
import { createProjection } from "../../src/geo/projection.ts";
import type { Box } from "../tiles/tileset.ts";
import { solveSite } from "./georeference.ts";
import { type Draft, type GeoreferenceInput, RAD, Solver } from "./georeference-draft.ts";
import { solveMap, solveMapCoordinates } from "./map-georeference.ts";
import type { MapOperation, SiteReference } from "./read-georeference.ts";

/** Grids of Liaoning (3-degree CGCS2000, central meridians 120, 123 and 126 E): what bare coordinates here are most often in. */
const HOME_GRIDS = ["EPSG:4549", "EPSG:4550", "EPSG:4551"] as const;
const HOME_ZONES = ["EPSG:4528", "EPSG:4529", "EPSG:4530"] as const;
/** Readings of one map operation that are told apart. */
const MAX_READINGS = 12;
/** Another reading is worth showing when it lands this near to the site's latitude and longitude (m). */
const NEAR_SITE = 200_000;
/** Closer together than this (m), two candidates are the same place. */
const SAME_PLACE = 0.5;

/** Latitude and longitude that authoring tools fill in by themselves, degrees. */
const DEFAULT_PLACES = [
  { tool: "Revit", latitudeDeg: 42.3584, longitudeDeg: -71.0597 },
  { tool: "Revit", latitudeDeg: 42.358662, longitudeDeg: -71.05674 },
  { tool: "Revit", latitudeDeg: 42.2136, longitudeDeg: -71.0331 },
  { tool: "Archicad", latitudeDeg: 47.5, longitudeDeg: 19.05 },
] as const;

type Candidate = Omit<PlaceCandidate, "isTaken">;

interface Found {
  readonly id: string;
  readonly method: PlaceCandidate["method"];
  readonly statement: string;
  readonly draft: Draft | null;
  readonly issues: readonly Issue[];
  readonly says: PlaceCandidate["says"];
  readonly doubts?: readonly (PlaceDoubt | null)[];
}

/** Params of an issue's code are told by its message in English; the catalogue has sentences without figures. */
function doubtOf({ code }: Issue): PlaceDoubt {
  return { code, params: {} };
}

function doubt(code: string, params: PlaceDoubt["params"] = {}): PlaceDoubt {
  return { code, params };
}

function toCandidate({ draft, issues, doubts = [], ...rest }: Found): Candidate[] {
  const { origin, epsg, crs } = draft?.georeference ?? {};
  if (!draft || !origin) return [];
  return [
    {
      ...rest,
      origin,
      turnDeg: draft.turn / RAD,
      crs: epsg ? `EPSG:${epsg}` : (crs ?? null),
      doubts: [...issues.map(doubtOf), ...doubts.filter((one) => one !== null)],
    },
  ];
}

function saysOf(operation: MapOperation): [string, string][] {
  const { crs } = operation;
  const rows: [string, string][] = [
    ["Eastings", String(operation.eastings)],
    ["Northings", String(operation.northings)],
    ["OrthogonalHeight", String(operation.height)],
    ["XAxis", operation.abscissa || operation.ordinate ? `${operation.abscissa}, ${operation.ordinate}` : ""],
    ["Scale", operation.scale === null ? "" : String(operation.scale)],
    ["TargetCRS", crs.name || crs.description],
    ["GeodeticDatum", crs.geodeticDatum],
    ["VerticalDatum", crs.verticalDatum],
    ["MapUnit", crs.mapUnitM === null ? "" : `${crs.mapUnitM} m`],
  ];
  return rows.filter(([, value]) => value !== "");
}

function fromOperation(input: GeoreferenceInput, operation: MapOperation): Candidate[] {
  const { site, worldOrigin } = input.authored;
  const isGeographic = operation.crs.angleUnitRad !== null;
  const candidates: Candidate[] = [];
  for (let rank = 0; rank < MAX_READINGS; rank++) {
    const solver = new Solver(input);
    const draft = solveMap(solver, operation, rank);
    if (!draft?.georeference.origin) break;
    const [candidate] = toCandidate({
      id: rank === 0 ? operation.place : `${operation.place}/${rank}`,
      method: operation.method,
      statement: operation.place,
      draft,
      issues: solver.issues,
      says: saysOf(operation),
      doubts: [
        operation.crs.verticalDatum ? null : doubt("georef.no_height_datum"),
        operation.crs.mapUnitM === null && !isGeographic ? doubt("georef.unit_guessed") : null,
        worldOrigin ? doubt("georef.world_origin") : null,
      ],
    });
    if (candidate && (rank === 0 || isNearSite(candidate, site))) candidates.push(candidate);
  }
  return candidates;
}

function isNearSite({ origin }: Candidate, site: SiteReference | null): boolean {
  return (
    site !== null &&
    distanceM(origin.longitudeDeg, origin.latitudeDeg, site.longitudeDeg, site.latitudeDeg) < NEAR_SITE
  );
}

function siteDoubts(input: GeoreferenceInput, site: SiteReference): (PlaceDoubt | null)[] {
  const standard = DEFAULT_PLACES.find(
    ({ latitudeDeg, longitudeDeg }) =>
      Math.abs(latitudeDeg - site.latitudeDeg) < 2e-3 && Math.abs(longitudeDeg - site.longitudeDeg) < 2e-3,
  );
  const isCoarse = [site.latitudeParts, site.longitudeParts].every((parts) => parts.length < 3 || !parts[2]);
  return [
    standard ? doubt("georef.default_place", { tool: standard.tool }) : null,
    isCoarse ? doubt("georef.coarse") : null,
    input.authored.trueNorth ? null : doubt("georef.no_north"),
    doubt("georef.no_height_datum"),
  ];
}

function fromSite(input: GeoreferenceInput, site: SiteReference): Candidate[] {
  const says: [string, string][] = [
    ["RefLatitude", site.latitudeParts.join(", ")],
    ["RefLongitude", site.longitudeParts.join(", ")],
    ["RefElevation", `${site.elevation} m`],
    ["TrueNorth", input.authored.trueNorth?.join(", ") ?? ""],
  ];
  const known = {
    method: "IfcSite" as const,
    statement: site.place,
    says: says.filter(([, value]) => value !== ""),
  };
  const solver = new Solver(input);
  const plain = toCandidate({
    ...known,
    id: site.place,
    draft: solveSite(solver, site),
    issues: solver.issues,
    doubts: siteDoubts(input, site),
  });
  return [...plain, ...siteTheOtherWayRound(input, site, known)];
}

/** A latitude beyond 90 degrees that would do as a longitude. */
function siteTheOtherWayRound(
  input: GeoreferenceInput,
  site: SiteReference,
  known: Pick<Found, "method" | "statement" | "says">,
): Candidate[] {
  if (Math.abs(site.latitudeDeg) <= 85 || Math.abs(site.longitudeDeg) > 85) return [];
  const { latitudeDeg: longitudeDeg, longitudeDeg: latitudeDeg } = site;
  return toCandidate({
    ...known,
    id: `${site.place}/swapped`,
    draft: solveSite(new Solver(input), { ...site, latitudeDeg, longitudeDeg }),
    issues: [],
    doubts: [doubt("georef.swapped"), doubt("georef.no_height_datum")],
  });
}

/** The geometry's own numbers taken as map coordinates: of the file's own system, else of the grids of the province. */
function fromCoordinates(input: GeoreferenceInput): Candidate[] {
  const { offset } = new Solver(input);
  if (Math.hypot(offset[0], offset[1]) < 20_000) return [];
  const named = input.authored.operations.map(({ crs }) => crs.name).filter(isKnown);
  const grids = named.length > 0 ? named : offset[0] > 1e7 ? HOME_ZONES : HOME_GRIDS;
  return [...new Set(grids)].flatMap((crs) => {
    const solver = new Solver(input);
    return toCandidate({
      id: `coordinates/${crs}`,
      method: "coordinates",
      statement: "",
      draft: solveMapCoordinates(solver, crs),
      issues: solver.issues,
      says: [
        ["X", offset[0].toFixed(0)],
        ["Y", offset[1].toFixed(0)],
      ],
      doubts: [
        named.length > 0 ? null : doubt("georef.grid_guessed"),
        doubt("georef.no_north"),
        doubt("georef.no_height_datum"),
      ],
    });
  });
}

function isKnown(crs: string): boolean {
  try {
    return crs !== "" && createProjection(crs).kind === "projected";
  } catch {
    return false;
  }
}

function isSame(a: Pick<Candidate, "origin" | "turnDeg">, b: Pick<Candidate, "origin" | "turnDeg">): boolean {
  const apart = distanceM(
    a.origin.longitudeDeg,
    a.origin.latitudeDeg,
    b.origin.longitudeDeg,
    b.origin.latitudeDeg,
  );
  return apart < SAME_PLACE && Math.abs(a.turnDeg - b.turnDeg) < 1e-6;
}

/**
 * Every answer that the file gives to where it stands, each with what it says and why it is doubtful; the one that the
 * conversion follows is marked. `turn` is the taken one's, radians.
 */
export function weighPlaces(input: GeoreferenceInput, taken: Draft, boxes: readonly Box[]): PlaceEvidence {
  const { authored } = input;
  const all = [
    ...authored.operations.flatMap((operation) => fromOperation(input, operation)),
    ...(authored.site ? fromSite(input, authored.site) : []),
    ...fromCoordinates(input),
  ];
  const distinct = all.filter((one, i) => all.findIndex((other) => isSame(one, other)) === i);
  const { origin } = taken.georeference;
  const turnDeg = taken.turn / RAD;
  const { offset } = new Solver(input);
  return {
    turnDeg,
    offset: [offset[0], offset[1], offset[2]],
    lengthM: input.lengthM,
    outline: outlineOf(boxes, offset, taken.turn),
    candidates: distinct.map((one) => ({
      ...one,
      isTaken: origin !== undefined && isSame(one, { origin, turnDeg }),
    })),
  };
}

const CENTIMETRES = 100;

/** Hull of the elements' boxes, which follow the building's own axes, turned into the model frame. */
function outlineOf(boxes: readonly Box[], offset: readonly number[], turn: number): [number, number][] {
  const corners: number[] = [];
  for (const { min, max } of boxes)
    corners.push(min[0], min[1], max[0], min[1], max[0], max[1], min[0], max[1]);
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const round = (value: number) => Math.round(value * CENTIMETRES) / CENTIMETRES;
  return convexHull(corners).map(([x, y]) => {
    const [dx, dy] = [x - offset[0]!, y - offset[1]!];
    return [round(c * dx - s * dy), round(s * dx + c * dy)];
  });
}
