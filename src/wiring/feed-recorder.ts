import type { RuleAlert } from "../domain/alert-rule.ts";
import type { LocalText } from "../domain/provenance.ts";
import type { FeedStatus, Warning } from "../domain/risk.ts";
import type { StormTrack } from "../domain/storm-track.ts";
import type { TwinEventBody } from "../domain/twin-event.ts";
import type { FeedBatch } from "../jobs/feed-client.ts";
import type { FeedTable } from "./sensor-desk.ts";

/** A feed says at least this often that it is still there. */
const HEARTBEAT_MS = 60_000;

interface RecorderTools {
  /** With an `id` it is written once, whoever says it. */
  readonly record: (body: TwinEventBody, id?: string) => void;
  readonly liveTable: (feedId: string) => FeedTable | null;
  readonly ruleTitle: (ruleId: string) => LocalText | null;
  readonly nowMs?: () => number;
}

interface KnownFeed {
  status: FeedStatus;
  tracks: readonly StormTrack[];
  warnings: readonly Warning[];
  alerts: readonly RuleAlert[];
  /** What the log says; null while it says nothing of this feed. */
  logged: {
    state: string;
    atMs: number;
    readonly warnings: Map<string, string>;
    readonly alerts: Map<string, RuleAlert>;
    readonly over: Set<string>;
  } | null;
}

/**
 * Turns what comes in into entries of the log. One page of a browser records; one that takes over begins with all that it knows,
 * so that the log says how things stand from then on.
 */
export class FeedRecorder {
  readonly #tools: RecorderTools;
  readonly #nowMs: () => number;
  readonly #feeds = new Map<string, KnownFeed>();
  #isOn = false;

  constructor(tools: RecorderTools) {
    this.#tools = tools;
    this.#nowMs = tools.nowMs ?? Date.now;
  }

  begin(): void {
    this.#isOn = true;
    for (const [feedId, feed] of this.#feeds) {
      this.#logState(feedId, feed);
      const table = this.#tools.liveTable(feedId);
      if (table) {
        this.#tools.record({ kind: "sensors", feedId, sensors: table.sensors });
        this.#tools.record({ kind: "readings", ...pictureOf(table) });
        if (table.moved) this.#tools.record({ kind: "moves", feedId, ...table.moved });
      }
      if (feed.tracks.length > 0) this.#tools.record({ kind: "tracks", feedId, tracks: feed.tracks });
      this.#logWarnings(feedId, feed);
      this.#logAlerts(feedId, feed);
    }
  }

  /** Null when the feed is no longer followed. */
  take(feedId: string, batch: FeedBatch | null): void {
    if (batch === null) {
      this.#drop(feedId);
      return;
    }
    const { status, sensors, update, moves, tracks, warnings, alerts } = batch;
    const feed = this.#feeds.get(feedId) ?? { status, tracks: [], warnings: [], alerts: [], logged: null };
    this.#feeds.set(feedId, feed);
    feed.status = status;
    if (tracks) feed.tracks = tracks;
    if (warnings) feed.warnings = warnings;
    if (alerts) feed.alerts = alerts;
    if (!this.#isOn) return;
    this.#logState(feedId, feed);
    if (sensors) this.#tools.record({ kind: "sensors", feedId, sensors });
    if (update) this.#tools.record({ kind: "readings", feedId, ...update });
    if (moves) this.#tools.record({ kind: "moves", feedId, ...moves });
    if (tracks) this.#tools.record({ kind: "tracks", feedId, tracks });
    if (warnings) this.#logWarnings(feedId, feed);
    if (alerts) this.#logAlerts(feedId, feed);
  }

  #drop(feedId: string): void {
    const feed = this.#feeds.get(feedId);
    this.#feeds.delete(feedId);
    if (feed?.logged) this.#tools.record({ kind: "feed", feedId, title: feed.status.title, state: "off" });
  }

  #logState(feedId: string, feed: KnownFeed): void {
    const { status, logged } = feed;
    const nowMs = this.#nowMs();
    if (logged && logged.state === status.state && nowMs - logged.atMs < HEARTBEAT_MS) return;
    const { title, state } = status;
    this.#tools.record({ kind: "feed", feedId, title, state, status, ...(!logged && { isFresh: true }) });
    if (logged) {
      logged.state = state;
      logged.atMs = nowMs;
    } else feed.logged = { state, atMs: nowMs, warnings: new Map(), alerts: new Map(), over: new Set() };
  }

  #logWarnings(feedId: string, { warnings, logged }: KnownFeed): void {
    if (!logged) return;
    const now = new Map(warnings.map((warning) => [warning.id, JSON.stringify(warning)]));
    const put = warnings.filter(({ id }) => logged.warnings.get(id) !== now.get(id));
    const gone = [...logged.warnings.keys()].filter((id) => !now.has(id));
    if (put.length === 0 && gone.length === 0) return;
    this.#tools.record({ kind: "warnings", feedId, put, gone });
    logged.warnings.clear();
    for (const [id, text] of now) logged.warnings.set(id, text);
  }

  /** Those that hold and those that are over; one that is told of no more is over as well. */
  #logAlerts(feedId: string, { alerts, logged }: KnownFeed): void {
    if (!logged) return;
    const told = new Set(alerts.map(({ id }) => id));
    for (const id of logged.over) if (!told.has(id)) logged.over.delete(id);
    const silent = [...logged.alerts.values()].filter(({ id }) => !told.has(id));
    const over = silent.map((alert) => ({ ...alert, clearedMs: this.#nowMs() }));
    for (const alert of [...alerts, ...over]) {
      const isOver = alert.clearedMs !== null;
      if (isOver ? logged.over.has(alert.id) : logged.alerts.has(alert.id)) continue;
      const title = this.#tools.ruleTitle(alert.ruleId);
      const body = { kind: "alert", feedId, alert, ...(title && { title }) } as const;
      if (isOver) this.#tools.record(body, `${feedId}/${alert.id}/${alert.clearedMs}`);
      else this.#tools.record(body);
      if (isOver) {
        logged.alerts.delete(alert.id);
        logged.over.add(alert.id);
      } else logged.alerts.set(alert.id, alert);
    }
  }
}

function pictureOf({ feedId, values, timesMs, levels }: FeedTable) {
  return { feedId, rows: Uint32Array.from(values.keys()), values, timesMs, levels };
}
