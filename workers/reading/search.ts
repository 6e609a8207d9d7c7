import {
  type ColumnValue,
  classMatcher,
  fieldOf,
  isPresent,
  nameMatcher,
  parseQuery,
  type QueryTerm,
  valueMatcher,
} from "../../src/domain/reading/query.ts";
import { type Rows, toRows } from "../../src/domain/reading/row-set.ts";
import type { Column, PropertyTable } from "./property-table.ts";

type Compare = Extract<QueryTerm, { kind: "compare" }>;

/** Sets whose values are no text to look in freely: too many, too alike. */
const TEXT_FIELDS = ["name", "class", "type", "globalid", "material", "system", "storey"];

/** Rows for which all terms of the query hold; none for an empty query. */
export function searchTable(table: PropertyTable, query: string): Rows {
  const terms = parseQuery(query);
  if (terms.length === 0) return toRows([], 0);
  const isFound = new Uint8Array(table.count).fill(1);
  for (const term of terms) {
    const holds = term.kind === "text" ? textMask(table, term.text) : compareMask(table, term);
    for (let row = 0; row < table.count; row++) if (Boolean(holds[row]) === term.isNot) isFound[row] = 0;
  }
  return rowsOf(isFound);
}

function rowsOf(mask: Uint8Array): Rows {
  const rows: number[] = [];
  mask.forEach((is, row) => {
    if (is) rows.push(row);
  });
  return toRows(rows, mask.length);
}

function mark(
  mask: Uint8Array,
  { rows, codes, distinct }: Column,
  matches: (value: ColumnValue) => boolean,
): void {
  const isMatch = distinct.map((value) => isPresent(value) && matches(value));
  if (!isMatch.includes(true)) return;
  for (let i = 0; i < rows.length; i++) if (isMatch[codes[i]!]) mask[rows[i]!] = 1;
}

function textMask(table: PropertyTable, text: string): Uint8Array {
  const mask = new Uint8Array(table.count);
  const wanted = text.toLowerCase();
  const contains = (value: ColumnValue) => typeof value === "string" && value.toLowerCase().includes(wanted);
  for (const field of TEXT_FIELDS) mark(mask, table.fields.get(field)!, contains);
  for (const column of table.columns) mark(mask, column, contains);
  return mask;
}

/** Columns that a name in a query means: a field of the element, else properties of that name in matching sets. */
export function columnsFor(table: PropertyTable, set: string | null, name: string): readonly Column[] {
  const field = set === null ? fieldOf(name) : null;
  if (field) return [table.fields.get(field)!];
  const isName = nameMatcher(name);
  const isSet = set === null ? () => true : nameMatcher(set);
  return table.columns.filter((column) => isName(column.name) && isSet(column.set));
}

/**
 * `=*` any value, `=-` none, `!=x` a value that is not x; the rest compare. A property that an element has several times
 * holds when one of them does.
 */
function compareMask(table: PropertyTable, { set, name, operator, value }: Compare): Uint8Array {
  const mask = new Uint8Array(table.count);
  const columns = columnsFor(table, set, name);
  const isClass = set === null && fieldOf(name) === "class";
  if (operator === "=" && value === "-") {
    for (const column of columns) mark(mask, column, () => true);
    return mask.map((has) => 1 - has);
  }
  if (operator === "=" && value === "*") {
    for (const column of columns) mark(mask, column, () => true);
    return mask;
  }
  const isEqual = isClass && operator !== "~" ? classTest(value) : null;
  if (operator === "!=") {
    const matches = isEqual ?? valueMatcher("=", value);
    for (const column of columns) mark(mask, column, (own) => !matches(own));
    return mask;
  }
  for (const column of columns) mark(mask, column, isEqual ?? valueMatcher(operator, value));
  return mask;
}

function classTest(text: string): (value: ColumnValue) => boolean {
  const matches = classMatcher(text);
  return (value) => matches(String(value));
}
