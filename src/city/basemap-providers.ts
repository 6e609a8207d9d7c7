import {
  type ImageryProvider,
  IonImageryProvider,
  UrlTemplateImageryProvider,
  WebMapTileServiceImageryProvider,
  WebMercatorTilingScheme,
} from "cesium";
import { TwinError } from "../base/errors.ts";
import type { Basemap, MapDatum } from "../domain/layer.ts";
import type { BasemapSecrets } from "./contract.ts";
import { Gcj02TilingScheme } from "./gcj-tiling.ts";

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
export async function createProviders(basemap: Basemap, secrets: BasemapSecrets): Promise<ImageryProvider[]> {
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
