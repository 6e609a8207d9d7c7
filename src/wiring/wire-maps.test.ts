import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Scope } from "../base/scope.ts";
import type { CityView, MapRequest } from "../city/contract.ts";
import type { Layer } from "../domain/layer.ts";
import { createStores } from "../state/stores.ts";
import type { FeatureMap, FeatureMaps } from "./feature-maps.ts";
import { groundWords } from "./ground-hover.ts";
import type { WireParts } from "./parts.ts";
import { wireMaps } from "./wire-maps.ts";

const title = { zh: "图", en: "Map" };
const entry = (id: string, service: object, extra: object = {}) => ({
  id,
  title,
  service,
  provenance: { kind: "SAMPLE", source: "s" },
  grade: 2,
  ...extra,
});
const FILES: Readonly<Record<string, unknown>> = {
  "http://x/catalogue/index.json": { catalogues: ["a.json"] },
  "http://x/catalogue/a.json": {
    version: 1,
    groups: [
      {
        id: "g",
        title,
        layers: [
          entry("low", { kind: "geojson", url: "tilesets/{city}/low.geojson" }, { order: 1, opacity: 0.5 }),
          entry("high", { kind: "xyz", url: "https://m.example/{z}/{x}/{y}.png" }, { order: 9 }),
          entry("here", { kind: "geojson", url: "here.geojson" }, { cities: ["shenyang"] }),
          entry("wrong", { kind: "wms", url: "https://m.example/wms" }),
        ],
      },
    ],
  },
};

function setUp() {
  const stores = createStores();
  const scope = new Scope();
  const calls: string[] = [];
  const added: (FeatureMap | MapRequest)[] = [];
  const errors: unknown[] = [];
  let refusal: Error | null = null;
  const note =
    (name: string) =>
    (...args: readonly unknown[]) => {
      calls.push([name, ...args.map((one) => (Array.isArray(one) ? one.join("+") : String(one)))].join(" "));
    };
  const view = {
    addMap: async (request: MapRequest) => {
      if (refusal) throw refusal;
      added.push(request);
    },
    removeMap: note("removeMap"),
    removeTileset: () => {},
    showMap: note("showMap"),
    setMapOpacity: note("setMapOpacity"),
    setDataOpacity: note("setDataOpacity"),
    orderGround: note("orderGround"),
  } as unknown as CityView;
  const features = {
    add: async (map: FeatureMap) => {
      if (refusal) throw refusal;
      added.push(map);
      return { format: "GeoJSON", features: 3 };
    },
    remove: note("removeFeatures"),
  } as unknown as FeatureMaps;
  const onError = (error: unknown) => errors.push(error);
  const parts = {
    stores,
    scope,
    view,
    onError,
    baseUrl: "http://x/",
    run: async () => {},
  } as unknown as WireParts;
  const put = (layer: Layer) => {
    const { layers } = stores.layers.get();
    const known = layers.some(({ id }) => id === layer.id);
    stores.layers.set({
      layers: known ? layers.map((one) => (one.id === layer.id ? layer : one)) : [...layers, layer],
    });
  };
  const layers = {
    putLayer: put,
    dropLayer: (id: string) =>
      stores.layers.set({ layers: stores.layers.get().layers.filter((one) => one.id !== id) }),
  };
  const maps = wireMaps(parts, { layers, features, secret: () => undefined });
  const ids = () => stores.layers.get().layers.map(({ id, status }) => `${id} ${status}`);
  return { stores, calls, added, errors, maps, ids, refuse: (error: Error | null) => (refusal = error) };
}

