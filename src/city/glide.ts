/** Reports farther apart than this are not bridged in slow motion: the thing goes there and waits. */
const LONGEST_MS = 5000;
const SHORTEST_MS = 200;
/** A thing that comes back after this long was lost: it is put where it is at once. */
const LOST_MS = 120_000;

/**
 * Rows on their way from one reported place to the next, in typed arrays. Straight and even: the time from the last report
 * to this one is taken to reach it, so that a thing that reports steadily moves steadily, one report behind.
 */
export class Glide {
  readonly #from: Float64Array;
  readonly #to: Float64Array;
  readonly #startMs: Float64Array;
  readonly #durationMs: Float32Array;
  readonly #reportMs: Float64Array;
  readonly #isUnderWay: Uint8Array;
  #rows: Uint32Array;
  #count = 0;

  constructor(rows: number) {
    this.#from = new Float64Array(3 * rows);
    this.#to = new Float64Array(3 * rows);
    this.#startMs = new Float64Array(rows);
    this.#durationMs = new Float32Array(rows);
    this.#reportMs = new Float64Array(rows);
    this.#isUnderWay = new Uint8Array(rows);
    this.#rows = new Uint32Array(rows);
  }

  /** Rows under way. */
  get count(): number {
    return this.#count;
  }

  /** Sends a row from where `offsets` has it to x, y, z. `isJump` leaves no way between. */
  go(row: number, to: ArrayLike<number>, offsets: Float64Array, nowMs: number, isJump = false): void {
    const gapMs = nowMs - this.#reportMs[row]!;
    const isFirst = this.#reportMs[row] === 0;
    this.#reportMs[row] = nowMs;
    for (let axis = 0, at = 3 * row; axis < 3; axis++, at++) {
      this.#from[at] = offsets[at]!;
      this.#to[at] = to[axis]!;
    }
    this.#startMs[row] = nowMs;
    this.#durationMs[row] =
      isJump || isFirst || gapMs > LOST_MS ? 0 : Math.min(LONGEST_MS, Math.max(SHORTEST_MS, gapMs));
    if (this.#isUnderWay[row] === 1) return;
    this.#isUnderWay[row] = 1;
    this.#rows[this.#count++] = row;
  }

  /** A row was put where it is by somebody else: it is on no way any more, and the next one takes the time from now on. */
  settle(row: number, offsets: Float64Array, nowMs: number): void {
    this.#reportMs[row] = nowMs;
    if (this.#isUnderWay[row] === 0) return;
    this.#durationMs[row] = 0;
    for (let at = 3 * row; at < 3 * row + 3; at++) this.#to[at] = offsets[at]!;
  }

  /** Writes places of this moment into `offsets` and calls back for each row; those that have arrived are let go. */
  step(nowMs: number, offsets: Float64Array, onMoved: (row: number) => void): void {
    let kept = 0;
    for (let k = 0; k < this.#count; k++) {
      const row = this.#rows[k]!;
      const duration = this.#durationMs[row]!;
      const share = duration === 0 ? 1 : Math.min(1, Math.max(0, (nowMs - this.#startMs[row]!) / duration));
      for (let at = 3 * row; at < 3 * row + 3; at++)
        offsets[at] =
          share === 1 ? this.#to[at]! : this.#from[at]! + share * (this.#to[at]! - this.#from[at]!);
      onMoved(row);
      if (share < 1) this.#rows[kept++] = row;
      else this.#isUnderWay[row] = 0;
    }
    this.#count = kept;
  }
}
