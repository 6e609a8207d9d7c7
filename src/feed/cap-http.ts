import type { CapFeedConfig } from "../domain/feed-config.ts";
import { type CapIndexEntry, parseCapIndex } from "./cap-index.ts";
import { parseCap } from "./cap-parser.ts";
import type { FeedAdapter, FeedEvents, HttpContext } from "./feed-adapter.ts";
import { getBytes, publicUrl } from "./http-get.ts";
import { openPoll } from "./poll-link.ts";

const ACCEPT = "application/cap+xml, application/atom+xml, application/rss+xml, application/xml, text/xml";
const MAX_ALERTS = 200;
/** Alerts asked for at the same time. */
const TOGETHER = 4;

/**
 * CAP over HTTP: one alert, or an index whose alerts are read once and again when their entry changes. What leaves the
 * index is taken back; an alert that cannot be had or read is listed and hinders no other.
 */
export class CapAdapter implements FeedAdapter {
  readonly #context: HttpContext;
  readonly #options: CapFeedConfig["options"];
  /** Version of each alert that was read, by address. */
  readonly #read = new Map<string, string>();
  #single: string | null = null;

  constructor(context: HttpContext, options: CapFeedConfig["options"]) {
    this.#context = context;
    this.#options = options;
  }

  open(events: FeedEvents) {
    const { clock } = this.#context;
    return openPoll(clock, this.#options.intervalS, events, (guarded, signal) =>
      this.#round(guarded, signal),
    );
  }

  async #round(events: FeedEvents, signal: AbortSignal): Promise<void> {
    const { url } = this.#context;
    const bytes = await getBytes(this.#context, url, ACCEPT, signal);
    const index = parseCapIndex(bytes, url);
    if (index === null) {
      this.#takeSingle(bytes, events);
      return;
    }
    events.opened(null);
    // an index without entries is a sign of life too
    events.message(publicUrl(url), () => ({
      kind: "points",
      sensors: [],
      observations: [],
      issues: index.issues,
      isComplete: false,
    }));
    const wanted = index.entries.slice(0, this.#options.maxAlerts ?? MAX_ALERTS);
    if (wanted.length < index.entries.length)
      events.rejected(publicUrl(url), `${index.entries.length - wanted.length} more alerts are not read`);
    const named = new Set(wanted.map((entry) => entry.url));
    for (const gone of [...this.#read.keys()].filter((known) => !named.has(known))) {
      this.#read.delete(gone);
      events.message(gone, () => ({ kind: "empty" }));
    }
    await this.#readAll(
      wanted.filter((entry) => this.#read.get(entry.url) !== entry.version),
      events,
      signal,
    );
  }

  /** Another alert at the same address takes the place of the one before it. */
  #takeSingle(bytes: Uint8Array, events: FeedEvents): void {
    const { url } = this.#context;
    const alert = parseCap(bytes);
    events.opened(null);
    if (this.#single !== null && this.#single !== alert.identifier)
      events.message(url, () => ({ kind: "empty" }));
    this.#single = alert.identifier;
    events.message(url, () => ({ kind: "cap", alert }));
  }

  async #readAll(entries: readonly CapIndexEntry[], events: FeedEvents, signal: AbortSignal): Promise<void> {
    const waiting = [...entries];
    const work = async (): Promise<void> => {
      for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift())
        await this.#readOne(entry, events, signal);
    };
    await Promise.all(Array.from({ length: TOGETHER }, work));
  }

  /** What cannot be fetched is tried again in the next round; what cannot be read only when its entry changes. */
  async #readOne({ url, version }: CapIndexEntry, events: FeedEvents, signal: AbortSignal): Promise<void> {
    try {
      const bytes = await getBytes(this.#context, url, ACCEPT, signal);
      this.#read.set(url, version);
      events.message(url, () => ({ kind: "cap", alert: parseCap(bytes) }));
    } catch (error) {
      if (signal.aborted) return;
      events.rejected(publicUrl(url), error instanceof Error ? error.message : String(error));
    }
  }
}
