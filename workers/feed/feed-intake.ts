import { type PlainError, TwinError, toPlainError } from "../../src/base/errors.ts";
import type { AlertRule, RuleAlert } from "../../src/domain/alert-rule.ts";
import type { FeedStatus, FeedTally, SimulationClock, Warning } from "../../src/domain/risk.ts";
import { RuleEngine } from "../../src/domain/rule-engine.ts";
import type { FeedConfig, SensorKind } from "../../src/domain/scenario.ts";
import { MovingRows } from "../../src/feed/moving-rows.ts";
import type { Message } from "../../src/feed/payload.ts";
import { RateMeter } from "../../src/feed/rate-meter.ts";
import { SensorRows } from "../../src/feed/sensor-rows.ts";
import type { DecodedObservation, DecodedSensor, Points, SensorThings } from "../../src/feed/sensorthings.ts";
import { TrackBoard } from "../../src/feed/track-board.ts";
import { UnitBoard } from "../../src/feed/unit-board.ts";
import { WarningBoard } from "../../src/feed/warning-board.ts";
import type { FeedBatch } from "./contract.ts";

const KEPT_ISSUES = 20;
/** A clock that runs ahead by more than this would make every true value look old. */
const MAX_AHEAD_MS = 10 * 60_000;

/** All that one feed's messages leave behind: sensors, values, warnings, counts, issues. Knows nothing of connections. */
export class FeedIntake {
  readonly rows: SensorRows;
  readonly #moving = new MovingRows();
  readonly #board: WarningBoard;
  readonly #tracks: TrackBoard;
  readonly #units: UnitBoard;
  readonly #lateAfterMs: number;
  readonly #rules: RuleEngine | null;
  readonly #rate = new RateMeter();
  #issues: FeedStatus["issues"] = [];
  #received = 0;
  #rejected = 0;
  #lastMessageMs: number | null = null;
  #newestMs: number | null = null;
  #ahead = 0;
  #skewS = 0;
  #gaps = 0;
  #clock: SimulationClock | null = null;
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
    this.#tracks = new TrackBoard({ feedId: config.id, provenance: config.provenance });
    this.#units = new UnitBoard(config.provenance);
    this.#lateAfterMs = config.lateAfterS * 1000;
  }

  get lastMessageMs(): number | null {
    return this.#lastMessageMs;
  }

  get issues(): FeedStatus["issues"] {
    return this.#issues;
  }

  /** Messages received, and records among them that had to be left out. */
  counts(nowMs: number): Pick<FeedStatus, "ratePerS" | "received" | "rejected" | "clock"> & {
    readonly newestMs: number | null;
    readonly tally: FeedTally;
  } {
    return {
      ratePerS: this.#rate.perSecond(nowMs),
      received: this.#received,
      rejected: this.#rejected,
      newestMs: this.#newestMs,
      tally: {
        ...this.rows.tally,
        ahead: this.#ahead,
        skewS: this.#skewS,
        gaps: this.#gaps,
        bursts: this.#rate.bursts,
      },
      ...(this.#clock && { clock: this.#clock }),
    };
  }

  /** Takes a message in; whatever is wrong with it is counted and listed, never thrown. */
  take(place: string, read: () => Message, nowMs: number): void {
    this.#received++;
    this.#rate.count(nowMs);
    if (this.#lastMessageMs !== null && nowMs - this.#lastMessageMs >= this.#lateAfterMs) this.#gaps++;
    this.#lastMessageMs = nowMs;
    try {
      this.#takeMessage(place, read(), nowMs);
    } catch (error) {
      const problem = toPlainError(error);
      this.reject(`${place}: ${problem.message}`, nowMs, error instanceof TwinError ? problem : undefined);
    }
  }

  /** Counts and lists a record that could not be had. */
  reject(message: string, nowMs: number, problem?: PlainError): void {
    this.#rejected++;
    this.note(message, nowMs, problem);
  }

  /** Lists an issue without counting a record as rejected. */
  note(message: string, atMs: number, problem?: PlainError): void {
    this.#issues = [{ atMs, message, ...(problem && { problem }) }, ...this.#issues].slice(0, KEPT_ISSUES);
  }

  /** Takes note that this computer's clock has moved by itself: nobody was silent meanwhile. */
  clockJumped(nowMs: number): void {
    this.#rules?.apply({ type: "jump", timeMs: nowMs });
    if (this.#lastMessageMs !== null) this.#lastMessageMs = Math.min(this.#lastMessageMs, nowMs);
    // a warning may have begun or ended in between, and in both directions
    this.#warningsDue = true;
  }

  /** All that has changed since the last call, in fresh arrays; null when nothing has. */
  takeChanges(nowMs: number): Omit<FeedBatch, "feedId" | "status"> | null {
    const sensors = this.rows.takeSensors();
    const update = this.rows.takeUpdate();
    const moves = this.#moving.takeMoves((key) => this.rows.rowOf(key));
    const tracks = this.#tracks.take();
    const units = this.#units.take();
    const warnings = this.#takeWarnings(nowMs);
    const alerts = this.#takeAlerts(nowMs);
    if (!sensors && !update && !moves && !tracks && !units && !warnings && !alerts) return null;
    return {
      ...(sensors && { sensors }),
      ...(update && { update }),
      ...(moves && { moves }),
      ...(tracks && { tracks }),
      ...(units && { units }),
      ...(warnings && { warnings }),
      ...(alerts && { alerts }),
    };
  }

  #takeWarnings(nowMs: number): readonly Warning[] | null {
    const isTime = this.#nextWarningChangeMs !== null && nowMs >= this.#nextWarningChangeMs;
    if (!this.#warningsDue && !isTime) return null;
    this.#warningsDue = false;
    this.#nextWarningChangeMs = this.#board.nextChangeMs(nowMs);
    return this.#board.inForce(nowMs);
  }

  #takeAlerts(nowMs: number): readonly RuleAlert[] | null {
    this.#rules?.apply({ type: "tick", timeMs: nowMs });
    return this.#rules?.takeAlerts() ?? null;
  }

  #takeMessage(place: string, message: Message, nowMs: number): void {
    switch (message.kind) {
      case "empty":
        this.#warningsDue = this.#board.takeBack(place) || this.#warningsDue;
        this.#units.takeBack(place);
        return;
      case "cap":
        this.#warningsDue = this.#board.put(place, message.alert) || this.#warningsDue;
        this.#newestMs = Math.max(this.#newestMs ?? message.alert.sentMs, message.alert.sentMs);
        for (const note of message.alert.notes) this.note(`${message.alert.identifier}: ${note}`, nowMs);
        return;
      case "roll":
        this.#retain(message.keys);
        return;
      case "clock":
        this.#clock = message.clock;
        return;
      case "units":
        for (const issue of message.issues) this.reject(issue, nowMs);
        this.#newestMs = this.#units.put(place, message.units, nowMs) ?? this.#newestMs;
        return;
      case "tracks":
        for (const issue of message.issues) this.reject(issue, nowMs);
        this.#newestMs = this.#tracks.put(message.tracks, message.isComplete, nowMs) ?? this.#newestMs;
        return;
      default:
        this.#takeRecords(message, nowMs);
    }
  }

  #takeRecords(message: SensorThings | Points, nowMs: number): void {
    for (const issue of message.issues) this.reject(issue, nowMs);
    if (message.kind !== "observations") this.#describe(message.sensors);
    if (message.kind !== "things") for (const one of message.observations) this.#observe(one, nowMs);
    if (message.kind === "points")
      for (const move of message.moves ?? []) this.#moving.move(move, move.timeMs ?? nowMs);
    if (message.kind === "points" && message.isComplete)
      this.#retain(new Set(message.sensors.map(({ key }) => key)));
  }

  #retain(keys: ReadonlySet<string>): void {
    this.rows.retain(keys);
    this.#moving.retain(keys);
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
