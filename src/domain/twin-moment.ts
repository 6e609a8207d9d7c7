import {
  changedAlerts,
  changedWarnings,
  describedSensors,
  emptyFeed,
  type FeedMoment,
  movedPlaces,
} from "./feed-moment.ts";
import type { Incidents } from "./incident.ts";
import { applyIncidentEntry, checkIncidentEntry } from "./incident-reducer.ts";
import type { CameraPose } from "./pose.ts";
import type { Unit, Zone } from "./response.ts";
import type { TwinEvent, TwinReadings } from "./twin-event.ts";
import { orderOf, type UnitOrder } from "./unit-order.ts";
import { changedZones, zoneChangeOf } from "./zone-change.ts";

/** What the log adds up to at a time. Plain data: a checkpoint keeps it, a hash compares it. */
export interface TwinMoment {
  /** Time of the newest entry in it, epoch ms; 0 before the first. */
  readonly timeMs: number;
  readonly scenario: string | null;
  readonly city: string | null;
  readonly feeds: ReadonlyMap<string, FeedMoment>;
  readonly incidents: Incidents;
  /** As they were last reported, by id. */
  readonly units: ReadonlyMap<string, Unit>;
  /** What each unit was told last, by its id. */
  readonly orders: ReadonlyMap<string, UnitOrder>;
  /** That stand, by id. */
  readonly zones: ReadonlyMap<string, Zone>;
  /** Where a camera was last seen to rest. */
  readonly view: CameraPose | null;
}

export const EMPTY_MOMENT: TwinMoment = {
  timeMs: 0,
  scenario: null,
  city: null,
  feeds: new Map(),
  incidents: new Map(),
  units: new Map(),
  orders: new Map(),
  zones: new Map(),
  view: null,
};

/**
 * The reducer over the log. It works on copies of what it starts from, made when they are first written to, so that `moment()`
 * costs nothing and stays as it is.
 */
export class MomentFold {
  #moment: TwinMoment;
  readonly #feeds: Map<string, FeedMoment>;
  /** Feeds whose arrays of readings nobody else has seen, and of places. */
  readonly #owned = new Set<string>();
  readonly #ownedPlaces = new Set<string>();

  constructor(from: TwinMoment = EMPTY_MOMENT) {
    this.#moment = from;
    this.#feeds = new Map(from.feeds);
  }

  get timeMs(): number {
    return this.#moment.timeMs;
  }

  moment(): TwinMoment {
    this.#owned.clear();
    this.#ownedPlaces.clear();
    return { ...this.#moment, feeds: new Map(this.#feeds) };
  }

  apply(event: TwinEvent): void {
    this.#moment = { ...this.#moment, ...this.#applied(event), timeMs: event.timeMs };
  }

  #applied(event: TwinEvent): Partial<TwinMoment> {
    switch (event.kind) {
      case "scenario":
        return { scenario: event.scenario, city: event.city };
      case "view":
        return { view: event.pose };
      case "incident":
        return { incidents: withIncident(this.#moment.incidents, event) };
      case "feed":
        this.#applyFeed(event);
        return {};
      case "sensors":
        this.#put(event.feedId, event.timeMs, describedSensors(this.#feed(event.feedId), event));
        return {};
      case "readings":
        this.#applyReadings(event, event.timeMs);
        return {};
      case "warnings":
        this.#put(event.feedId, event.timeMs, { warnings: changedWarnings(this.#feed(event.feedId), event) });
        return {};
      case "alert":
        this.#put(event.feedId, event.timeMs, { alerts: changedAlerts(this.#feed(event.feedId), event) });
        return {};
      case "moves":
        this.#applyMoves(event);
        return {};
      case "tracks":
        this.#put(event.feedId, event.timeMs, { tracks: event.tracks });
        return {};
      case "units":
        return { units: changedUnits(this.#moment.units, event) };
      case "command":
        return this.#applyCommand(event);
    }
  }

  /** Zones and orders are in the log as the commands that set them; other commands say what was done, not how things are. */
  #applyCommand(event: TwinEvent): Partial<TwinMoment> {
    const { zones, orders } = this.#moment;
    const change = zoneChangeOf(event);
    if (change) return { zones: changedZones(zones, change) };
    const order = orderOf(event);
    return order ? { orders: new Map(orders).set(order.unitId, order) } : {};
  }

  #applyMoves(event: Extract<TwinEvent, { kind: "moves" }>): void {
    const { feedId, timeMs } = event;
    const feed = this.#feed(feedId);
    const places = movedPlaces(feed, event, this.#ownedPlaces.has(feedId) ? feed.places : null);
    this.#put(feedId, timeMs, { places });
    this.#ownedPlaces.add(feedId);
  }

  #feed(feedId: string): FeedMoment {
    return this.#feeds.get(feedId) ?? emptyFeed(feedId);
  }

  #put(feedId: string, heardMs: number, change: Partial<FeedMoment>): void {
    this.#feeds.set(feedId, { ...this.#feed(feedId), ...change, heardMs });
    if (change.values) this.#owned.add(feedId);
    if (change.places !== undefined) this.#ownedPlaces.delete(feedId);
  }

  #applyFeed(event: Extract<TwinEvent, { kind: "feed" }>): void {
    const { feedId, title, state, status = null, isFresh, timeMs } = event;
    if (state === "off" || isFresh) {
      this.#feeds.delete(feedId);
      this.#owned.delete(feedId);
      this.#ownedPlaces.delete(feedId);
    }
    if (state === "off") return;
    this.#put(feedId, timeMs, { title, state, status });
  }

  #applyReadings(readings: TwinReadings, timeMs: number): void {
    const { feedId } = readings;
    const feed = this.#feed(feedId);
    const isOwned = this.#owned.has(feedId);
    const values = isOwned ? feed.values : feed.values.slice();
    const timesMs = isOwned ? feed.timesMs : feed.timesMs.slice();
    const levels = isOwned ? feed.levels : feed.levels.slice();
    const count = values.length;
    const { rows } = readings;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      if (row >= count) continue;
      values[row] = readings.values[i]!;
      timesMs[row] = readings.timesMs[i]!;
      levels[row] = readings.levels[i]!;
    }
    this.#put(feedId, timeMs, { values, timesMs, levels });
  }
}

/** What a log adds up to, from nothing or from a moment that its entries follow. The same entries give the same moment. */
export function foldEvents(events: Iterable<TwinEvent>, from: TwinMoment = EMPTY_MOMENT): TwinMoment {
  const fold = new MomentFold(from);
  for (const event of events) fold.apply(event);
  return fold.moment();
}

/**
 * What cannot follow the state before it changes nothing: two pages may decide at once, and the first one counts. Nor does a command
 * that only a newer program knows.
 */
function withIncident(incidents: Incidents, event: Extract<TwinEvent, { kind: "incident" }>): Incidents {
  const { id, timeMs, actor, command } = event;
  const entry = { id, timeMs, actor, command };
  if (checkIncidentEntry(incidents, entry)) return incidents;
  const after = applyIncidentEntry(incidents, entry);
  return after.get(command.incidentId) ? after : incidents;
}

function changedUnits(
  units: ReadonlyMap<string, Unit>,
  { put, gone, isAll }: Extract<TwinEvent, { kind: "units" }>,
): ReadonlyMap<string, Unit> {
  const after = new Map(isAll ? [] : units);
  for (const id of gone) after.delete(id);
  for (const unit of put) after.set(unit.id, unit);
  return after;
}
