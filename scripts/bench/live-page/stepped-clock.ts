import type { Clock } from "../../../src/feed/clock.ts";

/** Time that goes on when it is told to; what is due runs in its order. */
export class SteppedClock implements Clock {
  #nowMs: number;
  readonly #due = new Map<symbol, { readonly atMs: number; readonly fn: () => void }>();

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  after(ms: number, fn: () => void): () => void {
    const key = Symbol();
    this.#due.set(key, { atMs: this.#nowMs + ms, fn });
    return () => void this.#due.delete(key);
  }

  pass(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (;;) {
      let next: symbol | null = null;
      let nextMs = endMs;
      for (const [key, { atMs }] of this.#due)
        if (atMs < nextMs || (next === null && atMs <= nextMs)) [next, nextMs] = [key, atMs];
      if (next === null) break;
      const { fn } = this.#due.get(next)!;
      this.#due.delete(next);
      this.#nowMs = nextMs;
      fn();
    }
    this.#nowMs = endMs;
  }
}
