import type { UnitMapping } from "../domain/feed-config.ts";
import { UNIT_KINDS, UNIT_STATUSES, type Unit, type UnitKind, type UnitStatus } from "../domain/response.ts";
import { fieldOf, isObject, type JsonObject, keyOf, numberOf, textOf, timeOf } from "./geojson-points.ts";

/** Provenance is put to it by who knows it; `timeMs` null where the record tells none. */
export interface DecodedUnit {
  readonly timeMs: number | null;
  readonly unit: Omit<Unit, "provenance" | "observedAtMs">;
}

/** Reports of units. `issues` are records that were left out. */
export interface Units {
  readonly kind: "units";
  readonly units: readonly DecodedUnit[];
  readonly issues: readonly string[];
}

/** Reads reports of units by a mapping: one record, a list of records, or a list at `records`. Each bad record is an issue. */
export function decodeUnitsMapped(map: UnitMapping, topic: string, json: unknown): Units {
  const found = map.records !== undefined && isObject(json) ? fieldOf(json, map.records) : json;
  const records = Array.isArray(found) ? (found as unknown[]) : [found];
  const units: DecodedUnit[] = [];
  const issues: string[] = [];
  for (const [i, record] of records.entries()) {
    const decoded = isObject(record) ? decodeRecord(map, topic, record) : "is no object";
    if (typeof decoded === "string") issues.push(`${topic}: record ${i} ${decoded}`);
    else units.push(decoded);
  }
  return { kind: "units", units, issues };
}

function decodeRecord(map: UnitMapping, topic: string, record: JsonObject): DecodedUnit | string {
  const part = /^topic:(\d+)$/.exec(map.id)?.[1];
  const id = keyOf(part === undefined ? fieldOf(record, map.id) : topic.split("/")[Number(part)]);
  if (id === null) return `has no ${map.id}`;
  const kind = wordOf(fieldOf(record, map.kind), map.kinds, UNIT_KINDS);
  if (kind === null) return `has no kind of unit at ${map.kind}`;
  const status = wordOf(fieldOf(record, map.status), map.statuses, UNIT_STATUSES);
  if (status === null) return `has no status of a unit at ${map.status}`;
  const longitudeDeg = numberOf(fieldOf(record, map.longitude));
  const latitudeDeg = numberOf(fieldOf(record, map.latitude));
  if (!isPlace(longitudeDeg, latitudeDeg)) return "has no place on the Earth";
  const timeMs = map.time === undefined ? null : timeOf(fieldOf(record, map.time));
  if (timeMs === undefined) return `has no time with a zone at ${map.time}`;
  const field = (path: string | undefined) => (path === undefined ? undefined : fieldOf(record, path));
  const name = textOf(field(map.name)) || id;
  return {
    timeMs,
    unit: {
      id,
      name: { zh: name, en: textOf(field(map.nameEn)) || name },
      kind: kind as UnitKind,
      status: status as UnitStatus,
      longitudeDeg: longitudeDeg as number,
      latitudeDeg: latitudeDeg as number,
      headingDeg: headingOf(field(map.heading)),
      crew: Math.max(0, Math.round(numberOf(field(map.crew)) || 0)),
      incidentId: keyOf(field(map.incident)),
    },
  };
}

function wordOf(
  value: unknown,
  words: Readonly<Record<string, string>> | undefined,
  known: readonly string[],
): string | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const word = String(value);
  if (words && Object.hasOwn(words, word)) return words[word]!;
  return known.includes(word) ? word : null;
}

function isPlace(longitudeDeg: number | null, latitudeDeg: number | null): boolean {
  return (
    longitudeDeg !== null &&
    latitudeDeg !== null &&
    Math.abs(longitudeDeg) <= 180 &&
    Math.abs(latitudeDeg) <= 90
  );
}

function headingOf(value: unknown): number | null {
  const degrees = numberOf(value);
  return degrees === null || Number.isNaN(degrees) ? null : ((degrees % 360) + 360) % 360;
}
