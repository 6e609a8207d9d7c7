import { entriesOf } from "../../domain/map-catalogue.ts";
import type { Stores } from "../../state/stores.ts";
import type { Draft } from "./draft.ts";

/** Layers of the catalogue, tables, the red-line check. */
export function mapDrafts(stores: Stores): Draft[] {
  const { layers } = stores.layers.get();
  const shown = new Set(layers.filter(({ map }) => map).map(({ id }) => id));
  const tables = layers.filter(
    ({ kind, status }) => status === "ready" && (kind === "city" || kind === "data"),
  );
  return [
    { group: "layers", key: "map.title", command: { type: "open-overlay", overlay: "add-map" } },
    { group: "layers", key: "redLine.check", command: { type: "check-red-lines" } },
    ...entriesOf(stores.catalogue.get().groups).map(
      ({ id, title }): Draft => ({
        group: "layers",
        key: shown.has(id) ? "palette.mapHide" : "palette.mapShow",
        name: title,
        command: { type: "show-map", id, visible: !shown.has(id) },
      }),
    ),
    ...tables.map(
      ({ id, title }): Draft => ({
        group: "layers",
        key: "palette.tableOpen",
        name: title,
        command: { type: "open-table", id },
      }),
    ),
  ];
}
