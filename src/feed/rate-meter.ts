const BUCKETS = 10;
const BUCKET_MS = 1000;

/** Messages per second over the last ten seconds, counted in one-second buckets. */
export class RateMeter {
  readonly #counts = new Uint32Array(BUCKETS);
  #bucket = Number.NEGATIVE_INFINITY;

  count(nowMs: number): void {
    this.#roll(nowMs);
    this.#counts[this.#bucket % BUCKETS]!++;
  }

  perSecond(nowMs: number): number {
    this.#roll(nowMs);
    return this.#counts.reduce((sum, count) => sum + count, 0) / BUCKETS;
  }

  #roll(nowMs: number): void {
    const bucket = Math.floor(nowMs / BUCKET_MS);
    const gap = Math.min(BUCKETS, bucket - this.#bucket);
    for (let i = 0; i < gap; i++) this.#counts[(bucket - i) % BUCKETS] = 0;
    if (bucket > this.#bucket) this.#bucket = bucket;
  }
}
