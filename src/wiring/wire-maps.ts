import { isAbort } from "../base/abort.ts";
import { type PlainError, TwinError, toPlainError } from "../base/errors.ts";
import type { Layer, LayerMap } from "../domain/layer.ts";
import { legendOf } from "../domain/layer-style.ts";
import {
  type CatalogueEntry,
  type CatalogueGroup,
  entriesOf,
  parseCatalogue,
} from "../domain/map-catalogue.ts";
import { hasSecret, isFeatureService, type MapService } from "../domain/map-service.ts";
import { nameFromUrl } from "../domain/url-name.ts";
import { putNotice } from "../state/put-notice.ts";
import type { FeatureMaps } from "./feature-maps.ts";
import { fetchJson } from "./fetch-json.ts";
import type { WireParts } from "./parts.ts";
import type { LayerWire } from "./wire-layers.ts";

export interface MapWire {
  showCatalogueMap(id: string, visible: boolean, opacity: number | null): Promise<void>;
  addMap(service: MapService, name: string | null, opacity: number): Promise<void>;
  setMapTime(id: string, time: string): Promise<void>;
  /** True when the layer was one of these. */
  remove(id: string): boolean;
  zoomTo(id: string): Promise<void> | null;
  /** Resolves when the catalogue has been read, or could not be. */
  ready: Promise<void>;
  /** The catalogue's entry of a layer that is shown. */
  entryOf(id: string): CatalogueEntry | null;
}

interface Tools {
  readonly layers: Pick<LayerWire, "putLayer" | "dropLayer">;
  readonly features: FeatureMaps;
  readonly secret: (name: string) => string | undefined;
}

/** The layer catalogue and services of the user's own: each a layer, drawn in the order of the list. */
export function wireMaps(parts: WireParts, tools: Tools): MapWire {
  const desk = new MapDesk(parts, tools);
  const { stores, scope } = parts;
  scope.add(
    stores.city.watch(
      (s) => s.city,
      () => desk.moveToCity(),
    ),
  );
  scope.add(
    stores.layers.watch(
      (s) => s.layers,
      (now, before) => desk.follow(now, before),
    ),
  );
  return desk;
}

class MapDesk implements MapWire {
  readonly ready: Promise<void>;
  readonly #parts: WireParts;
  readonly #tools: Tools;
  #count = 0;

  constructor(parts: WireParts, tools: Tools) {
    this.#parts = parts;
    this.#tools = tools;
    this.ready = this.#load();
  }

  async showCatalogueMap(id: string, visible: boolean, opacity: number | null): Promise<void> {
    await this.ready;
    const shown = this.#layer(id);
    if (!visible) {
      if (shown?.map) this.#take(id);
      return;
    }
    const entry = this.entryOf(id);
    if (!entry) throw new TwinError("map.unknown", `The catalogue has no layer "${id}".`, { id });
    if (shown) {
      if (opacity !== null || !shown.visible)
        this.#tools.layers.putLayer({ ...shown, visible: true, opacity: opacity ?? shown.opacity });
      return;
    }
    await this.#show(entry, opacity ?? entry.opacity);
  }

