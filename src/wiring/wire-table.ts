import { isAbort } from "../base/abort.ts";
import { TwinError, toPlainError } from "../base/errors.ts";
import type { Words } from "../domain/provenance.ts";
import type { Selection } from "../domain/selection.ts";
import type { TableQuery, TableRows } from "../domain/table.ts";
import type { OpenTable } from "../state/map-stores.ts";
import type { OnemapDesk } from "./onemap-desk.ts";
import type { WireParts } from "./parts.ts";
import { saveBlob } from "./save-file.ts";
import type { TableHolder } from "./table-holder.ts";

interface Tools {
  readonly onemap: OnemapDesk;
  /** The table of a layer of features; null when it has none. */
  readonly tableOf: (layerId: string) => TableHolder | null;
}

export interface TableWire {
  openTable(id: string, query: TableQuery): Promise<void>;
  queryTable(change: Partial<TableQuery>): Promise<void>;
  chartTable(column: string | null): Promise<void>;
  exportTable(format: "csv" | "geojson"): Promise<void>;
  closeTable(): void;
  /** Rows of the open table; none while it is closed. */
  rows(from: number, to: number): Promise<TableRows>;
  /** Where the selection is among the rows that pass; -1 when it is not. */
  position(selection: Selection): Promise<number>;
}

/** The attribute table: its rows stay in the worker that holds them. */
export function wireTable(parts: WireParts, tools: Tools): TableWire {
  const desk = new TableDesk(parts, tools);
  const { stores, scope } = parts;
  scope.add(
    stores.layers.watch(
      (s) => s.layers,
      (layers) => {
        const { open } = stores.table.get();
        if (open && !layers.some(({ id }) => id === open.layerId)) desk.closeTable();
      },
    ),
  );
  return desk;
}

class TableDesk implements TableWire {
  readonly #parts: WireParts;
  readonly #tools: Tools;
  #holder: TableHolder | null = null;
  #turn = 0;

  constructor(parts: WireParts, tools: Tools) {
    this.#parts = parts;
    this.#tools = tools;
  }

  async openTable(id: string, query: TableQuery): Promise<void> {
    const { stores } = this.#parts;
    const layer = stores.layers.get().layers.find((one) => one.id === id);
    const rows = layer?.kind === "city" ? "buildings" : "features";
    const holder = rows === "buildings" ? await this.#tools.onemap.buildings() : this.#tools.tableOf(id);
    if (!layer || !holder)
      throw new TwinError("table.none", "This layer has no attribute table: it holds tiles, not features.", {
        id,
      });
    const turn = ++this.#turn;
    const state = await holder.tableQuery(query);
    if (turn !== this.#turn) return;
    this.#holder = holder;
    const version = (stores.table.get().open?.version ?? 0) + 1;
    const open: OpenTable = {
      layerId: id,
      rows,
      title: layer.title,
      query,
      ...state,
      version,
      isBusy: false,
      error: null,
      classes: null,
    };
    stores.table.set({ open });
  }

  async queryTable(change: Partial<TableQuery>): Promise<void> {
    const { open } = this.#parts.stores.table.get();
    const holder = this.#holder;
    if (!open || !holder) return;
    const query = { ...open.query, ...change };
    const turn = ++this.#turn;
    this.#patch({ isBusy: true });
    try {
      const state = await holder.tableQuery(query);
      const classes = open.classes ? await holder.tableClasses(open.classes.column) : null;
      if (turn === this.#turn)
        this.#patch({ ...state, classes, query, version: open.version + 1, isBusy: false, error: null });
    } catch (error) {
      if (turn === this.#turn)
        this.#patch({ isBusy: false, error: isAbort(error) ? null : toPlainError(error) });
    }
  }

  async chartTable(column: string | null): Promise<void> {
    const classes = column === null ? null : await this.#holder?.tableClasses(column);
    this.#patch({ classes: classes ?? null });
  }

  async exportTable(format: "csv" | "geojson"): Promise<void> {
    const { stores } = this.#parts;
    const { open } = stores.table.get();
    if (!open || !this.#holder) return;
    const language = stores.ui.get().locale === "en" ? "en" : "zh";
    const layer = stores.layers.get().layers.find(({ id }) => id === open.layerId);
    const word = (words: Words): string => (typeof words === "string" ? words : words[language]);
    const kind = layer?.provenance.kind ?? "RECORDED";
    const about = [
      [language === "zh" ? "图层" : "layer", open.title[language]],
      [language === "zh" ? "数据性质" : "provenance", kind, layer ? word(layer.provenance.source) : ""],
      [language === "zh" ? "筛选" : "filter", open.query.filter],
      [language === "zh" ? "行数" : "rows", String(open.count), String(open.total)],
      [language === "zh" ? "制表时间" : "made at", new Date().toISOString()],
    ];
    const blob = await this.#holder.tableExport(format, { language, about, provenance: kind });
    saveBlob(`${open.layerId}.${format}`, blob);
  }

  closeTable(): void {
    this.#turn++;
    this.#holder = null;
    this.#parts.stores.table.set({ open: null });
  }

  async rows(from: number, to: number): Promise<TableRows> {
    const rows = await this.#holder?.tableRows(from, to).catch((error: unknown) => {
      if (isAbort(error)) return undefined;
      throw error;
    });
    return rows ?? { features: [], cells: [] };
  }

  async position(selection: Selection): Promise<number> {
    const { open } = this.#parts.stores.table.get();
    const holder = this.#holder;
    if (!open || !holder) return -1;
    if (open.rows === "buildings") {
      if (selection.kind !== "building") return -1;
      const row = await this.#tools.onemap.buildingRow(selection.buildingId);
      return row < 0 ? -1 : holder.tablePosition(row);
    }
    if (selection.kind !== "feature" || selection.layerId !== open.layerId) return -1;
    return holder.tablePosition(selection.feature);
  }

  #patch(change: Partial<OpenTable>): void {
    const { table } = this.#parts.stores;
    const { open } = table.get();
    if (open) table.set({ open: { ...open, ...change } });
  }
}
