import { type PlainError, TwinError, toPlainError } from "../../src/base/errors.ts";
import { outlineOfPlaces } from "../../src/domain/alert-area.ts";
import type { BuildingIndex } from "../../src/domain/building-index.ts";
import { decodeBuildingIndex, decodeGroundGrid } from "../../src/domain/building-index-codec.ts";
import type { Coverage } from "../../src/domain/coverage.ts";
import { type CityFacilities, parseFacilities } from "../../src/domain/facility-parser.ts";
import { type PipeNetwork, parsePipeNetwork } from "../../src/domain/pipe-network.ts";
import type { Unit } from "../../src/domain/response.ts";
import type { AffectedBuilding, AffectedSummary } from "../../src/domain/scenario.ts";
import type { UnitOrder } from "../../src/domain/unit-order.ts";
import { describeBuilding, summarize } from "./affected.ts";
import { areaKm2, rowsInside } from "./area-search.ts";
import { findBuildings, rowAt } from "./building-search.ts";
import type {
  AnalysisArea,
  AnalysisWorker,
  CoverageRequest,
  LoadedCity,
  LonLatPlace,
  ReleaseAnswer,
  ReleaseRequest,
  RouteAnswer,
  RouteStart,
} from "./contract.ts";
import { coverageOf } from "./coverage.ts";
import { type Inundation, InundationDesk } from "./inundation.ts";
import { releaseZones } from "./release-zones.ts";
import { RoadNetwork, roadLinesOf } from "./road-network.ts";
import { facilitiesInside, pipesInside } from "./surroundings.ts";
import { UnitSimulation } from "./unit-simulation.ts";

/** Bytes of a URL; null when there is no such file. */
export type ReadBytes = (url: string) => Promise<ArrayBuffer | null>;

/** What the analysis worker exposes, without the worker: questions about the buildings of one city. */
export class AnalysisSession implements AnalysisWorker {
  readonly #read: ReadBytes;
  #index: BuildingIndex | null = null;
  #inundation: InundationDesk | null = null;
  #facilities: CityFacilities | null = null;
  #network: PipeNetwork | null = null;
  #roadLines: ReturnType<typeof roadLinesOf> | null = null;
  #roads: RoadNetwork | null = null;
  #units: UnitSimulation | null = null;

  constructor(read: ReadBytes = fetchBytes) {
    this.#read = read;
  }

