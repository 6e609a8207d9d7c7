import {
  ArcGisMapServerImageryProvider,
  type ImageryProvider,
  TileMapServiceImageryProvider,
  UrlTemplateImageryProvider,
  WebMapServiceImageryProvider,
  WebMapTileServiceImageryProvider,
  WebMercatorTilingScheme,
} from "cesium";
import { TwinError } from "../base/errors.ts";
import type { MapService } from "../domain/map-service.ts";
import type { BasemapSecrets, MapRequest } from "./contract.ts";
import { Gcj02TilingScheme } from "./gcj-tiling.ts";
import { fetchDescription, probeArcGis, probePicture } from "./map-probe.ts";

type Of<K extends MapService["kind"]> = Extract<MapService, { kind: K }>;

/** Level and tile (web Mercator) that hold Shenyang: what a map of the province is asked for first. */
const PROBE = { z: 6, x: 53, y: 23 } as const;
const DEEPEST = 19;

const schemeFor = (datum: "WGS84" | "GCJ02") =>
  datum === "GCJ02" ? new Gcj02TilingScheme() : new WebMercatorTilingScheme();
const asProvider = (provider: unknown): ImageryProvider => provider as ImageryProvider;
const withQuery = (url: string, query: string): string => `${url}${url.includes("?") ? "&" : "?"}${query}`;

async function xyz({ url, datum, maxLevel }: Of<"xyz">): Promise<ImageryProvider> {
  requireTemplate(url);
  const reversed = 2 ** PROBE.z - 1 - PROBE.y;
  await probePicture(
    url
      .replace("{z}", String(PROBE.z))
      .replace("{x}", String(PROBE.x))
      .replace("{y}", String(PROBE.y))
      .replace(/\{-y\}|\{reverseY\}/, String(reversed))
      .replace("{s}", "a"),
    true,
  );
  return asProvider(
    new UrlTemplateImageryProvider({
      url: url.replace("{-y}", "{reverseY}"),
      tilingScheme: schemeFor(datum),
      maximumLevel: maxLevel ?? DEEPEST,
    }),
  );
}

export function requireTemplate(url: string): void {
  if (/\{z\}/.test(url) && /\{x\}/.test(url) && /\{(-?y|reverseY)\}/.test(url)) return;
  throw new TwinError("basemap.bad-template", "The map address must contain {z}, {x} and {y}.", { url });
}

async function wmts(service: Of<"wmts">, time: string | undefined): Promise<ImageryProvider> {
  const { url, layer, style, format, tileMatrixSet, datum, maxLevel } = service;
  const isTemplate = /\{TileMatrix\}/i.test(url);
  const probed = isTemplate
    ? url
        .replace(/\{TileMatrixSet\}/i, tileMatrixSet)
        .replace(/\{TileMatrix\}/i, String(PROBE.z))
        .replace(/\{TileRow\}/i, String(PROBE.y))
        .replace(/\{TileCol\}/i, String(PROBE.x))
        .replace(/\{Style\}/i, style)
        .replace(/\{Layer\}/i, layer)
    : withQuery(
        url,
        `SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${encodeURIComponent(layer)}&STYLE=${encodeURIComponent(style)}&FORMAT=${encodeURIComponent(format)}&TILEMATRIXSET=${encodeURIComponent(tileMatrixSet)}&TILEMATRIX=${PROBE.z}&TILEROW=${PROBE.y}&TILECOL=${PROBE.x}`,
      );
  await probePicture(probed, isTemplate);
  return asProvider(
    new WebMapTileServiceImageryProvider({
      url,
      layer,
      style,
      format,
      tileMatrixSetID: tileMatrixSet,
      tilingScheme: schemeFor(datum),
      maximumLevel: maxLevel ?? DEEPEST,
      ...(time && { dimensions: { time } }),
    }),
  );
}

async function wms(
  { url, layer, style, format }: Of<"wms">,
  time: string | undefined,
): Promise<ImageryProvider> {
  const parameters = {
    service: "WMS",
    version: "1.1.1",
    styles: style,
    format,
    transparent: true,
    ...(time && { time }),
  };
  const query = new URLSearchParams({
    ...parameters,
    transparent: "true",
    request: "GetMap",
    layers: layer,
    srs: "EPSG:3857",
    bbox: "13400000,4650000,13900000,5150000",
    width: "32",
    height: "32",
  });
  await probePicture(withQuery(url, String(query)));
  return asProvider(
    new WebMapServiceImageryProvider({
      url,
      layers: layer,
      parameters,
      tilingScheme: new WebMercatorTilingScheme(),
      enablePickFeatures: false,
    }),
  );
}

async function tms({ url }: Of<"tms">): Promise<ImageryProvider> {
  const folder = url.replace(/tilemapresource\.xml.*$/i, "").replace(/\/*$/, "/");
  const text = await fetchDescription(`${folder}tilemapresource.xml`);
  if (!/<TileMap[\s>]/i.test(text))
    throw new TwinError("map.no-service", `There is no TMS description at ${folder}.`, {
      host: new URL(folder, location.href).host,
      kind: "TMS",
    });
  return asProvider(await TileMapServiceImageryProvider.fromUrl(folder));
}

async function tianditu({ layer }: Of<"tianditu">, secrets: BasemapSecrets): Promise<ImageryProvider> {
  const key = secrets.tianditu?.trim();
  if (!key)
    throw new TwinError(
      "basemap.key-missing",
      "Tianditu needs a key; enter yours in the base map settings.",
      {
        provider: "天地图",
      },
    );
  const query = `SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX=${PROBE.z}&TILEROW=${PROBE.y}&TILECOL=${PROBE.x}&tk=${encodeURIComponent(key)}`;
  await probePicture(`https://t0.tianditu.gov.cn/${layer}_w/wmts?${query}`);
  return asProvider(
    new WebMapTileServiceImageryProvider({
      url: `https://t{s}.tianditu.gov.cn/${layer}_w/wmts?tk=${encodeURIComponent(key)}`,
      layer,
      style: "default",
      format: "tiles",
      tileMatrixSetID: "w",
      subdomains: ["0", "1", "2", "3", "4", "5", "6", "7"],
      maximumLevel: 18,
      credit: "天地图 GS(2024)0568号",
    }),
  );
}

async function arcgis({ url, layer }: Of<"arcgis">): Promise<ImageryProvider> {
  await probeArcGis(url);
  try {
    return asProvider(
      await ArcGisMapServerImageryProvider.fromUrl(url, {
        enablePickFeatures: false,
        ...(layer && { layers: layer }),
      }),
    );
  } catch (cause) {
    const host = new URL(url, location.href).host;
    throw new TwinError("map.refused", `The map server ${host} refused the request: ${String(cause)}`, {
      host,
      reason: String(cause instanceof Error ? cause.message : cause).slice(0, 200),
    });
  }
}

/** The provider of a picture service, once one picture of it has been seen. Rejects with TwinError `map.*` or `basemap.*`. */
export async function createMapProvider(
  { service, time }: Pick<MapRequest, "service" | "time">,
  secrets: BasemapSecrets,
): Promise<ImageryProvider> {
  switch (service.kind) {
    case "xyz":
      return xyz(service);
    case "wmts":
      return wmts(service, time);
    case "wms":
      return wms(service, time);
    case "tms":
      return tms(service);
    case "tianditu":
      return tianditu(service, secrets);
    case "arcgis":
      return arcgis(service);
    default:
      throw new RangeError(`${service.kind} is no picture service`);
  }
}
