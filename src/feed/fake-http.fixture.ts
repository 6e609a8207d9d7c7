import type { Clock } from "./clock.ts";
import type { FeedAdapter, FeedEvents } from "./feed-adapter.ts";
import type { Link } from "./mqtt-link.ts";
import type { Message } from "./payload.ts";

/** A clock that moves only when told to. */
export class FakeClock implements Clock {
  #now = Date.parse("2026-07-22T02:30:00Z");
  #timers: { readonly atMs: number; readonly fn: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, fn: () => void): () => void {
    const timer = { atMs: this.#now + ms, fn };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#timers.filter((timer) => timer.atMs <= end).sort((a, b) => a.atMs - b.atMs)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = next.atMs;
      next.fn();
    }
    this.#now = end;
  }
}

export type Answer = string | Uint8Array | Response;

/** A web server by a function: what it answers to an address, with what was asked. */
export function fakeFetch(answer: (url: string, init: RequestInit) => Answer | undefined) {
  const asked: { readonly url: string; readonly headers: Headers }[] = [];
  const fetch = (async (input: string, init: RequestInit = {}) => {
    const url = String(input);
    asked.push({ url, headers: new Headers(init.headers) });
    const given = answer(url, init);
    if (given === undefined) return new Response("", { status: 404 });
    return given instanceof Response ? given : new Response(given as BodyInit);
  }) as typeof globalThis.fetch;
  return { fetch, asked };
}

/** Opens an adapter and keeps all that it tells. Bad records are in `rejected`, as the intake would list them. */
export function listen(adapter: FeedAdapter) {
  const log = {
    opened: [] as (string | null)[],
    places: [] as string[],
    messages: [] as Message[],
    rejected: [] as string[],
    closed: [] as { reason: string; refused: boolean; retryAfterMs: number }[],
  };
  const events: FeedEvents = {
    opened: (problem) => log.opened.push(problem),
    message: (place, read) => {
      try {
        log.messages.push(read());
        log.places.push(place);
      } catch (error) {
        log.rejected.push(`${place}: ${String(error)}`);
      }
    },
    rejected: (place, problem) => log.rejected.push(`${place}: ${problem}`),
    closed: (reason, refused, retryAfterMs = 0) => log.closed.push({ reason, refused, retryAfterMs }),
  };
  const link: Link = adapter.open(events);
  return { log, link };
}

/** Lets all that is under way come to its end; nothing here waits on a real clock or network. */
export async function settle(): Promise<void> {
  for (let n = 0; n < 10; n++) await new Promise((resolve) => setImmediate(resolve));
}
