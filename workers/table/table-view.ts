import { TwinError } from "../../src/base/errors.ts";
import type { TableClasses, TableQuery, TableRows } from "../../src/domain/table.ts";
import type { ExportFormat, ExportWords, TableState, TableVerbs } from "./contract.ts";
import { csvParts, geoJsonParts } from "./export-rows.ts";
import { classesOf } from "./row-classes.ts";
import { columnNamed, rowFilter } from "./row-filter.ts";
import { sortRows } from "./row-order.ts";
import type { TableSource } from "./table-source.ts";

/** The rows of a source that pass a filter, in an order. */
export class TableView implements TableVerbs {
  readonly #source: TableSource;
  #rows: Uint32Array;
  #positions: Uint32Array | null = null;

  constructor(source: TableSource) {
    this.#source = source;
    this.#rows = Uint32Array.from({ length: source.count }, (_, row) => row);
  }

  async tableQuery({ filter, sort, isDescending }: TableQuery): Promise<TableState> {
    const source = this.#source;
    const passes = rowFilter(source, filter);
    const column = sort === null ? -1 : columnNamed(source.columns, sort);
    if (sort !== null && column < 0)
      throw new TwinError("table.unknown-column", `The table has no column "${sort}".`, {
        column: sort,
        columns: source.columns.map(({ name }) => name).join("、"),
      });
    const rows = new Uint32Array(source.count);
    let count = 0;
    for (let row = 0; row < source.count; row++) if (!passes || passes(row)) rows[count++] = row;
    this.#rows = rows.slice(0, count);
    this.#positions = null;
    if (column >= 0) sortRows(source, this.#rows, column, isDescending);
    return { total: source.count, count, columns: source.columns };
  }

  async tableRows(from: number, to: number): Promise<TableRows> {
    const features = Array.from(this.#rows.subarray(Math.max(0, from), Math.max(0, to)));
    const cells = features.map((row) =>
      this.#source.columns.map((_, column) => this.#source.value(row, column)),
    );
    return { features, cells };
  }

  async tablePosition(feature: number): Promise<number> {
    if (!this.#positions) {
      this.#positions = new Uint32Array(this.#source.count);
      this.#rows.forEach((row, at) => {
        this.#positions![row] = at + 1;
      });
    }
    return (this.#positions[feature] ?? 0) - 1;
  }

  async tableClasses(column: string): Promise<TableClasses> {
    const at = columnNamed(this.#source.columns, column);
    if (at < 0)
      throw new TwinError("table.unknown-column", `The table has no column "${column}".`, {
        column,
        columns: this.#source.columns.map(({ name }) => name).join("、"),
      });
    return classesOf(this.#source, this.#rows, at);
  }

  async tableExport(format: ExportFormat, words: ExportWords): Promise<Blob> {
    const parts = format === "csv" ? csvParts : geoJsonParts;
    const type = format === "csv" ? "text/csv" : "application/geo+json";
    return new Blob(parts(this.#source, this.#rows, words), { type });
  }
}
