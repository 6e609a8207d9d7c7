import * as v from "valibot";

const address = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2048));
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300));
const datum = v.optional(v.picklist(["WGS84", "GCJ02"]), "WGS84");
const format = v.optional(v.pipe(v.string(), v.maxLength(80)), "image/png");
const maxLevel = v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(24)));
const styleName = v.optional(v.pipe(v.string(), v.maxLength(200)), "");

/** Where a map layer comes from, as a catalogue, a command or a link carries it. Keys are never part of it. */
export const mapServiceSchema = v.variant("kind", [
  v.strictObject({
    kind: v.literal("wmts"),
    url: address,
    layer: name,
    tileMatrixSet: name,
    style: v.optional(v.pipe(v.string(), v.maxLength(200)), "default"),
    format,
    datum,
    maxLevel,
  }),
  v.strictObject({ kind: v.literal("wms"), url: address, layer: name, style: styleName, format }),
  v.strictObject({ kind: v.literal("tms"), url: address }),
  v.strictObject({ kind: v.literal("xyz"), url: address, datum, maxLevel }),
  v.strictObject({
    kind: v.literal("tianditu"),
    layer: v.picklist(["vec", "cva", "img", "cia", "ter", "cta", "ibo"]),
  }),
  v.strictObject({ kind: v.literal("arcgis"), url: address, layer: v.exactOptional(name) }),
  v.strictObject({ kind: v.literal("mvt"), url: address, maxLevel, idProperty: v.exactOptional(name) }),
  v.strictObject({ kind: v.literal("geojson"), url: address }),
  v.strictObject({ kind: v.literal("kml"), url: address }),
  v.strictObject({ kind: v.literal("czml"), url: address }),
  v.strictObject({ kind: v.literal("tiles"), url: address }),
]);

export type MapService = Readonly<v.InferOutput<typeof mapServiceSchema>>;
/** As written: defaults may be left out. */
export type MapServiceInput = v.InferInput<typeof mapServiceSchema>;
export type MapServiceKind = MapService["kind"];

export const MAP_SERVICE_KINDS: readonly MapServiceKind[] = [
  "wmts",
  "wms",
  "xyz",
  "tms",
  "tianditu",
  "arcgis",
  "mvt",
  "geojson",
  "kml",
  "czml",
  "tiles",
];

/** Read as a file in a worker: features with attributes. */
export function isFeatureService({ kind }: Pick<MapService, "kind">): boolean {
  return kind === "geojson" || kind === "kml" || kind === "czml";
}

/** Query names that mean a key: a service with one in its address is not carried in links. */
const SECRET = /[?&](tk|token|key|apikey|api_key|access_token|ak|sk)=/i;

export function hasSecret(service: MapServiceInput): boolean {
  return "url" in service && SECRET.test(service.url);
}