  async addMap(service: MapService, name: string | null, opacity: number): Promise<void> {
    const id = `service-${++this.#count}-${Date.now().toString(36)}`;
    const title = name?.trim() || ("url" in service ? nameFromUrl(service.url) : "天地图");
    const map: LayerMap = {
      origin: "user",
      service: service.kind,
      ...(!hasSecret(service) && { link: JSON.stringify(service) }),
    };
    const layer: Layer = {
      id,
      kind: kindOf(service),
      title: { zh: title, en: title },
      visible: true,
      opacity,
      status: "loading",
      provenance: { kind: "RECORDED", source: "url" in service ? hostOf(service.url) : "tianditu.gov.cn" },
      ...("url" in service && { url: service.url.replace(/[?#].*$/, "") }),
      map,
      removable: true,
    };
    this.#tools.layers.putLayer(layer);
    try {
      await this.#put(layer, service, null);
    } catch (error) {
      this.#take(id);
      throw error;
    }
  }

  async setMapTime(id: string, time: string): Promise<void> {
    const entry = this.entryOf(id);
    const layer = this.#layer(id);
    if (!entry || !layer?.map?.times?.includes(time))
      throw new TwinError("map.no-time", `The layer "${id}" has no moment ${time}.`, { id, time });
    await this.#parts.view.addMap({ id, service: this.#placed(entry.service), time }, this.#secrets());
    const now = this.#layer(id);
    if (now?.map) this.#tools.layers.putLayer({ ...now, map: { ...now.map, time } });
  }

  remove(id: string): boolean {
    const layer = this.#layer(id);
    if (!layer?.map) return false;
    this.#take(id);
    const { stores } = this.#parts;
    const undo =
      layer.map.origin === "catalogue"
        ? { type: "show-map", id, opacity: layer.opacity }
        : layer.map.link && {
            type: "add-map",
            service: JSON.parse(layer.map.link) as unknown,
            name: layer.title.zh,
            opacity: layer.opacity,
          };
    putNotice(stores, {
      tone: "info",
      key: "data.removed",
      params: { name: layer.title[stores.ui.get().locale === "en" ? "en" : "zh"] },
      ...(undo && { action: { key: "data.undo", commands: [undo] } }),
    });
    return true;
  }

  zoomTo(id: string): Promise<void> | null {
    const layer = this.#layer(id);
    if (!layer?.map) return null;
    const { view, run } = this.#parts;
    const flight =
      layer.kind === "data"
        ? view.zoomToData(id, null)
        : layer.kind === "tileset"
          ? view.zoomToTileset(id, null)
          : run({ type: "fly-home" });
    return flight.catch((error) => {
      if (!isAbort(error)) throw error;
    });
  }

  entryOf(id: string): CatalogueEntry | null {
    return entriesOf(this.#parts.stores.catalogue.get().groups).find((entry) => entry.id === id) ?? null;
  }

  /** What is drawn lies in the order of the list. */
  follow(now: readonly Layer[], before: readonly Layer[]): void {
    const { view } = this.#parts;
    const ids = (layers: readonly Layer[]) =>
      layers
        .filter(({ kind, status }) => (kind === "map" || kind === "data") && status === "ready")
        .map(({ id }) => id);
    const sorted = ids(now);
    if (sorted.join("\n") !== ids(before).join("\n")) view.orderGround(sorted);
    for (const layer of now) {
      if (layer.kind !== "map") continue;
      const was = before.find(({ id }) => id === layer.id);
      if (was?.visible !== layer.visible) view.showMap(layer.id, layer.visible);
      if (was?.opacity !== layer.opacity) view.setMapOpacity(layer.id, layer.opacity);
    }
  }

  /** Layers that are made of the city's files are read again for the other city; those that it lacks go. */
  moveToCity(): void {
    const { stores, onError } = this.#parts;
    for (const { id, map, opacity } of stores.layers.get().layers) {
      const entry = map?.origin === "catalogue" ? this.entryOf(id) : null;
      if (!entry || !isOfCity(entry)) continue;
      this.#take(id);
      if (this.#isHere(entry)) this.#show(entry, opacity).catch(onError);
    }
  }

  async #load(): Promise<void> {
    const { stores, baseUrl, onError } = this.#parts;
    try {
      const folder = `${baseUrl}catalogue/`;
      const { catalogues } = await fetchJson<{ catalogues: readonly string[] }>(`${folder}index.json`);
      const groups: CatalogueGroup[] = [];
      for (const file of catalogues) {
        const parsed = parseCatalogue(await fetchJson<unknown>(folder + file));
        groups.push(...parsed.groups);
        for (const problem of parsed.problems) onError(problem);
      }
      stores.catalogue.set({ status: "ready", groups });
    } catch (error) {
      stores.catalogue.set({ status: "failed", error: toPlainError(error) });
    }
  }

  async #show(entry: CatalogueEntry, opacity: number): Promise<void> {
    const { stores } = this.#parts;
    const layer = layerOf(entry, opacity);
    this.#tools.layers.putLayer(layer);
    const pending = () => stores.catalogue.get().pending.filter((id) => id !== entry.id);
    stores.catalogue.set({ pending: [...pending(), entry.id] });
    try {
      await this.#put(layer, entry.service, entry);
      this.#sortByCatalogue();
    } catch (error) {
      if (isAbort(error)) return;
      this.#fail(entry.id, toPlainError(error));
      throw error;
    } finally {
      stores.catalogue.set({ pending: pending() });
    }
  }

  /** Into the city; then the layer is ready. */
  async #put(layer: Layer, service: MapService, entry: CatalogueEntry | null): Promise<void> {
    const { view } = this.#parts;
    const { id } = layer;
    const placed = this.#placed(service);
    const change: Partial<Layer> = {};
    if (isFeatureService(placed)) {
      const data = await this.#tools.features.add({
        id,
        url: "url" in placed ? placed.url : "",
        name: layer.title[this.#parts.stores.ui.get().locale === "en" ? "en" : "zh"],
        ...(entry?.style && { style: entry.style }),
        ...(entry?.fields && { fields: entry.fields }),
      });
      Object.assign(change, { data });
      view.setDataOpacity(id, layer.opacity);
    } else if (placed.kind === "tiles") {
      const facts = await view.addTileset({
        id,
        role: "foreign",
        url: new URL(placed.url, document.baseURI).href,
      });
      Object.assign(change, { isAdrift: facts.isAdrift, attribution: facts.attributions.join(" · ") });
      view.setTilesetOpacity(id, layer.opacity);
    } else {
      const time = layer.map?.time;
      await view.addMap({ id, service: placed, ...(time && { time }) }, this.#secrets());
      view.setMapOpacity(id, layer.opacity);
    }
    const now = this.#layer(id);
    if (now) this.#tools.layers.putLayer({ ...now, ...change, status: "ready" });
    else this.#forget(layer);
  }

  #fail(id: string, error: PlainError): void {
    const layer = this.#layer(id);
    if (layer) this.#tools.layers.putLayer({ ...layer, status: "failed", error });
  }

  /** A layer that has just come lies where the catalogue says; those that the user moved keep their order. */
  #sortByCatalogue(): void {
    const { stores } = this.#parts;
    const orderOf = ({ id, map }: Layer) =>
      map?.origin === "catalogue" ? (this.entryOf(id)?.order ?? 0) : 1e6;
    const { layers } = stores.layers.get();
    const sorted = [...layers];
    const at = sorted.length - 1;
    const last = sorted[at]!;
    const place = sorted.findIndex((layer) => layer.map && layer !== last && orderOf(layer) > orderOf(last));
    if (place < 0) return;
    sorted.splice(at, 1);
    sorted.splice(place, 0, last);
    stores.layers.set({ layers: sorted });
  }

  #take(id: string): void {
    const layer = this.#layer(id);
    if (!layer) return;
    const { stores } = this.#parts;
    const { selection } = stores.selection.get();
    if (selection.kind === "feature" && selection.layerId === id)
      stores.selection.set({ selection: { kind: "none" } });
    this.#tools.layers.dropLayer(id);
    this.#forget(layer);
  }

