import { TwinError } from "../../src/base/errors.ts";
import {
  type ColumnValue,
  isPresent,
  parseQuery,
  type QueryTerm,
  valueMatcher,
} from "../../src/domain/reading/query.ts";
import type { TableColumn } from "../../src/domain/table.ts";
import type { TableSource } from "./table-source.ts";

type RowTest = (row: number) => boolean;

/** A test of rows for a filter; null for one that takes all. Throws TwinError `table.unknown-column`. */
export function rowFilter(source: TableSource, filter: string): RowTest | null {
  const tests = parseQuery(filter).map((term) => testOf(source, term));
  if (tests.length === 0) return null;
  return (row) => tests.every((test) => test(row));
}

/** Position of a column by its name or either title, letter case aside; -1 for none. */
export function columnNamed(columns: readonly TableColumn[], name: string): number {
  const wanted = name.trim().toLowerCase();
  return columns.findIndex(({ name: own, title }) =>
    [own, title?.zh, title?.en].some((one) => one?.toLowerCase() === wanted),
  );
}

function testOf(source: TableSource, term: QueryTerm): RowTest {
  if (term.kind === "text") return textTest(source, term.text, term.isNot);
  const name = term.set === null ? term.name : `${term.set}.${term.name}`;
  const column = columnNamed(source.columns, name);
  if (column < 0) {
    const names = source.columns.map((one) => one.title?.zh ?? one.name).join("、");
    throw new TwinError(
      "table.unknown-column",
      `The table has no column "${name}". Its columns are: ${source.columns.map((one) => one.name).join(", ")}.`,
      { column: name, columns: names },
    );
  }
  const { operator, value, isNot } = term;
  if (operator === "=" && value === "-") return (row) => isPresent(source.value(row, column)) === isNot;
  const matches = valueMatcher(operator === "!=" ? "=" : operator, value);
  const words = wordsTest(source.columns[column]!, matches);
  const isTurned = (operator === "!=") !== isNot;
  return (row) => {
    const own = source.value(row, column);
    if (!isPresent(own)) return false;
    return (matches(own) || words(own)) !== isTurned;
  };
}

/** Codes are found by what they mean as well, in both languages; decided once for each code. */
function wordsTest({ words }: TableColumn, matches: (value: ColumnValue) => boolean) {
  if (!words) return () => false;
  const found = new Set(
    Object.entries(words).flatMap(([code, { zh, en }]) => (matches(zh) || matches(en) ? [code] : [])),
  );
  return (value: ColumnValue) => found.has(String(value));
}

function textTest(source: TableSource, text: string, isNot: boolean): RowTest {
  const wanted = text.toLowerCase();
  const columns = source.columns.flatMap(({ kind, words }, at) => {
    if (kind !== "text") return [];
    const codes = Object.entries(words ?? {}).flatMap(([code, { zh, en }]) =>
      `${zh} ${en}`.toLowerCase().includes(wanted) ? [code] : [],
    );
    return [{ at, codes: new Set(codes) }];
  });
  return (row) =>
    columns.some(({ at, codes }) => {
      const value = source.value(row, at);
      return isPresent(value) && (String(value).toLowerCase().includes(wanted) || codes.has(String(value)));
    }) !== isNot;
}
