const FIRST_CAPACITY = 32;

/**
 * The last `limit` points of one sensor in time order. Starts small and doubles, so that 2 500 quiet sensors do not
 * reserve 18 MB.
 */
export class RingSeries {
  readonly #limit: number;
  #times: Float64Array;
  #values: Float32Array;
  /** Position of the oldest point. */
  #start = 0;
  #length = 0;

  constructor(limit = 600) {
    this.#limit = limit;
    const capacity = Math.min(limit, FIRST_CAPACITY);
    this.#times = new Float64Array(capacity);
    this.#values = new Float32Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /**
   * Adds a point; a late one goes where it belongs. Returns "newest" when it is now the last point, "late" when it is
   * not, "duplicate" when that time is already there (then nothing changes), "old" when it lies before a full buffer.
   */
  add(timeMs: number, value: number): "newest" | "late" | "duplicate" | "old" {
    let after = this.#length;
    while (after > 0 && this.#timeAt(after - 1) > timeMs) after--;
    if (after > 0 && this.#timeAt(after - 1) === timeMs) return "duplicate";
    const isFull = this.#length === this.#limit;
    if (isFull && after === 0) return "old";
    if (isFull) {
      this.#start = (this.#start + 1) % this.#times.length;
      this.#length--;
      after--;
    } else if (this.#length === this.#times.length) this.#grow();
    for (let i = this.#length; i > after; i--) this.#set(i, this.#timeAt(i - 1), this.#valueAt(i - 1));
    this.#set(after, timeMs, value);
    this.#length++;
    return after === this.#length - 1 ? "newest" : "late";
  }

  /** Puts another value in the place of the one of that time: "newest" or "late"; "duplicate" when it is the same, or none is there. */
  revise(timeMs: number, value: number): "newest" | "late" | "duplicate" {
    let at = this.#length - 1;
    while (at >= 0 && this.#timeAt(at) > timeMs) at--;
    if (at < 0 || this.#timeAt(at) !== timeMs || Object.is(this.#valueAt(at), Math.fround(value)))
      return "duplicate";
    this.#set(at, timeMs, value);
    return at === this.#length - 1 ? "newest" : "late";
  }

  /** The newest point; null when there is none. */
  last(): { readonly timeMs: number; readonly value: number } | null {
    const at = this.#length - 1;
    return at < 0 ? null : { timeMs: this.#timeAt(at), value: this.#valueAt(at) };
  }

  /** Copies, oldest first. */
  copy(): { readonly timesMs: Float64Array; readonly values: Float32Array } {
    const timesMs = new Float64Array(this.#length);
    const values = new Float32Array(this.#length);
    for (let i = 0; i < this.#length; i++) {
      timesMs[i] = this.#timeAt(i);
      values[i] = this.#valueAt(i);
    }
    return { timesMs, values };
  }

  #timeAt(i: number): number {
    return this.#times[(this.#start + i) % this.#times.length]!;
  }

  #valueAt(i: number): number {
    return this.#values[(this.#start + i) % this.#values.length]!;
  }

  #set(i: number, timeMs: number, value: number): void {
    const at = (this.#start + i) % this.#times.length;
    this.#times[at] = timeMs;
    this.#values[at] = value;
  }

  #grow(): void {
    const { timesMs, values } = this.copy();
    const capacity = Math.min(this.#limit, this.#times.length * 2);
    this.#times = new Float64Array(capacity);
    this.#values = new Float32Array(capacity);
    this.#times.set(timesMs);
    this.#values.set(values);
    this.#start = 0;
  }
}
