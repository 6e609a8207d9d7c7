/** Rows that have changed since they were last taken, as the one range that holds them all. */
export class DirtyRows {
  #from = Number.POSITIVE_INFINITY;
  #to = 0;

  add(row: number): void {
    if (row < this.#from) this.#from = row;
    if (row >= this.#to) this.#to = row + 1;
  }

  /** Calls back with the range, its end not in it, and begins anew; not at all when nothing has changed. */
  take(fn: (from: number, to: number) => void): void {
    const [from, to] = [this.#from, this.#to];
    if (from >= to) return;
    this.#from = Number.POSITIVE_INFINITY;
    this.#to = 0;
    fn(from, to);
  }
}
