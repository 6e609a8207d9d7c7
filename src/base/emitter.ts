/** A typed event source: `Events` maps each event name (past tense) to its payload. */
export class Emitter<Events extends Record<string, unknown>> {
  readonly #listeners = new Map<keyof Events, Set<(payload: never) => void>>();
  readonly #latest = new Map<keyof Events, unknown>();

  /** Returns the function that unsubscribes. */
  on<K extends keyof Events>(event: K, fn: (payload: Events[K]) => void): () => void {
    const set = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, set);
    set.add(fn);
    return () => {
      set.delete(fn);
    };
  }

  /** As `on`, and tells the newest payload at once when there has been one. */
  onLatest<K extends keyof Events>(event: K, fn: (payload: Events[K]) => void): () => void {
    const off = this.on(event, fn);
    if (this.#latest.has(event)) fn(this.#latest.get(event) as Events[K]);
    return off;
  }

  emit<K extends keyof Events>(event: K, payload: Events[K]): void {
    this.#latest.set(event, payload);
    for (const fn of [...(this.#listeners.get(event) ?? [])]) (fn as (payload: Events[K]) => void)(payload);
  }

  clear(): void {
    this.#listeners.clear();
    this.#latest.clear();
  }
}
