import { isPresent } from "../../src/domain/reading/query.ts";
import type { TableClass, TableClasses } from "../../src/domain/table.ts";
import type { TableSource } from "./table-source.ts";

const MOST_CLASSES = 12;
const SPANS = 8;

/** Counts rows by the values of a column, most first; a number of many values falls into even spans with round edges. */
export function classesOf(source: TableSource, rows: Uint32Array, column: number): TableClasses {
  const { name, kind } = source.columns[column]!;
  const counts = new Map<string, number>();
  let empty = 0;
  let [low, high] = [Infinity, -Infinity];
  for (const row of rows) {
    const value = source.value(row, column);
    if (!isPresent(value)) {
      empty++;
      continue;
    }
    if (typeof value === "number") {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    const key = String(value);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  if (kind === "number" && counts.size > MOST_CLASSES)
    return { column: name, classes: spans(source, rows, column, low, high), empty, others: NO_OTHERS };
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  const rest = sorted.slice(MOST_CLASSES);
  return {
    column: name,
    classes: sorted.slice(0, MOST_CLASSES).map(([value, count]) => ({ label: value, value, count })),
    empty,
    others: { classes: rest.length, rows: rest.reduce((sum, [, count]) => sum + count, 0) },
  };
}

const NO_OTHERS = { classes: 0, rows: 0 } as const;

function spans(
  source: TableSource,
  rows: Uint32Array,
  column: number,
  low: number,
  high: number,
): TableClass[] {
  const step = roundStep((high - low) / SPANS);
  const from = Math.floor(low / step) * step;
  const counts = new Array<number>(Math.floor((high - from) / step) + 1).fill(0);
  for (const row of rows) {
    const value = source.value(row, column);
    if (typeof value === "number" && Number.isFinite(value)) counts[Math.floor((value - from) / step)]! += 1;
  }
  return counts.map((count, i) => {
    const edges = [from + i * step, from + (i + 1) * step].map((edge) => Number(edge.toPrecision(6)));
    return { label: edges.join(" – "), value: "", count };
  });
}

/** 1, 2 or 5 times a power of ten, not below the given step. */
export function roundStep(step: number): number {
  if (!(step > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(step));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= step - 1e-12) ?? 10);
}
