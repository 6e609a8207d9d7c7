/** Reports farther apart than this are not bridged in slow motion: the thing goes there and waits. */
const LONGEST_MS = 5000;
const SHORTEST_MS = 200;
/** A thing that comes back after this long was lost: it is put where it is at once. */
const LOST_MS = 120_000;
/** Times are told in 32-bit seconds from an epoch: an hour after it they are still good to a quarter of a millisecond. */
const EPOCH_MS = 3_600_000;
/** Numbers a row has in `data`. */
export const WAY_SIZE = 5;

/**
 * Ways of rows from one reported place to the next, as the vertex shader reads them: nothing is done for a row between its reports,
 * whatever their number. Straight and even: the time from the last report to this one is taken to reach it, so that a thing that
 * reports steadily moves steadily, one report behind. Where a way ends is not kept here: the reported place of the row.
 */
export class Ways {
  /** Five numbers a row: where it began (x, y, z, metres in the frame), when (seconds after the epoch), and one over how long it takes; 0 of a row at rest. */
  readonly data: Float32Array;
  readonly #reportMs: Float64Array;
  #epochMs: number;
  #arrivalMs = Number.NEGATIVE_INFINITY;

  /** `nowMs` is of the clock that is used throughout. */
  constructor(rows: number, nowMs: number) {
    this.data = new Float32Array(WAY_SIZE * rows);
    this.#reportMs = new Float64Array(rows).fill(Number.NEGATIVE_INFINITY);
    this.#epochMs = nowMs;
  }

  /** Whether any row has not arrived. */
  isUnderWay(nowMs: number): boolean {
    return nowMs < this.#arrivalMs;
  }

  /** A moment as the shader is told it, seconds. */
  secondsAt(nowMs: number): number {
    return (nowMs - this.#epochMs) / 1000;
  }

  /**
   * A row was reported; its way begins where it is drawn now. `places` are reported places of all rows and still have the one before
   * this report. False where there is no way between: the first report, one after a long silence, or `isJump`.
   */
  report(row: number, places: ArrayLike<number>, nowMs: number, isJump: boolean): boolean {
    const gapMs = nowMs - this.#reportMs[row]!;
    this.#reportMs[row] = nowMs;
    const at = WAY_SIZE * row;
    if (isJump || gapMs > LOST_MS) {
      this.data[at + 4] = 0;
      return false;
    }
    const share = this.#shareOf(row, nowMs);
    for (let axis = 0; axis < 3; axis++) {
      const from = this.data[at + axis]!;
      const to = places[3 * row + axis]!;
      this.data[at + axis] = share === 1 ? to : from + share * (to - from);
    }
    const durationMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, gapMs));
    this.data[at + 3] = this.secondsAt(nowMs);
    this.data[at + 4] = 1000 / durationMs;
    this.#arrivalMs = Math.max(this.#arrivalMs, nowMs + durationMs);
    return true;
  }

  /** Writes where a row is drawn at a moment to `out[to]` and the two after it. */
  write(row: number, places: ArrayLike<number>, nowMs: number, out: Float64Array, to = 0): void {
    const share = this.#shareOf(row, nowMs);
    for (let axis = 0; axis < 3; axis++) {
      const end = places[3 * row + axis]!;
      const from = this.data[WAY_SIZE * row + axis]!;
      out[to + axis] = share === 1 ? end : from + share * (end - from);
    }
  }

  /** Begins a new epoch when this one has lasted an hour; true when all rows have changed by that. */
  renewEpoch(nowMs: number): boolean {
    const passedMs = nowMs - this.#epochMs;
    if (passedMs < EPOCH_MS) return false;
    this.#epochMs = nowMs;
    for (let at = 3; at < this.data.length; at += WAY_SIZE) {
      this.data[at] = this.data[at]! - passedMs / 1000;
      // who has arrived stays there, however the seconds are counted
      if (this.data[at + 1]! * -this.data[at]! >= 1) this.data[at + 1] = 0;
    }
    return true;
  }

  #shareOf(row: number, nowMs: number): number {
    const at = WAY_SIZE * row;
    const perS = this.data[at + 4]!;
    if (perS === 0) return 1;
    return Math.min(1, Math.max(0, (this.secondsAt(nowMs) - this.data[at + 3]!) * perS));
  }
}
