/** Rows that have changed since they were last taken, as the one range that holds them all. */
export class DirtyRows {
  #from = Number.POSITIVE_INFINITY;
  #to = 0;

  get isEmpty(): boolean {
    return this.#from >= this.#to;
  }

  add(row: number): void {
    if (row < this.#from) this.#from = row;
    if (row >= this.#to) this.#to = row + 1;
  }

  /** Calls back with the first `most` rows of the range, `to` not in it; the others are for the next time. Not at all when it is empty. */
  take(most: number, fn: (from: number, to: number) => void): void {
    if (this.isEmpty) return;
    const from = this.#from;
    const to = Math.min(this.#to, from + most);
    if (to < this.#to) this.#from = to;
    else {
      this.#from = Number.POSITIVE_INFINITY;
      this.#to = 0;
    }
    fn(from, to);
  }
}
