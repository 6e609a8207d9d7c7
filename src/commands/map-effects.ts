import { TwinError } from "../base/errors.ts";
import type { Layer } from "../domain/layer.ts";
import type { Stores } from "../state/stores.ts";
import type { Effects } from "./effect.ts";
import type { MAP_SCHEMAS } from "./map-schemas.ts";
import type { MapPorts } from "./ports.ts";

/** Effects of the commands about the one map. */
export const MAP_EFFECTS: Effects<keyof typeof MAP_SCHEMAS> = {
  "show-map": ({ id, visible, opacity }, { ports }) => ports.showCatalogueMap(id, visible, opacity),
  "add-map": ({ service, name, opacity }, { ports }) => ports.addMap(service, name, opacity),
  "order-map": ({ id, to }, { stores }) => orderMap(stores, id, to),
  "set-map-time": ({ id, time }, { ports }) => ports.setMapTime(id, time),
  "open-table": async ({ id, filter, sort, descending }, { stores, ports }) => {
    await ports.openTable(id, { filter, sort, isDescending: descending });
    stores.ui.set({ panels: { ...stores.ui.get().panels, bottom: true } });
  },
  "query-table": async ({ filter, sort, descending }, { stores, ports }) => {
    await ports.queryTable({
      ...(filter !== undefined && { filter }),
      ...(sort !== undefined && { sort }),
      ...(descending !== undefined && { isDescending: descending }),
    });
    if (filter !== undefined) await followTable(stores, ports);
  },
  "filter-buildings": ({ filter, others }, { ports }) => ports.filterBuildings(filter || null, others),
  "chart-table": ({ column }, { ports }) => ports.chartTable(column),
  "export-table": ({ format }, { ports }) => ports.exportTable(format),
  "close-table": (_args, { stores, ports }) => {
    ports.closeTable();
    closeStrip(stores);
  },
  "ask-crs": ({ id }, { stores }) => {
    const data = stores.layers.get().layers.find((layer) => layer.id === id)?.data;
    if (!data) throw new TwinError("map.unknown", `No map layer "${id}" is shown.`, { id });
    const { fileName, crs, isGcj02: gcj02 } = data;
    stores.crsQuestion.set({ asked: { of: { layerId: id }, subject: fileName, crs, gcj02, error: null } });
    stores.ui.set({ overlay: "crs" });
  },
  "check-red-lines": async (_args, { stores, ports }) => {
    stores.ui.set({ panels: { ...stores.ui.get().panels, bottom: true } });
    await ports.checkRedLines();
  },
  "close-red-lines": (_args, { stores }) => {
    stores.redLines.set({ status: "off", report: null, error: null });
    closeStrip(stores);
  },
  "export-red-lines": ({ format }, { ports }) => ports.exportRedLines(format),
};

/** A map that shows only what the table found goes on doing so. */
async function followTable({ table, buildingFilter }: Stores, ports: MapPorts): Promise<void> {
  const { open } = table.get();
  const { active } = buildingFilter.get();
  if (open?.rows !== "buildings" || open.error || !active) return;
  await ports.filterBuildings(open.query.filter || null, active.others);
}

/** Maps and data lie on each other in the order of the list. */
export function isGroundLayer(layer: Layer): boolean {
  return layer.kind === "map" || layer.kind === "data";
}

function orderMap(stores: Stores, id: string, to: number): void {
  const { layers } = stores.layers.get();
  const ground = layers.filter(isGroundLayer);
  const moved = ground.find((layer) => layer.id === id);
  if (!moved) throw new TwinError("map.unknown", `No map layer "${id}" is shown.`, { id });
  const rest = ground.filter((layer) => layer !== moved);
  const sorted = [...rest.slice(0, to), moved, ...rest.slice(to)];
  stores.layers.set({ layers: [...layers.filter((layer) => !isGroundLayer(layer)), ...sorted] });
}

/** The strip opened for what is closed now; another list in it keeps it open. */
function closeStrip({ ui, table, redLines }: Stores): void {
  if (table.get().open || redLines.get().status !== "off") return;
  ui.set({ panels: { ...ui.get().panels, bottom: false } });
}
