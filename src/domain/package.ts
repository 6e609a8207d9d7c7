import type { LogSpan } from "./event-log.ts";
import { movesOfFeed } from "./feed-moment.ts";
import type { IncidentView } from "./incident.ts";
import type { MomentHashVersion } from "./moment-hash.ts";
import type { TwinEvent, TwinEventBody } from "./twin-event.ts";
import type { TwinMoment } from "./twin-moment.ts";
import { commandOfOrder } from "./unit-order.ts";

export const PACKAGE_FORMAT = "liaotwin-incident-package";
/** 2: units, zones, storm tracks and places of moving sensors are part of the state and of its hash. Version 1 is read as well. */
export const PACKAGE_VERSION = 2;
export const READ_VERSIONS: readonly number[] = [1, 2];

/** `manifest.json` of an incident package. */
export interface PackageManifest {
  readonly format: typeof PACKAGE_FORMAT;
  readonly version: MomentHashVersion;
  readonly title: string;
  readonly city: string | null;
  readonly scenario: string | null;
  readonly incidentId: string | null;
  readonly span: LogSpan;
  /** Hash of the state at the end of the span. */
  readonly hash: string;
  readonly exportedMs: number;
}

/** An incident package in memory. */
export interface IncidentPackage {
  readonly manifest: PackageManifest;
  readonly events: readonly TwinEvent[];
  /** Views that were attached to incidents, as queries of the address. */
  readonly views: readonly (IncidentView & { readonly incidentId: string })[];
}

/**
 * Entries that bring about a moment from nothing, for a package that begins in the middle of a log. `incidents` are the entries of
 * that kind up to then, as they were logged.
 */
export function eventsOfMoment(moment: TwinMoment, incidents: readonly TwinEvent[]): TwinEvent[] {
  const { timeMs, scenario, city, feeds, units, zones, orders, view } = moment;
  const base = { timeMs, actor: "system" };
  const events: TwinEvent[] = [];
  const add = (body: TwinEventBody) => events.push({ ...base, ...body, id: `start/${events.length + 1}` });
  if (city !== null) add({ kind: "scenario", scenario, city });
  if (view) add({ kind: "view", pose: view });
  if (units.size > 0) add({ kind: "units", put: [...units.values()], gone: [], isAll: true });
  for (const zone of zones.values()) add({ kind: "command", command: { type: "set-zone", zone } });
  for (const order of orders.values()) add({ kind: "command", command: commandOfOrder(order) });
  for (const feed of feeds.values()) {
    const { feedId, title, state, status, sensors, values, timesMs, levels } = feed;
    add({ kind: "feed", feedId, title, state, isFresh: true, ...(status && { status }) });
    if (sensors.length > 0) {
      add({ kind: "sensors", feedId, sensors });
      const rows = Uint32Array.from(values.keys());
      add({ kind: "readings", feedId, rows, values, timesMs, levels });
      const moves = movesOfFeed(feed);
      if (moves) add({ kind: "moves", feedId, ...moves });
    }
    if (feed.tracks.length > 0) add({ kind: "tracks", feedId, tracks: feed.tracks });
    if (feed.warnings.size > 0) add({ kind: "warnings", feedId, put: [...feed.warnings.values()], gone: [] });
    for (const { alert, title: name } of feed.alerts.values())
      add({ kind: "alert", feedId, alert, ...(name && { title: name }) });
  }
  return [...incidents, ...events];
}

/** Views out of the entries. */
export function viewsOf(events: readonly TwinEvent[]): IncidentPackage["views"] {
  return events.flatMap((event) => {
    if (event.kind !== "incident" || event.command.type !== "incident.attachView") return [];
    const { incidentId, query } = event.command;
    return [{ incidentId, entryId: event.id, atMs: event.timeMs, by: event.actor, query }];
  });
}
