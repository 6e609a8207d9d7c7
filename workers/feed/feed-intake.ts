import type { FeedStatus, Warning } from "../../src/domain/risk.ts";
import type { FeedConfig, SensorKind } from "../../src/domain/scenario.ts";
import { readMessage } from "../../src/feed/payload.ts";
import { RateMeter } from "../../src/feed/rate-meter.ts";
import { SensorRows } from "../../src/feed/sensor-rows.ts";
import type { SensorThings } from "../../src/feed/sensorthings.ts";
import { WarningBoard } from "../../src/feed/warning-board.ts";

const KEPT_ISSUES = 20;
/** A clock that runs ahead by more than this would make every true value look old. */
const MAX_AHEAD_MS = 10 * 60_000;

/** All that one feed's messages leave behind: sensors, values, warnings, counts, issues. Knows nothing of connections. */
export class FeedIntake {
  readonly rows: SensorRows;
  readonly #board: WarningBoard;
  readonly #rate = new RateMeter();
  #issues: FeedStatus["issues"] = [];
  #received = 0;
  #rejected = 0;
  #lastMessageMs: number | null = null;
  #warningsDue = true;
  #nextWarningChangeMs: number | null = null;

  constructor(config: FeedConfig, kinds: Readonly<Record<string, SensorKind>>) {
    this.rows = new SensorRows(kinds);
    this.#board = new WarningBoard({ feedId: config.id, provenance: config.provenance });
  }

  get lastMessageMs(): number | null {
    return this.#lastMessageMs;
  }

  get issues(): FeedStatus["issues"] {
    return this.#issues;
  }

  /** Messages received, and records among them that had to be left out. */
  counts(nowMs: number): { readonly ratePerS: number; readonly received: number; readonly rejected: number } {
    return { ratePerS: this.#rate.perSecond(nowMs), received: this.#received, rejected: this.#rejected };
  }

  /** Takes a message in; whatever is wrong with it is counted and listed, never thrown. */
  take(topic: string, payload: Uint8Array, nowMs: number): void {
    this.#received++;
    this.#rate.count(nowMs);
    this.#lastMessageMs = nowMs;
    try {
      const message = readMessage(topic, payload);
      if (message.kind === "empty") this.#warningsDue = this.#board.takeBack(topic) || this.#warningsDue;
      else if (message.kind === "cap") {
        this.#warningsDue = this.#board.put(topic, message.alert) || this.#warningsDue;
        for (const note of message.alert.notes) this.note(`${message.alert.identifier}: ${note}`, nowMs);
      } else this.#takeSensorThings(message, nowMs);
    } catch (error) {
      this.#reject(`${topic}: ${error instanceof Error ? error.message : String(error)}`, nowMs);
    }
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

  #takeSensorThings(message: SensorThings, nowMs: number): void {
    for (const issue of message.issues) this.#reject(issue, nowMs);
    if (message.kind === "things") {
      this.rows.describe(message.sensors);
      return;
    }
    for (const observation of message.observations) {
      const timeMs = observation.timeMs ?? nowMs;
      if (timeMs > nowMs + MAX_AHEAD_MS)
        this.#reject(
          `Datastream ${observation.key}: its time lies ${Math.round((timeMs - nowMs) / 60_000)} min ahead`,
          nowMs,
        );
      else this.rows.observe(observation, timeMs);
    }
  }

  #reject(message: string, nowMs: number): void {
    this.#rejected++;
    this.note(message, nowMs);
  }
}
