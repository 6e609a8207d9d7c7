import type { PlainError } from "../../src/base/errors.ts";
import type { AlertRule } from "../../src/domain/alert-rule.ts";
import type { FeedStatus } from "../../src/domain/risk.ts";
import type { FeedConfig, SensorKind } from "../../src/domain/scenario.ts";
import { backoffMs } from "../../src/feed/backoff.ts";
import type { Clock } from "../../src/feed/clock.ts";
import { createAdapter, resolveFeedUrl } from "../../src/feed/create-adapter.ts";
import type { FeedAdapter, FeedEvents } from "../../src/feed/feed-adapter.ts";
import { feedState, type LinkPhase } from "../../src/feed/feed-state.ts";
import { publicUrl } from "../../src/feed/http-get.ts";
import type { Link, OpenLink } from "../../src/feed/mqtt-link.ts";
import type { FeedBatch, FeedCredentials } from "./contract.ts";
import { FeedIntake } from "./feed-intake.ts";

/** Four batches a second at most. */
const FLUSH_MS = 250;
/** A status whose numbers alone have moved goes out this often. */
const STATUS_MS = 1000;
/** Two ticks further apart than this: the computer slept, or its clock was set. */
const JUMP_MS = 15_000;
/** A clock set back by less than this is corrected, not set. */
const BACK_MS = 2000;

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
 * One feed from its first connection to its end: connects, comes back with growing, jittered waits after a loss, at once after
 * the computer slept, and batches what has changed. A refusal (bad password, bad URL) is final until someone tries again.
 */
export class FeedSession {
  readonly #parts: SessionParts;
  readonly #url: string;
  readonly #intake: FeedIntake;
  #adapter: FeedAdapter | null = null;
  #credentials: FeedCredentials | null;
  #phase: LinkPhase = "connecting";
  #openedMs = 0;
  #attempt = 0;
  #retryAtMs: number | null = null;
  #error: string | null = null;
  #problem: PlainError | null = null;
  #protocol: string | null = null;
  #link: Link | null = null;
  #stopRetry: () => void = () => {};
  #stopFlush: () => void = () => {};
  #isEmitting = false;
  #lastTickMs = 0;
  #lastStatus = "";
  #lastStatusMs = Number.NEGATIVE_INFINITY;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#credentials = parts.credentials;
    this.#url = publicUrl(resolveFeedUrl(parts.config, parts.city, parts.pageOrigin));
    this.#intake = new FeedIntake(parts.config, parts.kinds, parts.rules);
  }

  start(): void {
    this.#connect();
    this.#lastTickMs = this.#parts.clock.now();
    this.#scheduleTick();
  }

  /** Tries again now, whatever the last attempt said; with other credentials when they are given. */
  retry(credentials?: FeedCredentials | null): void {
    if (this.#phase === "off") return;
    if (credentials !== undefined && JSON.stringify(credentials) !== JSON.stringify(this.#credentials)) {
      this.#credentials = credentials;
      this.#adapter = null;
    }
    this.#reconnect();
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
    const counts = this.#intake.counts(nowMs);
    const observedAtMs = counts.newestMs ?? lastMessageMs;
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
      provenance: observedAtMs === null ? config.provenance : { ...config.provenance, observedAtMs },
      lateAfterS: config.lateAfterS,
      staleAfterS: config.staleAfterS,
      link: this.#phase === "open" ? this.#protocol : null,
      ...counts,
      lastMessageMs,
      retryAtMs: this.#retryAtMs,
      attempt: this.#attempt,
      error: this.#error,
      ...(this.#problem && { problem: this.#problem }),
      issues,
    };
  }

  /** Recent values of one sensor, oldest first, as copies. */
  series(row: number): { timesMs: Float64Array; values: Float32Array; levels: Uint8Array } {
    return this.#intake.rows.series(row);
  }

  #connect(): void {
    const { config, city, pageOrigin, clock, openLink, fetch } = this.#parts;
    const credentials = this.#credentials;
    this.#phase = "connecting";
    this.#retryAtMs = null;
    try {
      this.#adapter ??= createAdapter({ config, city, credentials, pageOrigin, clock, openLink, fetch });
    } catch (error) {
      this.#closed(error instanceof Error ? error.message : String(error), true, 0);
      return;
    }
    this.#link = this.#adapter.open(this.#events());
  }

  #events(): FeedEvents {
    const { clock } = this.#parts;
    return {
      opened: (problem, how) => {
        this.#phase = "open";
        this.#openedMs = clock.now();
        this.#error = problem;
        this.#problem = null;
        this.#protocol = how?.protocol ?? null;
      },
      message: (place, read) => {
        this.#attempt = 0;
        this.#intake.take(place, read, clock.now());
      },
      rejected: (place, problem) => this.#intake.reject(`${place}: ${problem}`, clock.now()),
      closed: (reason, refused, retryAfterMs = 0, problem) =>
        this.#closed(reason, refused, retryAfterMs, problem),
    };
  }

  #closed(reason: string, refused: boolean, retryAfterMs: number, problem?: PlainError): void {
    if (this.#phase === "off") return;
    const { clock, random } = this.#parts;
    this.#link = null;
    this.#error = reason;
    this.#problem = problem ?? null;
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

  /** Leaves the link as it is, alive or not, and connects anew; what was read and received stays. */
  #reconnect(): void {
    this.#stopRetry();
    const link = this.#link;
    this.#link = null;
    if (link?.drop) link.drop();
    else link?.close();
    this.#attempt = 0;
    this.#connect();
  }

  #scheduleTick(): void {
    this.#stopFlush = this.#parts.clock.after(FLUSH_MS, () => {
      this.#tick();
      if (this.#phase !== "off") this.#scheduleTick();
    });
  }

  #tick(): void {
    const nowMs = this.#parts.clock.now();
    const passedMs = nowMs - this.#lastTickMs;
    this.#lastTickMs = nowMs;
    if (passedMs > JUMP_MS || passedMs < -BACK_MS) this.#wake(nowMs);
    this.#flush(nowMs);
  }

  /** The computer slept: what looks connected is not, the wait for the next attempt is long over, and nobody was silent. */
  #wake(nowMs: number): void {
    this.#intake.clockJumped(nowMs);
    this.#lastStatusMs = Number.NEGATIVE_INFINITY;
    if (this.#phase === "refused") return;
    // who follows the states hears that the feed has gone stale before it is there again
    if (this.#phase === "open") this.#flush(nowMs);
    this.#reconnect();
  }

  #flush(nowMs: number): void {
    if (this.#isEmitting) return;
    const changes = this.#intake.takeChanges(nowMs);
    const status = this.status();
    const key = JSON.stringify([
      status.state,
      status.retryAtMs,
      status.error,
      status.rejected,
      status.clock,
      status.link,
      status.issues[0],
    ]);
    const isStatusDue = key !== this.#lastStatus || nowMs - this.#lastStatusMs >= STATUS_MS;
    if (changes === null && !isStatusDue) return;
    this.#lastStatus = key;
    this.#lastStatusMs = nowMs;
    this.#emit({ feedId: status.id, status, ...changes });
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
