import { TwinError } from "../../src/base/errors.ts";
import type { BuildingIndex } from "../../src/domain/building-index.ts";
import { decodeBuildingIndex, decodeGroundGrid } from "../../src/domain/building-index-codec.ts";
import type { AffectedBuilding, AffectedSummary } from "../../src/domain/scenario.ts";
import { describeBuilding, summarize } from "./affected.ts";
import { areaKm2, rowsInside } from "./area-search.ts";
import { findBuildings } from "./building-search.ts";
import type { AnalysisArea, AnalysisWorker } from "./contract.ts";
import { type Inundation, InundationDesk } from "./inundation.ts";

/** Bytes of a URL; null when there is no such file. */
export type ReadBytes = (url: string) => Promise<ArrayBuffer | null>;

/** What the analysis worker exposes, without the worker: questions about the buildings of one city. */
export class AnalysisSession implements AnalysisWorker {
  readonly #read: ReadBytes;
  #index: BuildingIndex | null = null;
  #inundation: InundationDesk | null = null;

  constructor(read: ReadBytes = fetchBytes) {
    this.#read = read;
  }

  async load(cityUrl: string): Promise<{ readonly buildings: number; readonly hasGround: boolean }> {
    const base = cityUrl.endsWith("/") ? cityUrl : `${cityUrl}/`;
    const [index, ground] = await Promise.all([
      this.#read(`${base}index.bin`),
      this.#read(`${base}ground.bin`),
    ]);
    if (index === null)
      throw new TwinError(
        "analysis.index",
        `The city has no building index at ${base}index.bin: lists and counts of buildings are not available.`,
        {
          url: `${base}index.bin`,
        },
      );
    this.#index = decodeBuildingIndex(index);
    this.#inundation = ground === null ? null : new InundationDesk(this.#index, decodeGroundGrid(ground));
    return { buildings: this.#index.count, hasGround: ground !== null };
  }

  async inside(area: AnalysisArea, limit?: number): Promise<AffectedSummary> {
    const index = this.#loaded();
    return summarize(index, rowsInside(index, area), null, areaKm2(area), limit);
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

  async find(text: string, limit: number): Promise<readonly AffectedBuilding[]> {
    const index = this.#loaded();
    return findBuildings(index, text, limit).map((row) => describeBuilding(index, row, null));
  }

  #loaded(): BuildingIndex {
    if (this.#index === null)
      throw new TwinError("analysis.not-loaded", "No city is loaded for analysis yet: open a city first.");
    return this.#index;
  }
}

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
