/** Rows that are told together. */
const BLOCK = 256;
/** Runs of blocks that are told one by one; more of them are told as one, with what lies between. */
const MOST_RUNS = 32;

/** Rows that have changed since they were last taken, as the few ranges that hold them. */
export class DirtyRows {
  readonly #count: number;
  readonly #blocks: Uint8Array;
  /** Blocks between which all changed ones are. */
  #from = Number.POSITIVE_INFINITY;
  #to = 0;

  constructor(count: number) {
    this.#count = count;
    this.#blocks = new Uint8Array(Math.ceil(count / BLOCK));
  }

  get isEmpty(): boolean {
    return this.#from >= this.#to;
  }

  add(row: number): void {
    const block = (row / BLOCK) | 0;
    this.#blocks[block] = 1;
    if (block < this.#from) this.#from = block;
    if (block >= this.#to) this.#to = block + 1;
  }

  addAll(): void {
    if (this.#count === 0) return;
    this.#blocks.fill(1);
    this.#from = 0;
    this.#to = this.#blocks.length;
  }

  /** Calls back with ranges of changed rows, `to` not in it, about `most` rows in all; the others are for the next time. */
  take(most: number, fn: (from: number, to: number) => void): void {
    if (this.isEmpty) return;
    if (this.#countRuns() > MOST_RUNS) this.#blocks.fill(1, this.#from, this.#to);
    let block = this.#from;
    for (let left = Math.max(1, Math.floor(most / BLOCK)); block < this.#to && left > 0; block++) {
      if (this.#blocks[block] === 0) continue;
      const first = block;
      for (; block < this.#to && left > 0 && this.#blocks[block] === 1; block++, left--)
        this.#blocks[block] = 0;
      fn(first * BLOCK, Math.min(this.#count, block * BLOCK));
      // the loop's own step: the block after a run is looked at as well
      block--;
    }
    while (block < this.#to && this.#blocks[block] === 0) block++;
    this.#from = block < this.#to ? block : Number.POSITIVE_INFINITY;
    if (block >= this.#to) this.#to = 0;
  }

  #countRuns(): number {
    let runs = 0;
    for (let block = this.#from, before = 0; block < this.#to; block++) {
      const now = this.#blocks[block]!;
      if (now > before) runs++;
      before = now;
    }
    return runs;
  }
}
