/** A typed event source: `Events` maps each event name (past tense) to its payload. */
export class Emitter<Events extends Record<string, unknown>> {
  readonly #listeners = new Map<keyof Events, Set<(payload: never) => void>>();

  /** Returns the function that unsubscribes. */
  on<K extends keyof Events>(event: K, fn: (payload: Events[K]) => void): () => void {
    const set = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, set);
    set.add(fn);
    return () => {
      set.delete(fn);
    };
  }

  emit<K extends keyof Events>(event: K, payload: Events[K]): void {
    for (const fn of [...(this.#listeners.get(event) ?? [])]) (fn as (payload: Events[K]) => void)(payload);
  }

  clear(): void {
    this.#listeners.clear();
  }
}
