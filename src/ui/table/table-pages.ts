import { useEffect, useState } from "react";
import type { ColumnValue } from "../../domain/reading/query.ts";
import { useTwin } from "../context.tsx";

const PAGE = 120;

export interface ShownRow {
  readonly feature: number;
  readonly cells: readonly ColumnValue[];
}

/** The pages of rows that a span touches. Pure for tests. */
export function pagesOf(first: number, last: number, count: number): readonly number[] {
  const pages: number[] = [];
  for (let page = Math.floor(first / PAGE); page * PAGE < Math.min(last, count); page++) pages.push(page);
  return pages;
}

/** Rows of the open table in a span, as they arrive from its worker; undefined until then. A new version forgets all. */
export function useTableRows(
  first: number,
  last: number,
  count: number,
  version: number,
): (row: number) => ShownRow | undefined {
  const { signals } = useTwin();
  const [held, setHeld] = useState<{ version: number; pages: ReadonlyMap<number, readonly ShownRow[]> }>({
    version,
    pages: new Map(),
  });
  const pages = held.version === version ? held.pages : new Map<number, readonly ShownRow[]>();
  const missing = pagesOf(first, last, count)
    .filter((page) => !pages.has(page))
    .join();
  useEffect(() => {
    if (missing === "") return;
    let isCurrent = true;
    for (const page of missing.split(",").map(Number))
      void signals.tableRows(page * PAGE, (page + 1) * PAGE).then(({ features, cells }) => {
        if (!isCurrent) return;
        const rows = features.map((feature, i) => ({ feature, cells: cells[i] ?? [] }));
        setHeld((now) => ({
          version,
          pages: new Map(now.version === version ? now.pages : []).set(page, rows),
        }));
      });
    return () => {
      isCurrent = false;
    };
  }, [missing, version, signals]);
  return (row) => pages.get(Math.floor(row / PAGE))?.[row % PAGE];
}
