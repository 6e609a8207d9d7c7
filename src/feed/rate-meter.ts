const BUCKETS = 10;
const BUCKET_MS = 1000;
/** A second is a burst from this many messages on, and from this many times the average of the nine before. */
const BURST_MESSAGES = 50;
const BURST_FACTOR = 4;

/** Messages per second over the last ten seconds, counted in one-second buckets, and seconds that were bursts. */
export class RateMeter {
  readonly #counts = new Uint32Array(BUCKETS);
  #bucket = Number.NEGATIVE_INFINITY;
  #bursts = 0;

  /** Seconds with more than 50 messages and more than four times the average of the nine before them; not the first ones. */
  get bursts(): number {
    return this.#bursts;
  }

  count(nowMs: number): void {
    this.#roll(nowMs);
    this.#counts[this.#bucket % BUCKETS]!++;
  }

  perSecond(nowMs: number): number {
    this.#roll(nowMs);
    return this.#sum() / BUCKETS;
  }

  #roll(nowMs: number): void {
    const bucket = Math.floor(nowMs / BUCKET_MS);
    if (bucket === this.#bucket) return;
    if (bucket > this.#bucket) this.#closeSecond();
    // a clock that was set back begins anew
    const gap = bucket < this.#bucket ? BUCKETS : Math.min(BUCKETS, bucket - this.#bucket);
    for (let i = 0; i < gap; i++) this.#counts[(bucket - i) % BUCKETS] = 0;
    this.#bucket = bucket;
  }

  #closeSecond(): void {
    if (!Number.isFinite(this.#bucket)) return;
    const last = this.#counts[this.#bucket % BUCKETS]!;
    const before = (this.#sum() - last) / (BUCKETS - 1);
    if (before > 0 && last > BURST_MESSAGES && last > BURST_FACTOR * before) this.#bursts++;
  }

  #sum(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }
}
