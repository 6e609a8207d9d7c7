import type { PlainError } from "../../src/base/errors.ts";
import type { Coverage } from "../../src/domain/coverage.ts";
import type { RoadRoute, Unit, Zone } from "../../src/domain/response.ts";
import type { AffectedSummary } from "../../src/domain/scenario.ts";
import type { Stability, Terrain } from "../../src/domain/substance.ts";
import type { UnitOrder } from "../../src/domain/unit-order.ts";

export interface AnalysisArea {
  /** Rings of lon, lat pairs, degrees. */
  readonly polygons: readonly (readonly (readonly [number, number])[])[];
  readonly circles: readonly {
    readonly longitudeDeg: number;
    readonly latitudeDeg: number;
    readonly radius: number;
  }[];
}

/** Triangles of the water surface. */
export interface WaterMesh {
  /** Interleaved longitudeDeg, latitudeDeg, depth (m above the demo ground), three a vertex. */
  readonly vertices: Float64Array;
  readonly indices: Uint32Array;
  readonly maxDepth: number;
}

export interface LoadedCity {
  readonly buildings: number;
  readonly hasGround: boolean;
  readonly facilities: number;
  /** Files beside the index that are there but wrong; what they hold is missing from answers. */
  readonly problems: readonly PlainError[];
}

export interface LonLatPlace {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
}

export type RouteStart = LonLatPlace & { readonly unitId: string };

export interface RouteAnswer {
  /** Quickest first. */
  readonly routes: readonly RoadRoute[];
  /** Units that no road leads from. */
  readonly unreachable: readonly string[];
}

export interface CoverageRequest {
  /** Sensor kind that is asked for; null any. */
  readonly kind: string | null;
  /** Live sensors of it: interleaved lon, lat, degrees. */
  readonly sensors: Float64Array;
  readonly units: readonly LonLatPlace[];
}

export interface ReleaseRequest extends LonLatPlace {
  /** An id of SUBSTANCES. */
  readonly substance: string;
  /** kg/s. */
  readonly rate: number;
  /** m/s; the formula does not hold in still air. */
  readonly wind: number;
  /** Where the wind comes from, degrees clockwise from north. */
  readonly windFromDeg: number;
  readonly stability: Stability;
  readonly terrain: Terrain;
  readonly incidentId: string | null;
}

export interface ReleaseAnswer {
  readonly zones: readonly Zone[];
  /** Metres downwind to the concentration that endangers life, and to the one with lasting effects. */
  readonly lethalReach: number;
  readonly injuringReach: number;
  /** The farthest distance that the method is used for was reached: the zone ends there and not where the danger does. */
  readonly isCut: boolean;
}

/** Exposed by analysis.worker.ts through Comlink. */
export interface AnalysisWorker {
  /**
   * Fetches `index.bin` of a city's tileset folder (absolute or root-relative URL), and where they exist `ground.bin`,
   * `facilities.json`, `network.json` and the roads of `base.json`.
   */
  load(cityUrl: string): Promise<LoadedCity>;
  /** Buildings whose centroid lies inside, the tallest and fullest first, `limit` of them listed (200); facilities, mains, people by hour. Provenance SAMPLE. */
  inside(area: AnalysisArea, limit?: number): Promise<AffectedSummary>;
  /** Level pool from the river: connected cells below `level` (m above normal river level). Not a hydraulic model. */
  inundate(level: number): Promise<{
    readonly mesh: WaterMesh;
    readonly affected: AffectedSummary;
    readonly floodedRows: Uint32Array;
  }>;
  /** Ways by road from each start to a place, by time at the speeds of src/domain/road.ts. Undirected roads. */
  routes(to: LonLatPlace, from: readonly RouteStart[]): Promise<RouteAnswer>;
  /** Crews of the city's depots at a moment (epoch ms), as the orders given by then move them. SIMULATED; empty without depots. */
  units(orders: readonly UnitOrder[], timeMs: number): Promise<readonly Unit[]>;
  /** Reported units of which some were given orders that only this page carries out: these drive by simulation, the others stay. */
  steer(units: readonly Unit[], orders: readonly UnitOrder[], timeMs: number): Promise<readonly Unit[]>;
  /** Where people are and no live sensor or no unit is. SAMPLE city; roads missing leave `unreached` empty. */
  coverage(request: CoverageRequest): Promise<Coverage>;
  /** Isolation and protective zones of a gas release. SIMULATED. */
  release(request: ReleaseRequest): Promise<ReleaseAnswer>;
  /** Outline of circles of `radius` metres round places (interleaved lon, lat, degrees), in forty parts at most. Needs no city. */
  outline(places: Float64Array, radius: number): Promise<AnalysisArea>;
  /** The building that a place is in or within 15 m of, by footprints taken as circles of their area; null where none is. */
  buildingAt(place: LonLatPlace): Promise<AffectedSummary["rows"][number] | null>;
  /** Buildings whose id, name or district contains the text; at most `limit`. */
  find(text: string, limit: number): Promise<AffectedSummary["rows"]>;
}
