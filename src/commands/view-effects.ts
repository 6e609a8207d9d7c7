import { CITIES } from "../domain/city.ts";
import { NO_SELECTION } from "../domain/selection.ts";
import type { Stores } from "../state/stores.ts";
import type { Effects } from "./effect.ts";

type ViewCommand =
  | "set-city"
  | "fly-home"
  | "fly-to"
  | "turn-north"
  | "zoom"
  | "set-look"
  | "style-by"
  | "set-hour"
  | "set-tile-memory"
  | "set-basemap"
  | "set-secret"
  | "add-tileset"
  | "remove-layer"
  | "show-layer"
  | "set-layer-opacity"
  | "zoom-to-layer"
  | "select"
  | "clear-selection"
  | "zoom-to-selection"
  | "set-theme"
  | "set-locale"
  | "set-mode"
  | "set-large-type"
  | "show-panel"
  | "open-overlay"
  | "dismiss-notice";

/** Effects of the commands that change what is seen of the city and the interface. */
export const VIEW_EFFECTS: Effects<ViewCommand> = {
  "set-city": async ({ city }, { stores, ports }) => {
    if (stores.city.get().city !== city) {
      stores.selection.set({ selection: NO_SELECTION });
      stores.city.set({ city });
    }
    await ports.flyTo(CITIES[city].home, null);
  },
  "fly-home": ({ durationS }, { stores, ports }) =>
    ports.flyTo(CITIES[stores.city.get().city].home, durationS ?? null),
  "fly-to": (args, { ports }) => {
    const place = { longitudeDeg: args.longitudeDeg, latitudeDeg: args.latitudeDeg, height: args.height };
    const { headingDeg, pitchDeg } = args;
    const view =
      args.range === undefined
        ? { ...place, headingDeg, pitchDeg }
        : { target: place, range: args.range, headingDeg, pitchDeg };
    return ports.flyTo(view, args.durationS ?? null);
  },
  "turn-north": (_args, { ports }) => ports.turnNorth(),
  zoom: ({ factor }, { ports }) => ports.zoom(factor),
  "set-look": ({ look }, { stores }) => {
    const theme = stores.city.get().theme;
    stores.city.set({ look, theme: look === "thematic" ? (theme ?? "height") : null });
  },
  "style-by": ({ property }, { stores }) => {
    const look = stores.city.get().look;
    stores.city.set({
      theme: property,
      look: property ? "thematic" : look === "thematic" ? "natural" : look,
    });
  },
  "set-hour": ({ hour }, { stores }) => stores.city.set({ hour }),
  "set-tile-memory": ({ mib }, { stores }) => stores.ui.set({ tileMemoryMib: mib }),
  "set-basemap": ({ basemap }, { ports }) => ports.setBasemap(basemap),
  "set-secret": ({ name, value }, { ports }) => ports.setSecret(name, value),
  "add-tileset": ({ url, name }, { ports }) => ports.addTileset(url, name),
  "remove-layer": ({ id }, { ports }) => ports.removeLayer(id),
  "show-layer": ({ id, visible }, { stores }) => changeLayer(stores, id, { visible }),
  "set-layer-opacity": ({ id, opacity }, { stores }) => changeLayer(stores, id, { opacity }),
  "zoom-to-layer": ({ id }, { ports }) => ports.zoomToLayer(id),
  select: async ({ target }, { stores, ports }) => {
    const selection = await ports.describe(target);
    stores.selection.set({ selection });
    if (selection.kind !== "none" && stores.ui.get().mode !== "present") {
      stores.ui.set({ panels: { ...stores.ui.get().panels, right: true } });
    }
  },
  "clear-selection": (_args, { stores }) => stores.selection.set({ selection: NO_SELECTION }),
  "zoom-to-selection": (_args, { ports }) => ports.zoomToSelection(),
  "set-theme": ({ theme }, { stores }) => stores.ui.set({ theme }),
  "set-locale": ({ locale }, { stores }) => stores.ui.set({ locale }),
  "set-mode": async ({ mode }, { stores, run }) => {
    stores.ui.set({ mode, overlay: "none" });
    const { active, available } = stores.scenario.get();
    const first = available[0];
    if ((mode === "command" || mode === "wall") && !active && first)
      await run({ type: "open-scenario", id: first.id, keepView: true });
  },
  "set-large-type": ({ on }, { stores }) => stores.ui.set({ largeType: on }),
  "show-panel": ({ side, open }, { stores }) =>
    stores.ui.set({ panels: { ...stores.ui.get().panels, [side]: open } }),
  "open-overlay": ({ overlay }, { stores }) => stores.ui.set({ overlay }),
  "dismiss-notice": ({ id }, { stores }) =>
    stores.notices.set({ notices: stores.notices.get().notices.filter((notice) => notice.id !== id) }),
};

function changeLayer(stores: Stores, id: string, change: { visible?: boolean; opacity?: number }): void {
  stores.layers.set({
    layers: stores.layers.get().layers.map((layer) => (layer.id === id ? { ...layer, ...change } : layer)),
  });
}
