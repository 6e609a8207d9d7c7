import type { AlertRule } from "../../src/domain/alert-rule.ts";
import type { FeedStatus } from "../../src/domain/risk.ts";
import type { FeedConfig, SensorKind } from "../../src/domain/scenario.ts";
import { backoffMs } from "../../src/feed/backoff.ts";
import type { Clock } from "../../src/feed/clock.ts";
import { createAdapter, resolveFeedUrl } from "../../src/feed/create-adapter.ts";
import type { FeedAdapter } from "../../src/feed/feed-adapter.ts";
import { feedState, type LinkPhase } from "../../src/feed/feed-state.ts";
import { publicUrl } from "../../src/feed/http-get.ts";
import type { Link, OpenLink } from "../../src/feed/mqtt-link.ts";
import type { FeedBatch, FeedCredentials } from "./contract.ts";
import { FeedIntake } from "./feed-intake.ts";

/** Four batches a second at most. */
const FLUSH_MS = 250;
/** A status whose numbers alone have moved goes out this often. */
const STATUS_MS = 1000;

export interface SessionParts {
  readonly config: FeedConfig;
  readonly kinds: Readonly<Record<string, SensorKind>>;
  /** Rules of the scenario, over this feed's sensors. */
  readonly rules?: readonly AlertRule[];
  readonly city: string;
  readonly credentials: FeedCredentials | null;
  /** Origin of the page, for feed URLs that are paths. */
  readonly pageOrigin: string;
  readonly openLink: OpenLink;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly random: () => number;
  /** The next batch waits until this one has been taken. Arrays are handed over. */
  readonly emit: (batch: FeedBatch) => void | Promise<void>;
}

/**
 * One feed from its first connection to its end: connects, comes back with growing, jittered waits after a loss, and
 * batches what has changed. A refusal (bad password, bad URL) is final until someone connects again.
 */
export class FeedSession {
  readonly #parts: SessionParts;
  readonly #url: string;
  #adapter: FeedAdapter | null = null;
  readonly #intake: FeedIntake;
  #phase: LinkPhase = "connecting";
  #openedMs = 0;
  #attempt = 0;
  #retryAtMs: number | null = null;
  #error: string | null = null;
  #link: Link | null = null;
  #stopRetry: () => void = () => {};
  #stopFlush: () => void = () => {};
  #isEmitting = false;
  #lastStatus = "";
  #lastStatusMs = Number.NEGATIVE_INFINITY;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#url = publicUrl(resolveFeedUrl(parts.config, parts.city, parts.pageOrigin));
    this.#intake = new FeedIntake(parts.config, parts.kinds, parts.rules);
  }

  start(): void {
    this.#connect();
    this.#scheduleFlush();
  }

  /** Ends the connection; the last batch says `off`. */
  stop(): void {
    if (this.#phase === "off") return;
    this.#stopRetry();
    this.#stopFlush();
    this.#link?.close();
    this.#phase = "off";
    this.#retryAtMs = null;
    void this.#parts.emit({ feedId: this.#parts.config.id, status: this.status() });
  }

  status(): FeedStatus {
    const { config, clock } = this.#parts;
    const nowMs = clock.now();
    const { lastMessageMs, issues } = this.#intake;
    return {
      id: config.id,
      title: config.title,
      url: this.#url,
      state: feedState({
        phase: this.#phase,
        openedMs: this.#openedMs,
        lastMessageMs,
        nowMs,
        lateAfterS: config.lateAfterS,
        staleAfterS: config.staleAfterS,
      }),
      provenance:
        lastMessageMs === null ? config.provenance : { ...config.provenance, observedAtMs: lastMessageMs },
      ...this.#intake.counts(nowMs),
      lastMessageMs,
      retryAtMs: this.#retryAtMs,
      attempt: this.#attempt,
      error: this.#error,
      issues,
    };
  }

  /** Recent values of one sensor, oldest first, as copies. */
  series(row: number): { timesMs: Float64Array; values: Float32Array; levels: Uint8Array } {
    return this.#intake.rows.series(row);
  }

  #connect(): void {
    const { clock } = this.#parts;
    this.#phase = "connecting";
    this.#retryAtMs = null;
    try {
      this.#adapter ??= createAdapter(this.#parts);
    } catch (error) {
      this.#closed(error instanceof Error ? error.message : String(error), true, 0);
      return;
    }
    this.#link = this.#adapter.open({
      opened: (problem) => {
        this.#phase = "open";
        this.#openedMs = clock.now();
        this.#error = problem;
      },
      message: (place, read) => {
        this.#attempt = 0;
        this.#intake.take(place, read, clock.now());
      },
      rejected: (place, problem) => this.#intake.reject(`${place}: ${problem}`, clock.now()),
      closed: (reason, refused, retryAfterMs = 0) => this.#closed(reason, refused, retryAfterMs),
    });
  }

  #closed(reason: string, refused: boolean, retryAfterMs: number): void {
    if (this.#phase === "off") return;
    const { clock, random } = this.#parts;
    this.#link = null;
    this.#error = reason;
    this.#attempt++;
    if (refused) {
      this.#phase = "refused";
      return;
    }
    this.#phase = "lost";
    const waitMs = Math.max(backoffMs(this.#attempt, random), retryAfterMs);
    this.#retryAtMs = clock.now() + waitMs;
    this.#stopRetry = clock.after(waitMs, () => this.#connect());
  }

  #scheduleFlush(): void {
    this.#stopFlush = this.#parts.clock.after(FLUSH_MS, () => {
      this.#flush();
      if (this.#phase !== "off") this.#scheduleFlush();
    });
  }

  #flush(): void {
    if (this.#isEmitting) return;
    const nowMs = this.#parts.clock.now();
    const sensors = this.#intake.rows.takeSensors();
    const update = this.#intake.rows.takeUpdate();
    const warnings = this.#intake.takeWarnings(nowMs);
    const alerts = this.#intake.takeAlerts(nowMs);
    const status = this.status();
    const key = JSON.stringify([
      status.state,
      status.retryAtMs,
      status.error,
      status.rejected,
      status.issues[0],
    ]);
    const isStatusDue = key !== this.#lastStatus || nowMs - this.#lastStatusMs >= STATUS_MS;
    if (!sensors && !update && !warnings && !alerts && !isStatusDue) return;
    this.#lastStatus = key;
    this.#lastStatusMs = nowMs;
    this.#emit({
      feedId: status.id,
      status,
      ...(sensors && { sensors }),
      ...(update && { update }),
      ...(warnings && { warnings }),
      ...(alerts && { alerts }),
    });
  }

  #emit(batch: FeedBatch): void {
    const taken = this.#parts.emit(batch);
    if (!taken) return;
    this.#isEmitting = true;
    const done = () => {
      this.#isEmitting = false;
    };
    // a page that is gone takes nothing more; its worker ends with it
    taken.then(done, done);
  }
}
