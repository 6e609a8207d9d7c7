import * as v from "valibot";
import { ZONE_KINDS, type Zone } from "./response.ts";
import type { TwinEvent } from "./twin-event.ts";

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const words = v.pipe(v.string(), v.maxLength(300));
const localText = v.object({ zh: words, en: words });
const longitudeDeg = v.pipe(v.number(), v.minValue(-180), v.maxValue(180));
const latitudeDeg = v.pipe(v.number(), v.minValue(-90), v.maxValue(90));

/** A zone as commands and stored logs carry it. */
export const ZONE_SCHEMA = v.object({
  id,
  kind: v.picklist(ZONE_KINDS),
  title: localText,
  ring: v.pipe(v.array(v.tuple([longitudeDeg, latitudeDeg])), v.minLength(3), v.maxLength(5000)),
  incidentId: v.nullable(id),
  origin: id,
  provenance: v.object({
    kind: v.picklist(["LIVE", "RECORDED", "SIMULATED", "SAMPLE"]),
    source: v.union([words, localText]),
    observedAtMs: v.optional(v.number()),
  }),
});

/** What an entry of the log does to the zones: one is there as it says, or is gone. */
export type ZoneChange = { readonly put: Zone } | { readonly gone: string };

/** Zones are in the log as the commands that set and removed them. Null for every other entry, and for a zone that cannot be one. */
export function zoneChangeOf(event: TwinEvent): ZoneChange | null {
  if (event.kind !== "command") return null;
  const { type, zone, id: goneId } = event.command;
  if (type === "remove-zone") return typeof goneId === "string" ? { gone: goneId } : null;
  if (type !== "set-zone") return null;
  const parsed = v.safeParse(ZONE_SCHEMA, zone);
  return parsed.success ? { put: parsed.output as Zone } : null;
}

/** The zones after one more change; those before stay as they were. */
export function changedZones(
  zones: ReadonlyMap<string, Zone>,
  change: ZoneChange,
): ReadonlyMap<string, Zone> {
  const after = new Map(zones);
  if ("put" in change) after.set(change.put.id, change.put);
  else after.delete(change.gone);
  return after;
}

/** The zones that a log adds up to. */
export function zonesOf(events: Iterable<TwinEvent>): ReadonlyMap<string, Zone> {
  let zones: ReadonlyMap<string, Zone> = new Map();
  for (const event of events) {
    const change = zoneChangeOf(event);
    if (change) zones = changedZones(zones, change);
  }
  return zones;
}
