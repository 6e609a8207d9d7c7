import type { TableClasses, TableColumn, TableQuery, TableRows } from "../../src/domain/table.ts";

export type ExportFormat = "csv" | "geojson";

/** What a table is at the moment: how many rows pass, of how many. */
export interface TableState {
  readonly total: number;
  readonly count: number;
  readonly columns: readonly TableColumn[];
}

export interface ExportWords {
  readonly language: "zh" | "en";
  /** Lines above the table: what it is, where from. Each a row of fields. */
  readonly about: readonly (readonly string[])[];
  /** LIVE, RECORDED, SIMULATED or SAMPLE. */
  readonly provenance: string;
}

/** Verbs of a worker that holds a table. Rows are asked for as they come into view. */
export interface TableVerbs {
  /** Filters and sorts. Throws TwinError `table.unknown-column`; the table is then as before. */
  tableQuery(query: TableQuery): Promise<TableState>;
  /** Rows `from` to `to` of those that pass, in the order of the query. */
  tableRows(from: number, to: number): Promise<TableRows>;
  /** Place of a feature among the rows that pass; -1 when it does not. */
  tablePosition(feature: number): Promise<number>;
  tableClasses(column: string): Promise<TableClasses>;
  /** The rows that pass, as a file. */
  tableExport(format: ExportFormat, words: ExportWords): Promise<Blob>;
}