describe("wireMaps", () => {
  beforeEach(() => {
    vi.stubGlobal("document", { baseURI: "http://x/" });
    vi.stubGlobal("fetch", async (url: string) =>
      FILES[url] ? new Response(JSON.stringify(FILES[url])) : new Response("", { status: 404 }),
    );
  });
  afterEach(() => vi.unstubAllGlobals());

  it("reads the catalogue, and tells of the layer that is wrong", async () => {
    const { stores, maps, errors } = setUp();
    await maps.ready;
    expect(stores.catalogue.get().status).toBe("ready");
    expect(stores.catalogue.get().groups[0]?.layers.map(({ id }) => id)).toEqual(["low", "high", "here"]);
    expect(errors).toMatchObject([
      { code: "catalogue.invalid", params: { layer: "wrong", field: "service.layer" } },
    ]);
  });

  it("shows layers in the catalogue's order whichever comes first, at their opacity and address", async () => {
    const { maps, ids, added, calls, stores } = setUp();
    await maps.showCatalogueMap("high", true, null);
    await maps.showCatalogueMap("low", true, null);
    expect(ids()).toEqual(["low ready", "high ready"]);
    expect(added.at(-1)).toMatchObject({ url: "http://x/tilesets/shenyang/low.geojson" });
    expect(stores.layers.get().layers[0]?.opacity).toBe(0.5);
    expect(calls.findLast((call) => call.startsWith("orderGround"))).toBe("orderGround low+high");
    await maps.showCatalogueMap("low", false, null);
    expect(ids()).toEqual(["high ready"]);
  });

  it("a layer that cannot be had says why in its place, and is no longer pending", async () => {
    const { maps, stores, refuse } = setUp();
    refuse(Object.assign(new Error("no"), { code: "map.refused", params: {} }));
    await expect(maps.showCatalogueMap("high", true, null)).rejects.toThrow("no");
    expect(stores.layers.get().layers[0]).toMatchObject({ id: "high", status: "failed" });
    expect(stores.catalogue.get().pending).toEqual([]);
  });

  it("a user's service is taken away when it does not answer, and comes back from its notice when removed", async () => {
    const { maps, stores, refuse, ids } = setUp();
    const service = {
      kind: "wms",
      url: "https://m.example/wms",
      layer: "a",
      style: "",
      format: "image/png",
    } as const;
    refuse(new Error("no"));
    await expect(maps.addMap(service, null, 1)).rejects.toThrow("no");
    expect(ids()).toEqual([]);
    refuse(null);
    await maps.addMap(service, "道路", 0.7);
    const [layer] = stores.layers.get().layers;
    expect(layer).toMatchObject({ status: "ready", opacity: 0.7, map: { link: JSON.stringify(service) } });
    expect(maps.remove(layer!.id)).toBe(true);
    expect(stores.notices.get().notices[0]?.action?.commands).toEqual([
      { type: "add-map", service, name: "道路", opacity: 0.7 },
    ]);
  });

  it("another city reads its own files, and lets go of what it lacks", async () => {
    const { maps, stores, ids, added } = setUp();
    await maps.showCatalogueMap("low", true, 0.9);
    await maps.showCatalogueMap("here", true, null);
    stores.city.set({ city: "dalian" });
    await vi.waitFor(() => expect(ids()).toEqual(["low ready"]));
    expect(added.at(-1)).toMatchObject({ url: "http://x/tilesets/dalian/low.geojson" });
    expect(stores.layers.get().layers[0]?.opacity).toBe(0.9);
  });
});

describe("groundWords", () => {
  const layer = {
    title,
    map: {
      origin: "catalogue",
      service: "geojson",
      fields: {
        far: { title: { zh: "容积率", en: "FAR" } },
        h: { title: { zh: "限高", en: "Limit" }, unit: "m" },
      },
    },
  } as const;
  const style = {
    property: "code",
    fillOpacity: 1,
    strokeOpacity: 1,
    width: 1,
    classes: [{ value: "07", color: "#000000", label: { zh: "居住", en: "Residential" } }],
  };
  it("says the class, the name and what is worth a glance", () => {
    const words = groundWords(
      layer,
      "甲",
      { id: "1", code: "0701", far: 2.5, h: 80 },
      { style, hover: ["far", "h", "none"] },
    );
    expect(words.title).toEqual({ zh: "居住 · 甲", en: "Residential · 甲" });
    expect(words.subtitle).toEqual({ zh: "容积率 2.5 · 限高 80 m", en: "FAR 2.5 · Limit 80 m" });
  });
  it("an id is no name", () => {
    expect(groundWords(layer, "1", { id: "1", code: "x" }, { style }).title).toEqual(title);
  });
});
