import type { AlertRule, RuleAlert } from "../../src/domain/alert-rule.ts";
import type { FeedStatus, FeedTally, Warning } from "../../src/domain/risk.ts";
import { RuleEngine } from "../../src/domain/rule-engine.ts";
import type { FeedConfig, SensorKind } from "../../src/domain/scenario.ts";
import type { Message } from "../../src/feed/payload.ts";
import { RateMeter } from "../../src/feed/rate-meter.ts";
import { SensorRows } from "../../src/feed/sensor-rows.ts";
import type { DecodedObservation, DecodedSensor, Points, SensorThings } from "../../src/feed/sensorthings.ts";
import { WarningBoard } from "../../src/feed/warning-board.ts";

const KEPT_ISSUES = 20;
/** A clock that runs ahead by more than this would make every true value look old. */
const MAX_AHEAD_MS = 10 * 60_000;

/** All that one feed's messages leave behind: sensors, values, warnings, counts, issues. Knows nothing of connections. */
export class FeedIntake {
  readonly rows: SensorRows;
  readonly #board: WarningBoard;
  readonly #rules: RuleEngine | null;
  readonly #rate = new RateMeter();
  #issues: FeedStatus["issues"] = [];
  #received = 0;
  #rejected = 0;
  #lastMessageMs: number | null = null;
  #newestMs: number | null = null;
  #ahead = 0;
  #skewS = 0;
  #warningsDue = true;
  #nextWarningChangeMs: number | null = null;

  constructor(
    config: FeedConfig,
    kinds: Readonly<Record<string, SensorKind>>,
    rules: readonly AlertRule[] = [],
  ) {
    this.rows = new SensorRows(kinds);
    this.#rules = rules.length > 0 ? new RuleEngine(rules) : null;
    this.#board = new WarningBoard({ feedId: config.id, provenance: config.provenance });
  }

  get lastMessageMs(): number | null {
    return this.#lastMessageMs;
  }

  get issues(): FeedStatus["issues"] {
    return this.#issues;
  }

  /** Messages received, and records among them that had to be left out. */
  counts(
    nowMs: number,
  ): Pick<FeedStatus, "ratePerS" | "received" | "rejected" | "newestMs"> & { tally: FeedTally } {
    return {
      ratePerS: this.#rate.perSecond(nowMs),
      received: this.#received,
      rejected: this.#rejected,
      newestMs: this.#newestMs,
      tally: { ...this.rows.tally, ahead: this.#ahead, skewS: this.#skewS },
    };
  }

  /** Takes a message in; whatever is wrong with it is counted and listed, never thrown. */
  take(place: string, read: () => Message, nowMs: number): void {
    this.#received++;
    this.#rate.count(nowMs);
    this.#lastMessageMs = nowMs;
    try {
      this.#takeMessage(place, read(), nowMs);
    } catch (error) {
      this.reject(`${place}: ${error instanceof Error ? error.message : String(error)}`, nowMs);
    }
  }

  /** Counts and lists a record that could not be had. */
  reject(message: string, nowMs: number): void {
    this.#rejected++;
    this.note(message, nowMs);
  }

  /** Lists an issue without counting a record as rejected. */
  note(message: string, atMs: number): void {
    this.#issues = [{ atMs, message }, ...this.#issues].slice(0, KEPT_ISSUES);
  }

  /** Warnings in force when they may have changed since the last call, else null. */
  takeWarnings(nowMs: number): readonly Warning[] | null {
    const isTime = this.#nextWarningChangeMs !== null && nowMs >= this.#nextWarningChangeMs;
    if (!this.#warningsDue && !isTime) return null;
    this.#warningsDue = false;
    this.#nextWarningChangeMs = this.#board.nextChangeMs(nowMs);
    return this.#board.inForce(nowMs);
  }

  /** What the rules say at this time, when it has changed since the last call, else null. */
  takeAlerts(nowMs: number): readonly RuleAlert[] | null {
    this.#rules?.apply({ type: "tick", timeMs: nowMs });
    return this.#rules?.takeAlerts() ?? null;
  }

  #takeMessage(place: string, message: Message, nowMs: number): void {
    switch (message.kind) {
      case "empty":
        this.#warningsDue = this.#board.takeBack(place) || this.#warningsDue;
        return;
      case "cap":
        this.#warningsDue = this.#board.put(place, message.alert) || this.#warningsDue;
        this.#newestMs = Math.max(this.#newestMs ?? message.alert.sentMs, message.alert.sentMs);
        for (const note of message.alert.notes) this.note(`${message.alert.identifier}: ${note}`, nowMs);
        return;
      case "roll":
        this.#retain(message.keys);
        return;
      default:
        this.#takeRecords(message, nowMs);
    }
  }

  #takeRecords(message: SensorThings | Points, nowMs: number): void {
    for (const issue of message.issues) this.reject(issue, nowMs);
    if (message.kind !== "observations") this.#describe(message.sensors);
    if (message.kind !== "things") for (const one of message.observations) this.#observe(one, nowMs);
    if (message.kind === "points" && message.isComplete)
      this.#retain(new Set(message.sensors.map(({ key }) => key)));
  }

  #retain(keys: ReadonlySet<string>): void {
    this.rows.retain(keys);
    this.#rules?.apply({ type: "roll", keys });
  }

  #describe(sensors: readonly DecodedSensor[]): void {
    this.rows.describe(sensors);
    for (const { key, sensor } of sensors) this.#rules?.apply({ type: "sensor", sensor: { ...sensor, key } });
  }

  #observe(observation: DecodedObservation, nowMs: number): void {
    const timeMs = observation.timeMs ?? nowMs;
    if (timeMs > nowMs + MAX_AHEAD_MS) {
      this.#ahead++;
      this.reject(
        `Datastream ${observation.key}: its time lies ${Math.round((timeMs - nowMs) / 60_000)} min ahead`,
        nowMs,
      );
      return;
    }
    if (timeMs >= (this.#newestMs ?? Number.NEGATIVE_INFINITY)) {
      this.#newestMs = timeMs;
      this.#skewS = Math.max(0, Math.round((timeMs - nowMs) / 1000));
    }
    this.rows.observe(observation, timeMs);
    this.#rules?.apply({ type: "observation", key: observation.key, timeMs, value: observation.value });
  }
}
