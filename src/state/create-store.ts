import { createStore, type StoreApi } from "zustand/vanilla";

/** Where a key of a store lives on: the URL (shareable), the browser (a preference), or nowhere. Every key must say. */
export type Persistence = "url" | "local" | "none";

export interface TwinStore<S extends object> {
  readonly name: string;
  readonly get: () => S;
  readonly set: (part: Partial<S>) => void;
  /** Calls `fn` when the chosen part has changed (by Object.is); returns the unsubscriber. */
  readonly watch: <T>(select: (state: S) => T, fn: (now: T, before: T) => void) => () => void;
  readonly api: StoreApi<S>;
  readonly persistence: Readonly<Record<keyof S, Persistence>>;
}

/** A store of plain readonly data. A new key does not compile until `persistence` says where it lives on. */
export function createTwinStore<S extends object>(
  name: string,
  initial: S,
  persistence: Readonly<Record<keyof S, Persistence>>,
): TwinStore<S> {
  const api = createStore<S>(() => initial);
  return {
    name,
    api,
    persistence,
    get: api.getState,
    set: (part) => api.setState(part),
    watch: (select, fn) =>
      api.subscribe((now, before) => {
        const a = select(now);
        const b = select(before);
        if (!Object.is(a, b)) fn(a, b);
      }),
  };
}
