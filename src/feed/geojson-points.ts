import { TwinError } from "../base/errors.ts";
import type { GeoJsonMapping } from "../domain/feed-config.ts";
import type { SensorLevel } from "../domain/risk.ts";
import type { DecodedObservation, DecodedSensor, Points } from "./sensorthings.ts";

/** Longest name that is taken over. */
const MAX_NAME = 200;
const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;

export type JsonObject = Readonly<Record<string, unknown>>;

/** One feature as a sensor with a value; a sentence that says why not; null to leave it out in silence. */
export type DecodeFeature = (
  feature: JsonObject,
) => { readonly sensor: DecodedSensor; readonly observation: DecodedObservation } | string | null;

/**
 * Decodes a FeatureCollection, or one Feature, feature by feature: each bad one is an issue, the others stay. A collection in
 * which every feature could be read is complete. Throws TwinError `feed.geojson`.
 */
export function decodeFeatures(json: unknown, decode: DecodeFeature): Points {
  if (!isObject(json)) throw invalid("the payload", "a JSON object");
  const isOne = json.type === "Feature";
  if (!isOne && (json.type !== "FeatureCollection" || !Array.isArray(json.features)))
    throw invalid("the payload", "a FeatureCollection");
  const sensors = new Map<string, DecodedSensor>();
  const observations: DecodedObservation[] = [];
  const issues: string[] = [];
  for (const [i, feature] of (isOne ? [json] : (json.features as unknown[])).entries()) {
    const decoded = isObject(feature) ? decode(feature) : "is no object";
    if (decoded === null) continue;
    if (typeof decoded === "string") {
      issues.push(`Feature ${placeOf(feature, i)} ${decoded}`);
      continue;
    }
    if (sensors.has(decoded.sensor.key))
      issues.push(`Feature ${placeOf(feature, i)} has the id of an earlier one`);
    else {
      sensors.set(decoded.sensor.key, decoded.sensor);
      observations.push(decoded.observation);
    }
  }
  const isComplete = !isOne && issues.length === 0;
  return { kind: "points", sensors: [...sensors.values()], observations, issues, isComplete };
}

/** Reads features by a mapping. A value of null is "no data", text is no number unless it reads as one. */
export function decodeMapped(map: GeoJsonMapping): DecodeFeature {
  return (feature) => {
    const at = pointOf(feature);
    if (typeof at === "string") return at;
    const key = keyOf(map.id === undefined ? feature.id : fieldOf(feature, map.id));
    if (key === null) return `has no ${map.id ?? "id"}`;
    const value = numberOf(fieldOf(feature, map.value));
    if (value === null) return `${map.value} ${show(fieldOf(feature, map.value))} is no number`;
    const time = map.time === undefined ? null : timeOf(fieldOf(feature, map.time));
    if (time === undefined)
      return `${map.time} ${show(fieldOf(feature, map.time ?? ""))} is no time with a zone`;
    const level = map.level === undefined ? undefined : levelIn(map.level, feature);
    if (typeof level === "string") return level;
    const name = textOf(map.name === undefined ? undefined : fieldOf(feature, map.name)) || key;
    const sensor = {
      id: key,
      datastreamId: -1,
      name: { zh: name, en: name },
      kind: map.kind,
      unit: map.unit ?? "",
      ...at,
    };
    return {
      sensor: { key, sensor },
      observation: { key, timeMs: time, value, isRevision: true, ...(level !== undefined && { level }) },
    };
  };
}

function levelIn(map: NonNullable<GeoJsonMapping["level"]>, feature: JsonObject): SensorLevel | string {
  const word = fieldOf(feature, map.field);
  const known = typeof word === "string" || typeof word === "number" ? String(word) : "";
  return Object.hasOwn(map.words, known)
    ? map.words[known]!
    : `${map.field} ${show(word)} is not one of ${Object.keys(map.words).join(", ")}`;
}

/** Place of a Point feature; height is kept at 0, because depth and altitude are told apart by no standard field. */
export function pointOf(
  feature: JsonObject,
): { longitudeDeg: number; latitudeDeg: number; height: number } | string {
  const geometry = isObject(feature.geometry) ? feature.geometry : {};
  if (geometry.type !== "Point" || !Array.isArray(geometry.coordinates)) return "has no Point geometry";
  const [longitudeDeg, latitudeDeg] = geometry.coordinates as unknown[];
  const isPlace =
    typeof longitudeDeg === "number" &&
    typeof latitudeDeg === "number" &&
    Math.abs(longitudeDeg) <= 180 &&
    Math.abs(latitudeDeg) <= 90;
  return isPlace
    ? { longitudeDeg, latitudeDeg, height: 0 }
    : "lies outside the Earth's longitudes and latitudes";
}

/** What lies at a dotted path of own properties; undefined when there is nothing. */
export function fieldOf(object: JsonObject, path: string): unknown {
  let at: unknown = object;
  for (const part of path.split(".")) {
    if (!isObject(at) || !Object.hasOwn(at, part)) return undefined;
    at = at[part];
  }
  return at;
}

export function keyOf(id: unknown): string | null {
  if (typeof id === "number" && Number.isFinite(id)) return String(id);
  return typeof id === "string" && id !== "" ? id.slice(0, MAX_NAME) : null;
}

/** NaN for an explicit null, null for what is no number. */
export function numberOf(value: unknown): number | null {
  if (value === null) return Number.NaN;
  if (typeof value === "string" && /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(value))
    return Number(value);
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** Epoch ms of an ISO 8601 text with a zone or of a number (from 1e11 on milliseconds, else seconds); undefined when none. */
export function timeOf(value: unknown): number | undefined {
  if (typeof value === "number" && Number.isFinite(value) && value > 0)
    return value >= 1e11 ? value : value * 1000;
  if (typeof value !== "string" || !TIME.test(value)) return undefined;
  const timeMs = Date.parse(value.replace(" ", "T"));
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim().slice(0, MAX_NAME) : "";
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const show = (value: unknown): string => (JSON.stringify(value) ?? "(absent)").slice(0, 40);

function placeOf(feature: unknown, i: number): string {
  return (isObject(feature) ? keyOf(feature.id) : null) ?? String(i);
}

function invalid(place: string, expected: string): TwinError {
  return new TwinError("feed.geojson", `GeoJSON: ${place} should be ${expected}.`, { place, expected });
}
