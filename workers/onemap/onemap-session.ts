import { type PlainError, TwinError, toPlainError } from "../../src/base/errors.ts";
import type { BuildingIndex } from "../../src/domain/building-index.ts";
import {
  buildingIdOfRow,
  decodeBuildingIndex,
  rowOfBuildingId,
} from "../../src/domain/building-index-codec.ts";
import type { FoundPlace } from "../../src/domain/found-place.ts";
import type { CheckedModel, RedLineReport } from "../../src/domain/red-line.ts";
import { rowFilter } from "../table/row-filter.ts";
import { TableView } from "../table/table-view.ts";
import { BuildingTable } from "./building-table.ts";
import type { BuildingRow, FilteredBuildings } from "./contract.ts";
import { basePlaces, divisionPlaces, facilityPlaces, PlaceIndex, type Speak } from "./place-index.ts";
import { type PlanArea, planAreas } from "./plan-areas.ts";
import { checkRedLines } from "./red-lines.ts";

/** Bytes of a URL; null when there is no such file. */
export type ReadBytes = (url: string) => Promise<ArrayBuffer | null>;

interface City {
  readonly url: string;
  readonly catalogueUrl: string;
  index?: Promise<BuildingIndex>;
  table?: Promise<TableView>;
  places?: Promise<PlaceIndex>;
  plan?: Promise<{ readonly blocks: readonly PlanArea[]; readonly lines: readonly PlanArea[] }>;
}

/** What the worker exposes, without the worker. Each file of a city is read at the first question that needs it. */
export class OnemapSession {
  readonly #read: ReadBytes;
  readonly #speak: () => Promise<Speak>;
  #city: City | null = null;
  #problems: PlainError[] = [];

  /** `speak` is loaded at the first search: its dictionary is larger than all else. */
  constructor(read: ReadBytes, speak: () => Promise<Speak>) {
    this.#read = read;
    this.#speak = speak;
  }

  setCity(cityUrl: string, catalogueUrl: string): void {
    const url = cityUrl.endsWith("/") ? cityUrl : `${cityUrl}/`;
    if (this.#city?.url !== url) this.#city = { url, catalogueUrl };
  }

  table(): Promise<TableView> {
    const city = this.#chosen();
    return this.#once(city, "table", async () => new TableView(new BuildingTable(await this.#index())));
  }

  async buildingRow(id: string): Promise<number> {
    return rowOfBuildingId(await this.#index(), id);
  }

  async filterBuildings(filter: string): Promise<FilteredBuildings> {
    const index = await this.#index();
    const passes = rowFilter(new BuildingTable(index), filter);
    const leftOut = new Uint8Array(index.count);
    let count = index.count;
    if (passes)
      for (let row = 0; row < leftOut.length; row++)
        if (!passes(row)) {
          leftOut[row] = 1;
          count--;
        }
    return { leftOut, count };
  }

  async buildingOf(row: number): Promise<BuildingRow | null> {
    const index = await this.#index();
    if (!(row >= 0 && row < index.count)) return null;
    return {
      id: buildingIdOfRow(index, row),
      longitudeDeg: index.longitudeDeg[row]!,
      latitudeDeg: index.latitudeDeg[row]!,
      height: index.height[row]!,
    };
  }

  async redLines(models: readonly CheckedModel[]): Promise<RedLineReport> {
    const city = this.#chosen();
    const plan = await this.#once(city, "plan", async () => ({
      blocks: planAreas(await this.#json("plan-control.geojson"), "plan-control.geojson"),
      lines: planAreas(await this.#json("plan-lines.geojson"), "plan-lines.geojson"),
    }));
    return checkRedLines(await this.#index(), plan, models);
  }

  async findPlaces(text: string, limit: number): Promise<readonly FoundPlace[]> {
    const city = this.#chosen();
    const places = await this.#once(city, "places", () => this.#loadPlaces(city));
    return places.find(text, limit);
  }

  takeProblems(): readonly PlainError[] {
    const problems = this.#problems;
    this.#problems = [];
    return problems;
  }

  async #loadPlaces(city: City): Promise<PlaceIndex> {
    const speak = await this.#speak();
    const [base, facilities, divisions] = await Promise.all(
      [`${city.url}base.json`, `${city.url}facilities.json`, `${city.catalogueUrl}districts.json`].map(
        (url) => this.#jsonOrNull(url),
      ),
    );
    const { places, codes } = divisionPlaces(divisions);
    const noted = basePlaces(base).map((place) => {
      const code = place.kind === "division" ? codes.get(place.name.zh) : undefined;
      return code ? { ...place, note: { zh: code, en: code } } : place;
    });
    return new PlaceIndex([...noted, ...places, ...facilityPlaces(facilities)], codes, speak);
  }

  /** A file that is missing or damaged is told, and its places are not found. */
  async #jsonOrNull(url: string): Promise<unknown> {
    try {
      const bytes = await this.#read(url);
      return bytes ? JSON.parse(new TextDecoder().decode(bytes)) : null;
    } catch (error) {
      this.#problems.push(toPlainError(error));
      return null;
    }
  }

  async #json(file: string): Promise<unknown> {
    const url = `${this.#chosen().url}${file}`;
    const bytes = await this.#read(url);
    if (!bytes)
      throw new TwinError(
        "red-line.no-plan",
        `The city has no plan at ${url}: there is nothing to compare its buildings with.`,
        { url },
      );
    return JSON.parse(new TextDecoder().decode(bytes));
  }

  #index(): Promise<BuildingIndex> {
    const city = this.#chosen();
    return this.#once(city, "index", async () => {
      const url = `${city.url}index.bin`;
      const bytes = await this.#read(url);
      if (!bytes)
        throw new TwinError(
          "analysis.index",
          `The city has no building index at ${url}: lists and counts of buildings are not available.`,
          { url },
        );
      return decodeBuildingIndex(bytes);
    });
  }

  /** Loaded once; what failed is tried again at the next question. */
  #once<K extends "index" | "table" | "places" | "plan">(
    city: City,
    key: K,
    load: () => Promise<Awaited<NonNullable<City[K]>>>,
  ): NonNullable<City[K]> {
    if (!city[key]) {
      const loading = load() as NonNullable<City[K]>;
      city[key] = loading;
      loading.catch(() => {
        delete city[key];
      });
    }
    return city[key]!;
  }

  #chosen(): City {
    if (!this.#city)
      throw new TwinError("analysis.not-loaded", "No city is loaded for analysis yet: open a city first.");
    return this.#city;
  }
}
