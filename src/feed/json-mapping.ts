import type { JsonMapping } from "../domain/feed-config.ts";
import { fieldOf, isObject, type JsonObject, keyOf, numberOf, textOf, timeOf } from "./geojson-points.ts";
import type { DecodedObservation, DecodedSensor, Points } from "./sensorthings.ts";

/**
 * Reads free-form JSON by a mapping: one record, a list of records, or a list at `records`. A record with a place describes
 * its sensor; without one it needs `places`, or a description from elsewhere. Each bad record is an issue.
 */
export function decodeJsonMapped(map: JsonMapping, topic: string, json: unknown): Points {
  const found = map.records !== undefined && isObject(json) ? fieldOf(json, map.records) : json;
  const records = Array.isArray(found) ? (found as unknown[]) : [found];
  const sensors: DecodedSensor[] = [];
  const observations: DecodedObservation[] = [];
  const issues: string[] = [];
  for (const [i, record] of records.entries()) {
    const decoded = isObject(record) ? decodeRecord(map, topic, record) : "is no object";
    if (typeof decoded === "string") {
      issues.push(`${topic}: record ${i} ${decoded}`);
      continue;
    }
    if (decoded.sensor) sensors.push(decoded.sensor);
    observations.push(decoded.observation);
  }
  return { kind: "points", sensors, observations, issues, isComplete: false };
}

function decodeRecord(
  map: JsonMapping,
  topic: string,
  record: JsonObject,
): { readonly sensor: DecodedSensor | null; readonly observation: DecodedObservation } | string {
  const key = keyOf(idIn(map.id, topic, record));
  if (key === null) return `has no ${map.id}`;
  const value = numberOf(fieldOf(record, map.value));
  if (value === null) return `has no number at ${map.value}`;
  const timeMs = map.time === undefined ? null : timeOf(fieldOf(record, map.time));
  if (timeMs === undefined) return `has no time with a zone at ${map.time}`;
  const at = placeIn(map, key, record);
  if (typeof at === "string") return at;
  const name = textOf(map.name === undefined ? undefined : fieldOf(record, map.name)) || key;
  const sensor = at && {
    key,
    sensor: {
      id: key,
      datastreamId: -1,
      name: { zh: name, en: name },
      kind: map.kind,
      unit: map.unit ?? "",
      ...at,
    },
  };
  return { sensor, observation: { key, timeMs, value } };
}

/** `topic:2` is the third part of the topic; anything else a path in the record. */
function idIn(path: string, topic: string, record: JsonObject): unknown {
  const part = /^topic:(\d+)$/.exec(path)?.[1];
  return part === undefined ? fieldOf(record, path) : topic.split("/")[Number(part)];
}

function placeIn(map: JsonMapping, key: string, record: JsonObject) {
  const known = map.places !== undefined && Object.hasOwn(map.places, key) ? map.places[key] : undefined;
  if (known) return { longitudeDeg: known[0], latitudeDeg: known[1], height: 0 };
  if (map.longitude === undefined || map.latitude === undefined) return null;
  const longitudeDeg = numberOf(fieldOf(record, map.longitude));
  const latitudeDeg = numberOf(fieldOf(record, map.latitude));
  const isPlace =
    longitudeDeg !== null &&
    latitudeDeg !== null &&
    Math.abs(longitudeDeg) <= 180 &&
    Math.abs(latitudeDeg) <= 90;
  return isPlace ? { longitudeDeg, latitudeDeg, height: 0 } : "has no place on the Earth";
}
