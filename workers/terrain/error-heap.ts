/** The triangle that is furthest off, however often errors change: a binary heap that knows where each one is. */
export class ErrorHeap {
  readonly #items: number[] = [];
  readonly #place: number[] = [];
  readonly #errors: number[] = [];

  get size(): number {
    return this.#items.length;
  }

  /** The one with the largest error. */
  get top(): number {
    return this.#items[0]!;
  }

  get topError(): number {
    return this.#errors[this.top] ?? 0;
  }

  set(item: number, error: number): void {
    const before = this.#errors[item];
    this.#errors[item] = error;
    if (before === undefined) {
      this.#items.push(item);
      this.#place[item] = this.#items.length - 1;
      this.#rise(this.#items.length - 1);
    } else if (error > before) this.#rise(this.#place[item]!);
    else if (error < before) this.#sink(this.#place[item]!);
  }

  #isAbove(a: number, b: number): boolean {
    const [first, second] = [this.#items[a]!, this.#items[b]!];
    const difference = this.#errors[first]! - this.#errors[second]!;
    return difference > 0 || (difference === 0 && first < second);
  }

  #rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.#isAbove(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(from: number): void {
    for (let at = from; ; ) {
      let best = at;
      for (const child of [at * 2 + 1, at * 2 + 2])
        if (child < this.#items.length && this.#isAbove(child, best)) best = child;
      if (best === at) return;
      this.#swap(at, best);
      at = best;
    }
  }

  #swap(a: number, b: number): void {
    const [first, second] = [this.#items[a]!, this.#items[b]!];
    this.#items[a] = second;
    this.#items[b] = first;
    this.#place[second] = a;
    this.#place[first] = b;
  }
}
