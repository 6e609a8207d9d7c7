import { isAbort } from "../base/abort.ts";
import { toPlainError } from "../base/errors.ts";
import type { TilesetFacts } from "../city/contract.ts";
import { CITIES, type CityId } from "../domain/city.ts";
import type { Layer } from "../domain/layer.ts";
import { nameFromUrl } from "../domain/url-name.ts";
import type { WireParts } from "./parts.ts";

export interface LayerWire {
  /** Rejects with TwinError `tileset.*`; the layer list is then as before. */
  addTileset(url: string, name: string | null): Promise<void>;
  removeLayer(id: string): void;
  zoomToLayer(id: string): Promise<void>;
  putLayer(layer: Layer): void;
  dropLayer(id: string): void;
  /** Resolves when the city's own tileset has answered (or failed). */
  citySettled(): Promise<void>;
}

const OVERLAYS = ["sensors", "warnings", "water"] as const;

/** The layer list and the engine's tilesets and overlays. */
export function wireLayers(parts: WireParts): LayerWire {
  const { stores, view, scope, baseUrl } = parts;
  const list = () => stores.layers.get().layers;
  const putLayer = (layer: Layer) => {
    const layers = list();
    const known = layers.some((other) => other.id === layer.id);
    stores.layers.set({
      layers: known ? layers.map((other) => (other.id === layer.id ? layer : other)) : [...layers, layer],
    });
  };
  const dropLayer = (id: string) => stores.layers.set({ layers: list().filter((layer) => layer.id !== id) });
  const patch = (id: string, change: Partial<Layer>) => {
    const layer = list().find((other) => other.id === id);
    if (layer) putLayer({ ...layer, ...change });
  };

  let settling: Promise<void> = Promise.resolve();
  const showCity = (city: CityId) => {
    for (const layer of list())
      if (layer.kind === "city") {
        view.removeTileset(layer.id);
        dropLayer(layer.id);
      }
    const layer = cityLayer(city);
    stores.layers.set({ layers: [layer, ...list()] });
    settling = view
      .addTileset({ id: layer.id, role: "city", url: `${baseUrl}tilesets/${city}/tileset.json` })
      .then((facts) => patch(layer.id, { status: "ready", attribution: credit(facts) }))
      .catch((error) => {
        if (!isAbort(error)) patch(layer.id, { status: "failed", error: toPlainError(error) });
      });
  };
  showCity(stores.city.get().city);
  scope.add(stores.city.watch((s) => s.city, showCity));
  scope.add(
    stores.layers.watch(
      (s) => s.layers,
      (now, before) => applyChanges(parts, now, before),
    ),
  );

  return {
    putLayer,
    dropLayer,
    citySettled: () => settling,
    addTileset: async (url, name) => {
      const id = freshId(list());
      const title = name?.trim() || nameFromUrl(url);
      const absolute = new URL(url, document.baseURI).href;
      putLayer({ ...foreignLayer(id, title, absolute), status: "loading" });
      try {
        const facts = await view.addTileset({ id, role: "foreign", url: absolute });
        patch(id, { status: "ready", attribution: credit(facts), isAdrift: facts.isAdrift });
        await view.zoomToTileset(id, null).catch((error) => {
          if (!isAbort(error)) throw error;
        });
      } catch (error) {
        dropLayer(id);
        view.removeTileset(id);
        throw error;
      }
    },
    removeLayer: (id) => {
      const layer = list().find((other) => other.id === id);
      if (!layer?.removable) return;
      view.removeTileset(id);
      dropLayer(id);
    },
    zoomToLayer: (id) => view.zoomToTileset(id, null),
  };
}

function applyChanges({ view }: WireParts, now: readonly Layer[], before: readonly Layer[]): void {
  const old = new Map(before.map((layer) => [layer.id, layer]));
  for (const layer of now) {
    const was = old.get(layer.id);
    if (was === layer) continue;
    const overlay = OVERLAYS.find((kind) => kind === layer.kind);
    if (overlay) {
      if (was?.visible !== layer.visible) view.showOverlay(overlay, layer.visible);
      continue;
    }
    if (layer.kind === "terrain") continue;
    if (layer.kind === "data") {
      if (was?.visible !== layer.visible) {
        view.showData(layer.id, layer.visible);
        view.showTileset(layer.id, layer.visible);
      }
      if (was?.opacity !== layer.opacity) {
        view.setDataOpacity(layer.id, layer.opacity);
        view.setTilesetOpacity(layer.id, layer.opacity);
      }
      continue;
    }
    const isNewlyReady = layer.status === "ready" && was?.status !== "ready";
    if (was?.visible !== layer.visible || isNewlyReady) view.showTileset(layer.id, layer.visible);
    if (was?.opacity !== layer.opacity || (isNewlyReady && layer.opacity < 1))
      view.setTilesetOpacity(layer.id, layer.opacity);
  }
}

function cityLayer(city: CityId): Layer {
  const { zh, en } = CITIES[city].name;
  return {
    id: `city-${city}`,
    kind: "city",
    title: { zh: `${zh}示范城市`, en: `${en} demo city` },
    visible: true,
    opacity: 1,
    status: "loading",
    provenance: {
      kind: "SAMPLE",
      source: { zh: "由规则生成的示范城市", en: "demonstration city, generated by rules" },
    },
    removable: false,
  };
}

function foreignLayer(id: string, title: string, url: string): Omit<Layer, "status"> {
  return {
    id,
    kind: "tileset",
    title: { zh: title, en: title },
    visible: true,
    opacity: 1,
    provenance: { kind: "RECORDED", source: new URL(url).host },
    url,
    removable: true,
  };
}

function freshId(layers: readonly Layer[]): string {
  for (let n = 1; ; n++) if (!layers.some((layer) => layer.id === `tileset-${n}`)) return `tileset-${n}`;
}

function credit(facts: TilesetFacts): string {
  return facts.attributions.join(" · ");
}