  #forget({ id }: Layer): void {
    const { view } = this.#parts;
    this.#tools.features.remove(id);
    view.removeMap(id);
    view.removeTileset(id);
  }

  #layer(id: string): Layer | undefined {
    return this.#parts.stores.layers.get().layers.find((layer) => layer.id === id);
  }

  #isHere({ cities }: CatalogueEntry): boolean {
    return !cities || cities.includes(this.#parts.stores.city.get().city);
  }

  /** The city's name in the address, and the address itself from the page's root. */
  #placed(service: MapService): MapService {
    if (!("url" in service)) return service;
    const { baseUrl, stores } = this.#parts;
    const url = service.url.replace("{city}", stores.city.get().city);
    return { ...service, url: /^[a-z]+:|^\//i.test(url) ? url : baseUrl + url };
  }

  #secrets() {
    const tianditu = this.#tools.secret("tianditu");
    return tianditu ? { tianditu } : {};
  }
}

function isOfCity({ service, cities }: CatalogueEntry): boolean {
  return cities !== undefined || ("url" in service && service.url.includes("{city}"));
}

function kindOf(service: MapService): Layer["kind"] {
  if (isFeatureService(service)) return "data";
  return service.kind === "tiles" ? "tileset" : "map";
}

function hostOf(url: string): string {
  return new URL(url, document.baseURI).host;
}

function layerOf(entry: CatalogueEntry, opacity: number): Layer {
  const { id, title, service, style, provenance, grade, fields, times, attribution } = entry;
  const legend = entry.legend ?? (style && legendOf(style, title));
  const time = times?.at(-1);
  return {
    id,
    kind: kindOf(service),
    title,
    visible: true,
    opacity,
    status: "loading",
    provenance,
    ...(attribution && { attribution }),
    map: {
      origin: "catalogue",
      service: service.kind,
      grade,
      ...(legend && { legend }),
      ...(fields && { fields }),
      ...(times && { times }),
      ...(time && { time }),
    },
    removable: true,
  };
}
