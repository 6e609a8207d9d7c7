import { TwinError } from "../../src/base/errors.ts";
import { type ElementColouring, NO_CLASS } from "../../src/domain/reading/model-reading.ts";
import { isPresent } from "../../src/domain/reading/query.ts";
import type { Column, PropertyTable } from "./property-table.ts";
import { columnsFor } from "./search.ts";

/** Told apart beside each other in both themes; none of the four warning colours is among them. */
const KINDS = [
  "#5b93bd",
  "#c98fb5",
  "#7ea873",
  "#c8b68a",
  "#8f86c9",
  "#4fb8a4",
  "#a97f63",
  "#b5728c",
  "#6fa9ad",
  "#9aa86a",
  "#7d8fd6",
];
const REST = "#aab2ba";
/** One hue from dark to light. */
const RAMP = ["#34506b", "#2f6f8f", "#2f93a0", "#4fb8a4", "#93d6b4", "#dff2d8"];

/** The column that most elements carry: a property may be in several sets. */
function fullest(columns: readonly Column[]): Column | null {
  return columns.reduce<Column | null>(
    (best, column) => (best && best.rows.length >= column.rows.length ? best : column),
    null,
  );
}

/**
 * Elements by the values of a property: numbers in six classes of about equal size, anything else by kind, the commonest
 * first, what is beyond eleven together.
 * @throws TwinError `reading.unknown_property`
 */
export function colourBy(table: PropertyTable, property: string): ElementColouring {
  const dot = table.fields.has(property) ? -1 : property.indexOf(".");
  const column = fullest(columnsFor(table, dot < 0 ? null : property.slice(0, dot), property.slice(dot + 1)));
  if (!column || column.rows.length === 0)
    throw new TwinError(
      "reading.unknown_property",
      `No element of this model has the property ${property}.`,
      {
        property,
      },
    );
  const present = column.distinct.filter(isPresent);
  const isNumeric = present.length > KINDS.length && present.every((value) => typeof value === "number");
  return isNumeric ? byRange(table.count, column, property) : byKind(table.count, column, property);
}

function byKind(count: number, { rows, codes, distinct }: Column, property: string): ElementColouring {
  const sizes = distinct.map(() => 0);
  for (const code of codes) sizes[code]!++;
  const order = distinct
    .map((_, code) => code)
    .filter((code) => isPresent(distinct[code]))
    .sort((a, b) => sizes[b]! - sizes[a]!);
  const classOf = distinct.map(() => NO_CLASS);
  order.forEach((code, at) => {
    classOf[code] = Math.min(at, KINDS.length);
  });
  const classes = order.slice(0, KINDS.length).map((code, at) => ({
    label: String(distinct[code]),
    color: KINDS[at]!,
    count: sizes[code]!,
  }));
  const rest = order.slice(KINDS.length).reduce((sum, code) => sum + sizes[code]!, 0);
  if (rest > 0) classes.push({ label: "…", color: REST, count: rest });
  const byRow = new Uint8Array(count).fill(NO_CLASS);
  rows.forEach((row, i) => {
    byRow[row] = classOf[codes[i]!]!;
  });
  return { property, classes, codes: byRow };
}

function byRange(count: number, { rows, codes, distinct }: Column, property: string): ElementColouring {
  const values = Array.from(codes, (code) => distinct[code] as number);
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  const breaks = RAMP.slice(1).map((_, i) => sorted[Math.floor(((i + 1) * sorted.length) / RAMP.length)]!);
  const edges = [...new Set(breaks)];
  const classOf = (value: number) => edges.filter((edge) => value >= edge).length;
  const byRow = new Uint8Array(count).fill(NO_CLASS);
  rows.forEach((row, i) => {
    if (values[i] !== null) byRow[row] = classOf(values[i]!);
  });
  const show = (value: number) => String(Number(value.toPrecision(5)));
  const classes = RAMP.slice(0, edges.length + 1).map((color, at) => ({
    label:
      at === 0
        ? `< ${show(edges[0]!)}`
        : at === edges.length
          ? `≥ ${show(edges[at - 1]!)}`
          : `${show(edges[at - 1]!)} – ${show(edges[at]!)}`,
    color,
    count: byRow.filter((code) => code === at).length,
  }));
  return { property, classes, codes: byRow };
}
