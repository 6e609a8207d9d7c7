import { TwinError } from "../base/errors.ts";
import type { LocalText } from "../domain/provenance.ts";
import type { Sensor, SensorLevel } from "../domain/risk.ts";

/** A Datastream at a place. `key` is the Datastream's id as text: servers use numbers, UUIDs and names. */
export interface DecodedSensor {
  readonly key: string;
  readonly sensor: Sensor;
}

export interface DecodedObservation {
  readonly key: string;
  /** phenomenonTime (the end, when it is an interval), else resultTime; null when the record names neither. */
  readonly timeMs: number | null;
  /** NaN for an explicit null: the sensor says that it has no value. */
  readonly value: number;
  /** Level that the source itself gives; the thresholds of the sensor's kind decide when it is absent. */
  readonly level?: SensorLevel;
  /** A value of the same time replaces the one that is there: the source corrects itself. */
  readonly isRevision?: boolean;
}

/** What a payload of SensorThings 1.1 holds. `issues` are records that were left out, one English sentence each. */
export type SensorThings =
  | {
      readonly kind: "things";
      readonly sensors: readonly DecodedSensor[];
      readonly issues: readonly string[];
    }
  | {
      readonly kind: "observations";
      readonly observations: readonly DecodedObservation[];
      readonly issues: readonly string[];
    };

/** Sensors with their values in one. `isComplete`: sensors that it does not name are not there any more. */
export interface Points {
  readonly kind: "points";
  readonly sensors: readonly DecodedSensor[];
  readonly observations: readonly DecodedObservation[];
  /** Where those that move are now. */
  readonly moves?: readonly DecodedMove[];
  /** Records that were left out, one English sentence each. */
  readonly issues: readonly string[];
  readonly isComplete: boolean;
}

