import type { LocalText } from "./provenance.ts";
import type { ColumnValue } from "./reading/query.ts";

/** A column of an attribute table. */
export interface TableColumn {
  /** As the data names it. */
  readonly name: string;
  readonly kind: "text" | "number" | "boolean";
  /** What people call it, where that is known. */
  readonly title?: LocalText;
  readonly unit?: string;
  /** What codes mean. */
  readonly words?: Readonly<Record<string, LocalText>>;
}

export interface TableQuery {
  /** The language of src/domain/reading/README.md, over columns by their name or title. Empty takes all rows. */
  readonly filter: string;
  /** Name of a column; null keeps the order of the data. */
  readonly sort: string | null;
  readonly isDescending: boolean;
}

/** Rows of a table as they are shown: cells in the order of the columns. */
export interface TableRows {
  /** Position of each row in the data. */
  readonly features: readonly number[];
  readonly cells: readonly (readonly ColumnValue[])[];
}

export interface TableClass {
  readonly label: string;
  /** The code that the label stands for; empty for a span of numbers. */
  readonly value: string;
  readonly count: number;
}

/** How the rows that pass the filter fall into classes of one column: values, or spans of a number. */
export interface TableClasses {
  readonly column: string;
  readonly classes: readonly TableClass[];
  /** Rows without a value. */
  readonly empty: number;
  /** Values beyond those listed, and their rows. */
  readonly others: { readonly classes: number; readonly rows: number };
}
