import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { Command } from "../../commands/schemas.ts";
import type { Selection } from "../../domain/selection.ts";
import type { TableColumn } from "../../domain/table.ts";
import type { OpenTable } from "../../state/map-stores.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { rowHeightOf, scrollFor, useVirtualRows, type VirtualRows } from "../reading/use-virtual-rows.ts";
import { useRun } from "../use-run.ts";
import { cellText } from "./cell-text.ts";
import { type GridCell, moveInGrid } from "./grid-keys.ts";
import { type ShownRow, useTableRows } from "./table-pages.ts";

const cellId = ({ row, column }: GridCell) => `lt-cell-${row}-${column}`;

/** Pixels of a column, from what kind of thing it holds. */
export function columnWidth({ kind, name, title }: TableColumn, isLarge: boolean): number {
  const head = Math.max((title?.zh.length ?? 0) * 15, name.length * 8) + 40;
  const least = kind === "text" ? 150 : 104;
  return Math.round(Math.min(240, Math.max(least, head)) * (isLarge ? 1.25 : 1));
}

/** The command that chooses a row on the map. */
export function selectRow(table: Pick<OpenTable, "rows" | "layerId">, row: ShownRow): Command {
  if (table.rows === "features")
    return { type: "select", target: { kind: "feature", layerId: table.layerId, feature: row.feature } };
  return {
    type: "select",
    target: { kind: "building", layerId: table.layerId, buildingId: String(row.cells[0] ?? "") },
  };
}

/** Where the selection is among the rows; -1 when it is not. */
function useSelectedPosition(version: number): number {
  const { stores, signals } = useTwin();
  const selection: Selection = useStore(stores.selection, (state) => state.selection);
  const [position, setPosition] = useState(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another order of rows is another place in them
  useEffect(() => {
    let isCurrent = true;
    void signals.tablePosition(selection).then((at) => isCurrent && setPosition(at));
    return () => {
      isCurrent = false;
    };
  }, [selection, version, signals]);
  return position;
}

function HeadCell({
  table,
  column,
  cell,
  isActive,
  width,
}: {
  table: OpenTable;
  column: TableColumn;
  cell: GridCell;
  isActive: boolean;
  width: number;
}) {
  const { t } = useWords();
  const run = useRun();
  const { sort, isDescending } = table.query;
  const isSorted = sort === column.name;
  const title = column.title ? t.text(column.title) : column.name;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot be made of the rows in view only
    <div
      id={cellId(cell)}
      role="columnheader"
      aria-colindex={cell.column + 1}
      aria-sort={isSorted ? (isDescending ? "descending" : "ascending") : "none"}
      className="lt-grid-head"
      data-active={isActive}
      data-number={column.kind === "number"}
      style={{ width }}
      onClick={() => run(sortBy(table, column))}
    >
      <span className="lt-ellipsis">{title}</span>
      {column.unit && <small>{column.unit}</small>}
      {isSorted && (isDescending ? <ArrowDown aria-hidden /> : <ArrowUp aria-hidden />)}
    </div>
  );
}

/** Upwards, then downwards, then as the data has it. */
function sortBy({ query }: OpenTable, { name }: TableColumn): Command {
  if (query.sort !== name) return { type: "query-table", sort: name, descending: false };
  return query.isDescending
    ? { type: "query-table", sort: null, descending: false }
    : { type: "query-table", sort: name, descending: true };
}

function BodyRow({
  table,
  at,
  row,
  active,
  isSelected,
  widths,
  top,
  choose,
}: {
  table: OpenTable;
  at: number;
  row: ShownRow | undefined;
  active: GridCell;
  isSelected: boolean;
  widths: readonly number[];
  top: number;
  choose: (cell: GridCell, isNear: boolean) => void;
}) {
  const { t, format } = useWords();
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot be made of the rows in view only
    <div
      role="row"
      aria-rowindex={at + 2}
      aria-selected={isSelected}
      className="lt-grid-row"
      style={{ transform: `translateY(${top}px)` }}
    >
      {table.columns.map((column, k) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid
        // biome-ignore lint/a11y/useSemanticElements: a table element cannot be made of the rows in view only
        <div
          key={column.name}
          id={cellId({ row: at, column: k })}
          role="gridcell"
          aria-colindex={k + 1}
          className="lt-grid-cell lt-ellipsis"
          data-number={column.kind === "number"}
          data-active={active.row === at && active.column === k}
          style={{ width: widths[k] }}
          onClick={() => choose({ row: at, column: k }, false)}
          onDoubleClick={() => choose({ row: at, column: k }, true)}
        >
          {row ? cellText(row.cells[k] ?? null, column, t, format) : "…"}
        </div>
      ))}
    </div>
  );
}

