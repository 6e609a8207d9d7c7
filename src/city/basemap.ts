import {
  buildModuleUrl,
  type ImageryLayer,
  type ImageryProvider,
  IonImageryProvider,
  ImageryLayer as Layer,
  TileMapServiceImageryProvider,
  UrlTemplateImageryProvider,
  WebMapTileServiceImageryProvider,
  WebMercatorTilingScheme,
} from "cesium";
import { TwinError } from "../base/errors.ts";
import type { Basemap, MapDatum } from "../domain/layer.ts";
import type { BaseMapData } from "./base-map-data.ts";
import type { BasemapSecrets } from "./contract.ts";
import { creditEngine } from "./credits.ts";
import { Gcj02TilingScheme } from "./gcj-tiling.ts";
import type { GroundShade } from "./ground-shade.ts";
import { type SceneLight, shadeSlope } from "./scene-look.ts";
import type { Stage, StagePart } from "./stage.ts";
import { VectorBaseProvider } from "./vector-base.ts";

export interface BasemapLayers extends StagePart {
  /** The city's vectors, and the shade of its buildings where they are known. */
  setData(data: BaseMapData | null, shade: GroundShade | null): void;
  setLight(light: SceneLight): void;
  set(basemap: Basemap, secrets: BasemapSecrets): Promise<void>;
}

/** Coarser terrain tiles show the world map, finer ones the city's vectors: never both, a layer costs a texture read a pixel. */
const FIRST_VECTOR_LEVEL = 8;
const TIANDITU_LAYERS = { vec: ["vec", "cva"], img: ["img", "cia"], ter: ["ter", "cta"] } as const;

function schemeFor(datum: MapDatum): WebMercatorTilingScheme {
  return datum === "GCJ02" ? new Gcj02TilingScheme() : new WebMercatorTilingScheme();
}

/** One tile of the map's top is asked for, so that a wrong address or key is said at once and not shown as a grey globe. */
async function probeTile(url: string): Promise<void> {
  const image = new Image();
  image.crossOrigin = "anonymous";
  const loaded = new Promise<void>((resolve, reject) => {
    image.onload = () => resolve();
    image.onerror = () => reject(new Error("image failed"));
  });
  image.src = url;
  try {
    await loaded;
  } catch (cause) {
    const at = { url: new URL(url, location.href).host };
    throw new TwinError(
      "basemap.unreachable",
      `The map server ${at.url} gave no tile; check the address, the key and that it allows other pages (CORS).`,
      at,
      cause,
    );
  }
}

function tiandituProvider(layer: string, key: string): WebMapTileServiceImageryProvider {
  return new WebMapTileServiceImageryProvider({
    url: `https://t{s}.tianditu.gov.cn/${layer}_w/wmts?tk=${encodeURIComponent(key)}`,
    layer,
    style: "default",
    format: "tiles",
    tileMatrixSetID: "w",
    subdomains: ["0", "1", "2", "3", "4", "5", "6", "7"],
    maximumLevel: 18,
    credit: "天地图 GS(2024)0568号",
  });
}

async function tiandituProviders(
  theme: "vec" | "img" | "ter",
  secrets: BasemapSecrets,
): Promise<ImageryProvider[]> {
  const key = secrets.tianditu?.trim();
  if (!key)
    throw new TwinError(
      "basemap.key-missing",
      "Tianditu needs a key; enter yours in the base map settings.",
      {
        provider: "天地图",
      },
    );
  const top = TIANDITU_LAYERS[theme][0];
  await probeTile(
    `https://t0.tianditu.gov.cn/${top}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${top}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILECOL=1&TILEROW=0&TILEMATRIX=1&tk=${encodeURIComponent(key)}`,
  );
  return TIANDITU_LAYERS[theme].map((layer) => tiandituProvider(layer, key) as unknown as ImageryProvider);
}

async function ionProvider(assetId: number, secrets: BasemapSecrets): Promise<ImageryProvider[]> {
  const accessToken = secrets.ion?.trim();
  if (!accessToken)
    throw new TwinError(
      "basemap.key-missing",
      "Cesium ion needs a token; enter yours in the base map settings.",
      {
        provider: "Cesium ion",
      },
    );
  try {
    return [(await IonImageryProvider.fromAssetId(assetId, { accessToken })) as unknown as ImageryProvider];
  } catch (cause) {
    throw new TwinError(
      "basemap.refused",
      `Cesium ion refused asset ${assetId}; check the token and that the asset is imagery.`,
      { provider: "Cesium ion", asset: assetId },
      cause,
    );
  }
}

async function xyzProviders(url: string, datum: MapDatum): Promise<ImageryProvider[]> {
  if (!/\{z\}/.test(url) || !/\{x\}/.test(url) || !/\{-?y\}/.test(url))
    throw new TwinError("basemap.bad-template", "The map address must contain {z}, {x} and {y}.", { url });
  const template = url.replace("{-y}", "{reverseY}");
  await probeTile(
    url.replace("{z}", "1").replace("{x}", "1").replace("{y}", "0").replace("{-y}", "1").replace("{s}", "a"),
  );
  return [
    new UrlTemplateImageryProvider({
      url: template,
      tilingScheme: schemeFor(datum),
      maximumLevel: 19,
    }) as unknown as ImageryProvider,
  ];
}

