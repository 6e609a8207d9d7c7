import type { PlainError } from "../base/errors.ts";
import type { CatalogueGroup } from "../domain/map-catalogue.ts";
import type { LocalText } from "../domain/provenance.ts";
import type { RedLineReport } from "../domain/red-line.ts";
import type { TableClasses, TableColumn, TableQuery } from "../domain/table.ts";
import { createTwinStore } from "./create-store.ts";

export interface CatalogueState {
  readonly status: "loading" | "ready" | "failed";
  readonly groups: readonly CatalogueGroup[];
  /** Why it could not be read; the tree says so in its place. */
  readonly error: PlainError | null;
  /** Layers of the catalogue that are on their way. */
  readonly pending: readonly string[];
}

export interface OpenTable {
  readonly layerId: string;
  /** Rows are buildings of the city, or features of a layer. */
  readonly rows: "buildings" | "features";
  readonly title: LocalText;
  readonly total: number;
  readonly count: number;
  readonly columns: readonly TableColumn[];
  readonly query: TableQuery;
  /** Grows with every answer, so that shown rows are asked for again. */
  readonly version: number;
  readonly isBusy: boolean;
  /** Why the last filter could not be used; rows are then as before. */
  readonly error: PlainError | null;
  readonly classes: TableClasses | null;
}

export interface TableState {
  readonly open: OpenTable | null;
}

export interface BuildingFilterState {
  /** The filter that the city's buildings are drawn by, and how many pass it. */
  readonly active: {
    readonly filter: string;
    readonly others: "faint" | "hidden";
    readonly count: number;
    readonly total: number;
  } | null;
}

/** A file or a layer whose coordinate system the user is asked to name. */
export interface CrsQuestion {
  /** Files that could not be placed, as `file:<n>`, or the layer to read again. */
  readonly of: { readonly sources: readonly string[] } | { readonly layerId: string };
  /** File name: data, never HTML. */
  readonly subject: string;
  /** What it is read in now; empty while it cannot be. */
  readonly crs: string;
  readonly gcj02: boolean;
  readonly error: PlainError | null;
}

export interface CrsQuestionState {
  readonly asked: CrsQuestion | null;
}

export interface RedLineState {
  readonly status: "off" | "running" | "done" | "failed";
  readonly report: RedLineReport | null;
  readonly error: PlainError | null;
}

/** Stores of the one map. Rows of tables stay in workers. */
export function createMapStores() {
  return {
    catalogue: createTwinStore<CatalogueState>(
      "catalogue",
      { status: "loading", groups: [], error: null, pending: [] },
      { status: "none", groups: "none", error: "none", pending: "none" },
    ),
    table: createTwinStore<TableState>("table", { open: null }, { open: "none" }),
    buildingFilter: createTwinStore<BuildingFilterState>(
      "buildingFilter",
      { active: null },
      { active: "url" },
    ),
    crsQuestion: createTwinStore<CrsQuestionState>("crsQuestion", { asked: null }, { asked: "none" }),
    redLines: createTwinStore<RedLineState>(
      "redLines",
      { status: "off", report: null, error: null },
      { status: "none", report: "none", error: "none" },
    ),
  } as const;
}