interface GridState {
  readonly host: RefObject<HTMLDivElement | null>;
  readonly active: GridCell;
  readonly rowAt: (row: number) => ShownRow | undefined;
  readonly span: VirtualRows;
  readonly selected: number;
  readonly height: number;
  readonly choose: (cell: GridCell, isNear: boolean) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Which rows are in view, which cell the keyboard is on, what is chosen on the map. */
function useGrid(table: OpenTable): GridState {
  const { stores } = useTwin();
  const run = useRun();
  const isLarge = useStore(stores.ui, (state) => state.largeType);
  const host = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<GridCell>({ row: 0, column: 0 });
  const height = rowHeightOf(isLarge);
  const span = useVirtualRows(host, table.count, height);
  const rowAt = useTableRows(span.first, span.last, table.count, table.version);
  const selected = useSelectedPosition(table.version);
  const reveal = (row: number) => {
    const element = host.current;
    const top = element && scrollFor(row, element.scrollTop, element.clientHeight - height, height);
    if (element && top !== null && row >= 0) element.scrollTop = top;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection scrolls, not a new size of the rows
  useEffect(() => {
    if (selected < 0) return;
    reveal(selected);
    setActive((now) => ({ ...now, row: selected }));
  }, [selected]);
  const choose = (cell: GridCell, isNear: boolean) => {
    setActive(cell);
    const row = rowAt(cell.row);
    if (!row) return;
    run(selectRow(table, row));
    if (isNear) run({ type: "zoom-to-selection" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((host.current?.clientHeight ?? 0) / height) - 2);
    const to = moveInGrid(active, event, { rows: table.count, columns: table.columns.length, page });
    const column = table.columns[active.column];
    if (to) {
      setActive(to);
      reveal(to.row);
    } else if (event.key === "Enter" && active.row < 0 && column) run(sortBy(table, column));
    else if (event.key === "Enter" || event.key === " ") choose(active, event.shiftKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { host, active, rowAt, span, selected, height, choose, onKeyDown };
}

/** Rows of any number, of which only those in view are made: a grid by role, one stop of the Tab key. */
export function TableGrid({ table }: { table: OpenTable }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const isLarge = useStore(stores.ui, (state) => state.largeType);
  const { host, active, rowAt, span, selected, height, choose, onKeyDown } = useGrid(table);
  const { first, last } = span;
  const widths = table.columns.map((column) => columnWidth(column, isLarge));
  const width = widths.reduce((sum, one) => sum + one, 0);
  const rows = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot be made of the rows in view only
    <div
      ref={host}
      role="grid"
      tabIndex={0}
      aria-label={t("table.grid", { name: t.text(table.title) })}
      aria-rowcount={table.count + 1}
      aria-colcount={table.columns.length}
      aria-activedescendant={cellId(active)}
      aria-busy={table.isBusy}
      className="lt-grid lt-scroll"
      onKeyDown={onKeyDown}
    >
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus */}
      {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot be made of rows in view only */}
      <div role="row" aria-rowindex={1} className="lt-grid-heads" style={{ width, height }}>
        {table.columns.map((column, k) => (
          <HeadCell
            key={column.name}
            table={table}
            column={column}
            cell={{ row: -1, column: k }}
            isActive={active.row === -1 && active.column === k}
            width={widths[k] ?? 0}
          />
        ))}
      </div>
      <div role="presentation" className="lt-grid-space" style={{ width, height: table.count * height }}>
        {rows.map((at) => (
          <BodyRow
            key={at}
            table={table}
            at={at}
            row={rowAt(at)}
            active={active}
            isSelected={at === selected}
            widths={widths}
            top={at * height}
            choose={choose}
          />
        ))}
      </div>
    </div>
  );
}