/** A new place of something that moves: deg, deg, m; heading from north clockwise, NaN when it is not known. */
export interface DecodedMove {
  readonly key: string;
  /** Null when the record names no time. */
  readonly timeMs: number | null;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly height: number;
  readonly headingDeg: number;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Decodes Things (one or a page, with Locations and Datastreams expanded), Datastreams with their Thing, Observations (one, a page, or a dataArray) by
 * their shape. `topic` names the Datastream of a bare Observation. Throws TwinError `sensorthings.invalid`.
 */
export function decodeSensorThings(topic: string, json: unknown): SensorThings {
  if (!isObject(json)) throw invalid("the payload", "a JSON object");
  const records = Array.isArray(json.value) ? (json.value as unknown[]) : [json];
  const first = records.find(isObject);
  if (records.length === 0) return { kind: "things", sensors: [], issues: [] };
  if (first === undefined) throw invalid("value", "a list of entities");
  if ("dataArray" in first) return decodeAll(records, decodeDataArray);
  if ("result" in first) return decodeAll(records, (record) => [decodeObservation(topic, record)]);
  if (isObject(first.Thing)) return decodeThings(records.map(thingOfDatastream));
  if ("name" in first || "Datastreams" in first) return decodeThings(records);
  throw invalid("the payload", "a Thing, a page of Things, or an Observation");
}

function decodeAll(
  records: readonly unknown[],
  decode: (record: Json) => readonly (DecodedObservation | string)[],
): SensorThings {
  const observations: DecodedObservation[] = [];
  const issues: string[] = [];
  for (const record of records)
    for (const one of isObject(record) ? decode(record) : ["an Observation is no object"])
      if (typeof one === "string") issues.push(one);
      else observations.push(one);
  return { kind: "observations", observations, issues };
}

function decodeThings(records: readonly unknown[]): SensorThings {
  const sensors: DecodedSensor[] = [];
  const issues: string[] = [];
  for (const [i, record] of records.entries()) {
    const place = isObject(record) ? `Thing ${String(record["@iot.id"] ?? record.name ?? i)}` : `Thing ${i}`;
    const decoded = isObject(record) ? decodeThing(record) : "is no object";
    if (typeof decoded === "string") {
      issues.push(`${place} ${decoded}`);
      continue;
    }
    for (const one of decoded)
      if (typeof one === "string") issues.push(`${place}: ${one}`);
      else sensors.push(one);
  }
  return { kind: "things", sensors, issues };
}

/** A Datastream with its Thing expanded, turned round. */
function thingOfDatastream(record: unknown): unknown {
  return isObject(record) && isObject(record.Thing) ? { ...record.Thing, Datastreams: [record] } : record;
}

function decodeThing(thing: Json): readonly (DecodedSensor | string)[] | string {
  if (!Array.isArray(thing.Datastreams)) return "has no expanded Datastreams (ask with $expand)";
  const streams = thing.Datastreams.filter(isObject);
  if (streams.length === 0) return [];
  const at = placeOf(thing);
  if (typeof at === "string") return at;
  const properties = isObject(thing.properties) ? thing.properties : {};
  const code = textOf(properties.code);
  const name = nameOf(thing, properties);
  const ifcGlobalId = textOf(properties.ifcGlobalId);
  return streams.map((stream) => {
    const key = idOf(stream["@iot.id"]);
    if (key === null) return "a Datastream has no @iot.id";
    const unit = isObject(stream.unitOfMeasurement) ? stream.unitOfMeasurement : {};
    const id = code === "" ? `Datastreams(${key})` : streams.length === 1 ? code : `${code}/${key}`;
    const numeric = Number(key);
    return {
      key,
      sensor: {
        id,
        datastreamId: Number.isSafeInteger(numeric) ? numeric : -1,
        name,
        kind: kindOf(stream),
        unit: textOf(unit.symbol) || textOf(unit.name),
        ...at,
        ...(ifcGlobalId !== "" && { ifcGlobalId }),
      },
    };
  });
}

/** Our pages name the kind; of others the observed property's name is the best word. */
function kindOf(stream: Json): string {
  const properties = isObject(stream.properties) ? stream.properties : {};
  const observed = isObject(stream.ObservedProperty) ? stream.ObservedProperty : {};
  return textOf(properties.kind) || textOf(observed.name) || textOf(stream.name) || "unknown";
}

function nameOf(thing: Json, properties: Json): LocalText {
  const name = textOf(thing.name);
  return { zh: textOf(properties.nameZh) || name, en: textOf(properties.nameEn) || name };
}

/** A GeoJSON Point, alone or as a Feature's geometry, of the Thing's first Location. */
function placeOf(thing: Json): Pick<Sensor, "longitudeDeg" | "latitudeDeg" | "height"> | string {
  const location = Array.isArray(thing.Locations) ? thing.Locations.find(isObject) : undefined;
  if (location === undefined || !isObject(location.location)) return "has no Location";
  const geometry = location.location.type === "Feature" ? location.location.geometry : location.location;
  if (!isObject(geometry) || geometry.type !== "Point" || !Array.isArray(geometry.coordinates))
    return "has a Location that is no GeoJSON Point";
  const [longitudeDeg, latitudeDeg, height = 0] = geometry.coordinates as unknown[];
  const isPlace =
    typeof longitudeDeg === "number" &&
    typeof latitudeDeg === "number" &&
    Math.abs(longitudeDeg) <= 180 &&
    Math.abs(latitudeDeg) <= 90;
  if (!isPlace) return "has a Location outside the Earth's longitudes and latitudes";
  return {
    longitudeDeg,
    latitudeDeg,
    height: typeof height === "number" && Number.isFinite(height) ? height : 0,
  };
}

function decodeObservation(topic: string, record: Json): DecodedObservation | string {
  const stream = isObject(record.Datastream) ? idOf(record.Datastream["@iot.id"]) : null;
  const key = stream ?? datastreamOfTopic(topic);
  if (key === null) return "an Observation names no Datastream, and neither does its topic";
  return observationOf(key, record.result, record.phenomenonTime ?? record.resultTime);
}

/** SensorThings data array: `components` name the columns of `dataArray`. */
function decodeDataArray(group: Json): readonly (DecodedObservation | string)[] {
  const key = isObject(group.Datastream) ? idOf(group.Datastream["@iot.id"]) : null;
  if (key === null || !Array.isArray(group.components) || !Array.isArray(group.dataArray))
    return ["a dataArray names no Datastream or no components"];
  const column = (name: string) => (group.components as unknown[]).indexOf(name);
  const [result, phenomenon, resultTime] = [column("result"), column("phenomenonTime"), column("resultTime")];
  if (result < 0) return ["a dataArray has no result column"];
  return group.dataArray.map((row: unknown) =>
    Array.isArray(row)
      ? observationOf(key, row[result], row[phenomenon] ?? row[resultTime])
      : "a row of a dataArray is no list",
  );
}

function observationOf(key: string, result: unknown, time: unknown): DecodedObservation | string {
  const value = numberOf(result);
  if (value === null) return `Datastream ${key}: result ${JSON.stringify(result)?.slice(0, 40)} is no number`;
  if (time === undefined || time === null) return { key, timeMs: null, value };
  const timeMs = typeof time === "string" ? Date.parse(time.split("/").at(-1) ?? "") : Number.NaN;
  if (Number.isNaN(timeMs))
    return `Datastream ${key}: time ${JSON.stringify(time)?.slice(0, 40)} is no ISO 8601 time`;
  return { key, timeMs, value };
}

/** `liaotwin/shenyang/v1.1/Datastreams(12)/Observations` is of Datastream 12. */
export function datastreamOfTopic(topic: string): string | null {
  const match = /Datastreams\((?:'([^']+)'|([^')]+))\)\/Observations$/.exec(topic);
  return match?.[1] ?? match?.[2] ?? null;
}

function numberOf(result: unknown): number | null {
  if (result === null) return Number.NaN;
  if (typeof result === "boolean") return result ? 1 : 0;
  return typeof result === "number" && Number.isFinite(result) ? result : null;
}

function idOf(id: unknown): string | null {
  if (typeof id === "number" && Number.isFinite(id)) return String(id);
  return typeof id === "string" && id !== "" ? id : null;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(place: string, expected: string): TwinError {
  return new TwinError("sensorthings.invalid", `SensorThings: ${place} should be ${expected}.`, {
    place,
    expected,
  });
}