function wmtsProviders(basemap: Extract<Basemap, { kind: "wmts" }>): ImageryProvider[] {
  return [
    new WebMapTileServiceImageryProvider({
      url: basemap.url,
      layer: basemap.layer,
      style: basemap.style,
      format: basemap.format,
      tileMatrixSetID: basemap.tileMatrixSet,
      tilingScheme: schemeFor(basemap.datum),
      maximumLevel: 19,
    }) as unknown as ImageryProvider,
  ];
}

/** Providers of a base map chosen by the user; empty for the offline one. Rejects with TwinError `basemap.*`. */
async function createProviders(basemap: Basemap, secrets: BasemapSecrets): Promise<ImageryProvider[]> {
  switch (basemap.kind) {
    case "offline":
      return [];
    case "xyz":
      return xyzProviders(basemap.url, basemap.datum);
    case "wmts":
      return wmtsProviders(basemap);
    case "tianditu":
      return tiandituProviders(basemap.theme, secrets);
    case "ion":
      return ionProvider(basemap.assetId, secrets);
  }
}

function dressWorld(layer: ImageryLayer, light: SceneLight): void {
  const isNight = light.choice.uiTheme === "night" || light.choice.look === "night";
  layer.brightness = isNight ? 0.32 : 1.05;
  layer.saturation = isNight ? 0.45 : 0.55;
  layer.contrast = isNight ? 1.1 : 0.9;
}

function groundKey(light: SceneLight): string {
  return JSON.stringify([light.palette.ground, shadeSlope(light)]);
}

/** World map below, the city's vectors or the user's map above. */
export function createBasemapLayers(light: SceneLight): BasemapLayers {
  let stage: Stage | null = null;
  let current = light;
  let data: BaseMapData | null = null;
  let shade: GroundShade | null = null;
  let chosen: Basemap = { kind: "offline" };
  let chosenSecrets: BasemapSecrets = {};
  let world: ImageryLayer | null = null;
  let shown: ImageryLayer[] = [];
  let timer = 0;

  /** The old picture stays until the new one has had time to cover it. */
  const replace = (next: ImageryLayer[]): void => {
    const target = stage;
    if (!target) return;
    const old = shown;
    shown = next;
    for (const layer of next) target.scene.imageryLayers.add(layer);
    const retire = () => {
      for (const layer of old) if (stage === target) target.scene.imageryLayers.remove(layer, true);
      target.requestRender();
    };
    clearTimeout(timer);
    if (old.length === 0) retire();
    else {
      const off = target.scene.postRender.addEventListener(() => {
        if (!target.scene.globe.tilesLoaded) return;
        off();
        timer = window.setTimeout(retire, 0);
      });
    }
    target.requestRender();
  };

  const showOffline = (): void => {
    const provider = new VectorBaseProvider(data, {
      palette: current.palette.ground,
      slope: shadeSlope(current),
      shade,
    });
    replace([
      new Layer(provider.asProvider(), {
        minimumTerrainLevel: FIRST_VECTOR_LEVEL,
        maximumAnisotropy: stage?.quality === "light" ? 2 : 8,
      }),
    ]);
  };

  const showProviders = (providers: readonly ImageryProvider[]): void => {
    if (providers.length === 0) showOffline();
    else replace(providers.map((provider) => new Layer(provider)));
  };

  const addWorld = async (target: Stage): Promise<void> => {
    const provider = await TileMapServiceImageryProvider.fromUrl(
      buildModuleUrl("Assets/Textures/NaturalEarthII"),
    );
    if (stage !== target) return;
    world = new Layer(provider as unknown as ImageryProvider, {
      maximumTerrainLevel: FIRST_VECTOR_LEVEL - 1,
    });
    dressWorld(world, current);
    target.scene.imageryLayers.add(world, 0);
    target.requestRender();
  };

  return {
    setData(next, nextShade) {
      data = next;
      shade = nextShade;
      if (chosen.kind === "offline") showOffline();
    },
    setLight(next) {
      const isSameGround = groundKey(next) === groundKey(current);
      current = next;
      if (world) dressWorld(world, next);
      if (!isSameGround && chosen.kind === "offline") showOffline();
    },
    async set(basemap, secrets) {
      const providers = await createProviders(basemap, secrets);
      chosen = basemap;
      creditEngine(basemap.kind === "ion");
      chosenSecrets = secrets;
      showProviders(providers);
    },
    attach(next) {
      stage = next;
      shown = [];
      creditEngine(chosen.kind === "ion");
      void addWorld(next).catch(() => undefined);
      if (chosen.kind === "offline") showOffline();
      else createProviders(chosen, chosenSecrets).then(showProviders, showOffline);
    },
    detach() {
      clearTimeout(timer);
      stage = null;
      world = null;
      shown = [];
    },
  };
}