  async load(cityUrl: string): Promise<LoadedCity> {
    const base = cityUrl.endsWith("/") ? cityUrl : `${cityUrl}/`;
    const files = ["index.bin", "ground.bin", "facilities.json", "network.json", "base.json"];
    const [index, ground, facilities, network, baseMap] = await Promise.all(
      files.map((file) => this.#read(`${base}${file}`)),
    );
    if (!index)
      throw new TwinError(
        "analysis.index",
        `The city has no building index at ${base}index.bin: lists and counts of buildings are not available.`,
        {
          url: `${base}index.bin`,
        },
      );
    this.#index = decodeBuildingIndex(index);
    const problems: PlainError[] = [];
    const ifRight = <T>(bytes: ArrayBuffer | null | undefined, parse: (json: unknown) => T): T | null => {
      if (!bytes) return null;
      try {
        return parse(JSON.parse(new TextDecoder().decode(bytes)));
      } catch (error) {
        problems.push(toPlainError(error));
        return null;
      }
    };
    this.#facilities = ifRight(facilities, parseFacilities);
    this.#network = ifRight(network, parsePipeNetwork);
    this.#roadLines = ifRight(baseMap, roadLinesOf);
    this.#roads = null;
    this.#units = null;
    this.#inundation = ground
      ? new InundationDesk(this.#index, decodeGroundGrid(ground), this.#facilities?.facilities)
      : null;
    return {
      buildings: this.#index.count,
      hasGround: this.#inundation !== null,
      facilities: this.#facilities?.facilities.length ?? 0,
      problems,
    };
  }

  async inside(area: AnalysisArea, limit?: number): Promise<AffectedSummary> {
    const index = this.#loaded();
    return {
      ...summarize(index, rowsInside(index, area), null, areaKm2(area), limit),
      ...(this.#facilities && { facilities: facilitiesInside(this.#facilities.facilities, area) }),
      ...(this.#network && { pipes: pipesInside(this.#network, area) }),
    };
  }

  async routes(to: LonLatPlace, from: readonly RouteStart[]): Promise<RouteAnswer> {
    const ways = this.#roadNetwork().waysTo(to, from);
    const routes = ways.flatMap((way, i) => (way === null ? [] : [{ unitId: from[i]!.unitId, ...way }]));
    return {
      routes: routes.sort((a, b) => a.durationS - b.durationS || (a.unitId < b.unitId ? -1 : 1)),
      unreachable: from.filter((_, i) => ways[i] === null).map(({ unitId }) => unitId),
    };
  }

  async inundate(level: number): Promise<Inundation> {
    this.#loaded();
    if (this.#inundation === null)
      throw new TwinError(
        "analysis.ground",
        "This city has no ground grid (ground.bin): inundation is not available.",
      );
    return this.#inundation.at(level);
  }

  async coverage(request: CoverageRequest): Promise<Coverage> {
    const index = this.#loaded();
    return coverageOf(index, request, this.#roadLines?.length ? this.#roadNetwork() : null);
  }

  /** Needs no city. */
  async release(request: ReleaseRequest): Promise<ReleaseAnswer> {
    return releaseZones(request);
  }

  /** Needs no city. */
  async outline(places: Float64Array, radius: number): Promise<AnalysisArea> {
    return outlineOfPlaces(places, radius);
  }

  async buildingAt(place: LonLatPlace): Promise<AffectedBuilding | null> {
    const index = this.#loaded();
    const row = rowAt(index, place);
    return row < 0 ? null : describeBuilding(index, row, null);
  }

  async find(text: string, limit: number): Promise<readonly AffectedBuilding[]> {
    const index = this.#loaded();
    return findBuildings(index, text, limit).map((row) => describeBuilding(index, row, null));
  }

  async units(orders: readonly UnitOrder[], timeMs: number): Promise<readonly Unit[]> {
    this.#loaded();
    if (this.#facilities === null) return [];
    return this.#simulation().at(orders, timeMs);
  }

  async steer(
    units: readonly Unit[],
    orders: readonly UnitOrder[],
    timeMs: number,
  ): Promise<readonly Unit[]> {
    return this.#simulation().steer(units, orders, timeMs);
  }

  #simulation(): UnitSimulation {
    this.#units ??= new UnitSimulation(this.#facilities ?? NO_FACILITIES, this.#roadNetwork());
    return this.#units;
  }

  /** Made at the first question: it takes longer than everything else that is loaded. */
  #roadNetwork(): RoadNetwork {
    this.#loaded();
    if (this.#roadLines === null || this.#roadLines.length === 0)
      throw new TwinError(
        "analysis.roads",
        "This city has no road map (base.json): ways and travel times are not available.",
      );
    this.#roads ??= new RoadNetwork(this.#roadLines);
    return this.#roads;
  }

  #loaded(): BuildingIndex {
    if (this.#index === null)
      throw new TwinError("analysis.not-loaded", "No city is loaded for analysis yet: open a city first.");
    return this.#index;
  }
}

const NO_FACILITIES: Pick<CityFacilities, "facilities" | "depots"> = { facilities: [], depots: [] };

async function fetchBytes(url: string): Promise<ArrayBuffer | null> {
  const response = await fetch(url);
  if (response.status === 404) return null;
  if (!response.ok)
    throw new TwinError(
      "analysis.fetch",
      `${url} could not be loaded (HTTP ${response.status}). Try again.`,
      {
        url,
        status: response.status,
      },
    );
  return response.arrayBuffer();
}
