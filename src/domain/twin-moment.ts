import type { RuleAlert } from "./alert-rule.ts";
import type { Incidents } from "./incident.ts";
import { applyIncidentEntry, checkIncidentEntry } from "./incident-reducer.ts";
import type { CameraPose } from "./pose.ts";
import type { LocalText } from "./provenance.ts";
import { type FeedState, type FeedStatus, NO_DATA_LEVEL, type Sensor, type Warning } from "./risk.ts";
import type { TwinEvent, TwinReadings } from "./twin-event.ts";

export interface MomentAlert {
  readonly alert: RuleAlert;
  readonly title: LocalText | null;
}

/** One feed as the log says it stood. Arrays have one place for each of `sensors`; never write to them. */
export interface FeedMoment {
  readonly feedId: string;
  readonly title: LocalText;
  readonly state: FeedState;
  readonly status: FeedStatus | null;
  /** When anything was last heard of it, epoch ms of the log. */
  readonly heardMs: number;
  /** Id of the entry that described its sensors. */
  readonly sensorsId: string | null;
  readonly sensors: readonly Sensor[];
  /** NaN where nothing was said. */
  readonly values: Float32Array;
  /** phenomenonTime, epoch ms; 0 where nothing was said. */
  readonly timesMs: Float64Array;
  readonly levels: Uint8Array;
  /** In force, by id. */
  readonly warnings: ReadonlyMap<string, Warning>;
  /** That hold, by id. */
  readonly alerts: ReadonlyMap<string, MomentAlert>;
}

/** What the log adds up to at a time. Plain data: a checkpoint keeps it, a hash compares it. */
export interface TwinMoment {
  /** Time of the newest entry in it, epoch ms; 0 before the first. */
  readonly timeMs: number;
  readonly scenario: string | null;
  readonly city: string | null;
  readonly feeds: ReadonlyMap<string, FeedMoment>;
  readonly incidents: Incidents;
  /** Where a camera was last seen to rest. */
  readonly view: CameraPose | null;
}

export const EMPTY_MOMENT: TwinMoment = {
  timeMs: 0,
  scenario: null,
  city: null,
  feeds: new Map(),
  incidents: new Map(),
  view: null,
};

/**
 * The reducer over the log. It works on copies of what it starts from, made when they are first written to, so that `moment()`
 * costs nothing and stays as it is.
 */
export class MomentFold {
  #moment: TwinMoment;
  readonly #feeds: Map<string, FeedMoment>;
  /** Feeds whose arrays nobody else has seen. */
  readonly #owned = new Set<string>();

  constructor(from: TwinMoment = EMPTY_MOMENT) {
    this.#moment = from;
    this.#feeds = new Map(from.feeds);
  }

  get timeMs(): number {
    return this.#moment.timeMs;
  }

  moment(): TwinMoment {
    this.#owned.clear();
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
      case "command":
        return {};
    }
  }

  #feed(feedId: string): FeedMoment {
    return this.#feeds.get(feedId) ?? emptyFeed(feedId);
  }

  #put(feedId: string, heardMs: number, change: Partial<FeedMoment>): void {
    this.#feeds.set(feedId, { ...this.#feed(feedId), ...change, heardMs });
    if (change.values) this.#owned.add(feedId);
  }

  #applyFeed(event: Extract<TwinEvent, { kind: "feed" }>): void {
    const { feedId, title, state, status = null, isFresh, timeMs } = event;
    if (state === "off") {
      this.#feeds.delete(feedId);
      this.#owned.delete(feedId);
      return;
    }
    if (isFresh) {
      this.#feeds.delete(feedId);
      this.#owned.delete(feedId);
    }
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

function emptyFeed(feedId: string): FeedMoment {
  return {
    feedId,
    title: { zh: feedId, en: feedId },
    state: "connecting",
    status: null,
    heardMs: 0,
    sensorsId: null,
    sensors: [],
    values: new Float32Array(0),
    timesMs: new Float64Array(0),
    levels: new Uint8Array(0),
    warnings: new Map(),
    alerts: new Map(),
  };
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

/** Sensors that were there before keep their newest reading, wherever their row is now. */
function describedSensors(
  feed: FeedMoment,
  { id, sensors }: Extract<TwinEvent, { kind: "sensors" }>,
): Partial<FeedMoment> {
  const values = new Float32Array(sensors.length).fill(Number.NaN);
  const timesMs = new Float64Array(sensors.length);
  const levels = new Uint8Array(sensors.length).fill(NO_DATA_LEVEL);
  const rowOf = new Map(feed.sensors.map((sensor, row) => [sensor.id, row]));
  sensors.forEach((sensor, row) => {
    const before = rowOf.get(sensor.id);
    if (before === undefined) return;
    values[row] = feed.values[before]!;
    timesMs[row] = feed.timesMs[before]!;
    levels[row] = feed.levels[before]!;
  });
  return { sensorsId: id, sensors, values, timesMs, levels };
}

function changedWarnings(
  feed: FeedMoment,
  { put, gone }: Extract<TwinEvent, { kind: "warnings" }>,
): ReadonlyMap<string, Warning> {
  const warnings = new Map(feed.warnings);
  for (const id of gone) warnings.delete(id);
  for (const warning of put) warnings.set(warning.id, warning);
  return warnings;
}

function changedAlerts(
  feed: FeedMoment,
  { alert, title }: Extract<TwinEvent, { kind: "alert" }>,
): ReadonlyMap<string, MomentAlert> {
  const alerts = new Map(feed.alerts);
  if (alert.clearedMs === null) alerts.set(alert.id, { alert, title: title ?? null });
  else alerts.delete(alert.id);
  return alerts;
}
