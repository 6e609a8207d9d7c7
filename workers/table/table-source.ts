import type { ColumnValue } from "../../src/domain/reading/query.ts";
import type { TableColumn } from "../../src/domain/table.ts";

/** What a table is made of: rows by number, columns by position. */
export interface TableSource {
  readonly count: number;
  readonly columns: readonly TableColumn[];
  value(row: number, column: number): ColumnValue;
  /** Numbers of a column at once, NaN where there is none; null for columns of text. */
  numbers?(column: number): ArrayLike<number> | null;
  idOf(row: number): string;
  /** A GeoJSON geometry in degrees; null where the row has no place. */
  geometryOf(row: number): { readonly type: string; readonly coordinates: unknown } | null;
}
