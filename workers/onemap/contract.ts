import type { PlainError } from "../../src/base/errors.ts";
import type { FoundPlace } from "../../src/domain/found-place.ts";
import type { CheckedModel, RedLineReport } from "../../src/domain/red-line.ts";
import type { TableVerbs } from "../table/contract.ts";

/** Exposed by onemap.worker.ts through Comlink: the buildings of a city as a table, red lines, and places by name. */
export interface OnemapWorker extends TableVerbs {
  /** The city that further calls are about, by the address of its tileset folder. Loads nothing yet. */
  setCity(cityUrl: string, catalogueUrl: string): Promise<void>;
  /** Row of the building in the table, by its id; -1 when there is none. Loads the building index. */
  buildingRow(id: string): Promise<number>;
  /** Which buildings a filter of the table's language leaves out. Throws TwinError `table.unknown-column`. */
  filterBuildings(filter: string): Promise<FilteredBuildings>;
  buildingOf(row: number): Promise<BuildingRow | null>;
  /** Compares buildings and models with the city's control plan and its three lines. Throws TwinError `red-line.no-plan`. */
  redLines(models: readonly CheckedModel[]): Promise<RedLineReport>;
  /** Places by name, by pinyin (whole or initials) or by division code, best first. */
  findPlaces(text: string, limit: number): Promise<readonly FoundPlace[]>;
  /** Files of the city that could not be read, since the last question. */
  problems(): Promise<readonly PlainError[]>;
}

export interface FilteredBuildings {
  /** A byte a row, 1 where the building is left out. */
  readonly leftOut: Uint8Array;
  /** Buildings that pass. */
  readonly count: number;
}

export interface BuildingRow {
  readonly id: string;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly height: number;
}
