import { throwIfAborted } from "../base/abort.ts";
import { BREATH, type Breath, SLICE_MS } from "./breath.ts";
import type { EventLog } from "./event-log.ts";
import type { TwinEvent } from "./twin-event.ts";
import { EMPTY_MOMENT, MomentFold, type TwinMoment } from "./twin-moment.ts";

/** Where checkpoints are made: at the end of a minute of the log, once enough has come since the last one. */
export interface CheckpointPolicy {
  readonly minuteMs: number;
  readonly everyMs: number;
  readonly everyRows: number;
}

export const CHECKPOINTS: CheckpointPolicy = { minuteMs: 60_000, everyMs: 300_000, everyRows: 100_000 };

/** Entries read at once: a picture of 20 000 sensors has 340 kB. */
const PAGE = 64;
/** Further ahead than this many entries (of 20 000 rows each, at worst), it is worth looking for a checkpoint on the way. */
const FAR = 8;
/**
 * Moves through a log and says what it adds up to at a time. Forward it goes on from where it stands, backward from the last
 * checkpoint, and makes the checkpoints that are missing on its way. It never works longer than a slice without letting others in.
 * One call at a time: a second waits for the first, unless that one is aborted.
 */
export class Tape {
  readonly #log: EventLog;
  readonly #policy: CheckpointPolicy;
  readonly #breath: Breath;
  #fold = new MomentFold();
  #place = 0;
  #markMs = 0;
  #markRows = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(log: EventLog, policy: CheckpointPolicy = CHECKPOINTS, breath: Breath = BREATH) {
    this.#log = log;
    this.#policy = policy;
    this.#breath = breath;
  }

  /** The moment at a time: all entries up to and including it. Rejects with AbortError. */
  at(timeMs: number, signal?: AbortSignal): Promise<TwinMoment> {
    const turn = this.#turn.catch(() => {}).then(() => this.#moveTo(timeMs, signal));
    this.#turn = turn;
    return turn;
  }

  async #moveTo(timeMs: number, signal?: AbortSignal): Promise<TwinMoment> {
    throwIfAborted(signal);
    const until = await this.#log.placeAt(timeMs);
    if (this.#place > until || until - this.#place > FAR) await this.#jumpTowards(until);
    let sliceStart = this.#breath.nowMs();
    while (this.#place < until) {
      throwIfAborted(signal);
      const page = await this.#log.read(this.#place, until, PAGE);
      for (const { place, event } of page.entries) {
        await this.#step(place, event);
        if (this.#breath.nowMs() - sliceStart < SLICE_MS) continue;
        await this.#breath.pause();
        throwIfAborted(signal);
        sliceStart = this.#breath.nowMs();
      }
      this.#place = page.lastPlace;
    }
    return this.#fold.moment();
  }

  async #jumpTowards(until: number): Promise<void> {
    const isBack = this.#place > until;
    const checkpoint = await this.#log.checkpointBefore(until, isBack ? 0 : this.#place);
    if (!checkpoint && !isBack) return;
    const { place, moment } = checkpoint ?? { place: 0, moment: EMPTY_MOMENT };
    this.#fold = new MomentFold(moment);
    this.#place = place;
    this.#markMs = moment.timeMs;
    this.#markRows = 0;
  }

  async #step(place: number, event: TwinEvent): Promise<void> {
    if (this.#isDue(event.timeMs)) {
      await this.#log.saveCheckpoint({ place: this.#place, moment: this.#fold.moment() });
      this.#markMs = event.timeMs;
      this.#markRows = 0;
    }
    this.#fold.apply(event);
    this.#place = place;
    if (event.kind === "readings") this.#markRows += event.rows.length;
  }

  /** Only between two minutes of the log: thinning out works on whole minutes, and the moment between them stays the same. */
  #isDue(nextMs: number): boolean {
    const { minuteMs, everyMs, everyRows } = this.#policy;
    const lastMs = this.#fold.timeMs;
    if (lastMs === 0 || Math.floor(nextMs / minuteMs) === Math.floor(lastMs / minuteMs)) return false;
    return lastMs - this.#markMs >= everyMs || this.#markRows >= everyRows;
  }
}
