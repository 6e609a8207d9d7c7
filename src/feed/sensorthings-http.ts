import { TwinError } from "../base/errors.ts";
import type { SensorThingsFeedConfig } from "../domain/feed-config.ts";
import type { FeedAdapter, FeedEvents, HttpContext } from "./feed-adapter.ts";
import { isObject } from "./geojson-points.ts";
import { getBytes } from "./http-get.ts";
import { readJson } from "./payload.ts";
import { openPoll } from "./poll-link.ts";
import { decodeSensorThings } from "./sensorthings.ts";
import { decodeThingsPage } from "./sensorthings-page.ts";

const MAX_PAGES = 1000;
const MAX_PAGE_BYTES = 32 * 1024 * 1024;
const REFRESH_S = 600;
const PAGE_SIZE = 200;
/** Observations may reach the server later than others that were made after them. */
const OVERLAP_MS = 60_000;
/** Answers to a question for Observations that mean "ask otherwise". */
const CANNOT_ASK = [400, 404, 405, 501];

export interface SensorThingsUpdates {
  hasUpdates(): boolean;
  /** Called after each round with the keys of all Datastreams that are known. */
  afterRound(keys: ReadonlySet<string>): void;
}

/**
 * SensorThings 1.1 over HTTP: all Things with Locations, Datastreams and the newest Observation of each, then only
 * Observations since the last ones; Things again every `refreshS`. Pages are followed by `@iot.nextLink`, of which
 * only the query is taken: many servers name an inner host there, and no other host may get the password.
 */
export class SensorThingsAdapter implements FeedAdapter {
  readonly #context: HttpContext;
  readonly #options: SensorThingsFeedConfig["options"];
  readonly #root: string;
  #newestMs: number | null = null;
  #refreshAtMs = Number.NEGATIVE_INFINITY;
  #canAskObservations = true;
  #keys: ReadonlySet<string> = new Set();

  constructor(context: HttpContext, options: SensorThingsFeedConfig["options"]) {
    this.#context = context;
    this.#options = options;
    this.#root = context.url.replace(/[?#].*$/, "").replace(/\/*$/, "/");
  }

  open(events: FeedEvents) {
    return this.openWith(events, { hasUpdates: () => false, afterRound: () => {} });
  }

  /** As `open`; Observations are left alone in rounds in which `hasUpdates` says that they come by themselves. */
  openWith(events: FeedEvents, updates: SensorThingsUpdates) {
    return openPoll(this.#context.clock, this.#options.intervalS, events, async (guarded, signal) => {
      await this.#round(guarded, signal, updates);
      if (!signal.aborted) updates.afterRound(this.#keys);
    });
  }

  async #round(events: FeedEvents, signal: AbortSignal, updates: SensorThingsUpdates): Promise<void> {
    const now = this.#context.clock.now();
    if (this.#newestMs === null || !this.#canAskObservations || now >= this.#refreshAtMs) {
      await this.#readThings(events, signal);
      this.#refreshAtMs = now + (this.#options.refreshS ?? REFRESH_S) * 1000;
      return;
    }
    if (updates.hasUpdates()) return;
    try {
      await this.#readObservations(this.#newestMs - OVERLAP_MS, events, signal);
    } catch (error) {
      if (!(error instanceof TwinError) || !CANNOT_ASK.includes(Number(error.params.status))) throw error;
      this.#canAskObservations = false;
      await this.#readThings(events, signal);
    }
  }

  async #readThings(events: FeedEvents, signal: AbortSignal): Promise<void> {
    const { filter, pageSize = PAGE_SIZE } = this.#options;
    const inner = "$expand=ObservedProperty,Observations($orderby=phenomenonTime%20desc;$top=1)";
    const query = `$top=${pageSize}&$expand=Locations,Datastreams(${inner})`;
    const wanted = filter === undefined ? "" : `&$filter=${encodeURIComponent(filter)}`;
    const keys = new Set<string>();
    let isWhole = true;
    for await (const { place, json } of this.#pages(`${this.#root}Things?${query}${wanted}`, events, signal))
      events.message(place, () => {
        const points = decodeThingsPage(json);
        for (const { key } of points.sensors) keys.add(key);
        if (points.issues.length > 0) isWhole = false;
        this.follow(points.observations);
        return points;
      });
    if (keys.size > 0) this.#keys = isWhole ? keys : new Set([...this.#keys, ...keys]);
    if (isWhole && keys.size > 0) events.message(`${this.#root}Things`, () => ({ kind: "roll", keys }));
  }

  async #readObservations(sinceMs: number, events: FeedEvents, signal: AbortSignal): Promise<void> {
    const since = new Date(sinceMs).toISOString();
    const { pageSize = PAGE_SIZE } = this.#options;
    const url = `${this.#root}Observations?$top=${pageSize}&$expand=Datastream($select=id)&$orderby=phenomenonTime%20asc&$filter=phenomenonTime%20ge%20${since}`;
    for await (const { place, json } of this.#pages(url, events, signal))
      events.message(place, () => {
        const decoded = decodeSensorThings("", json);
        if (decoded.kind === "observations") this.follow(decoded.observations);
        return decoded;
      });
  }

  /** Remembers the newest time, but none that lies ahead: a wrong clock must not hide what comes after. */
  follow(observations: readonly { readonly timeMs: number | null }[]): void {
    const now = this.#context.clock.now();
    for (const { timeMs } of observations)
      if (timeMs !== null && timeMs <= now && timeMs > (this.#newestMs ?? Number.NEGATIVE_INFINITY))
        this.#newestMs = timeMs;
  }

  async *#pages(first: string, events: FeedEvents, signal: AbortSignal) {
    const seen = new Set<string>();
    for (let url: string | null = first; url !== null; ) {
      if (seen.has(url) || seen.size >= MAX_PAGES) {
        events.rejected(
          url,
          seen.has(url) ? "its pages go round in a circle" : `it has more than ${MAX_PAGES} pages`,
        );
        return;
      }
      seen.add(url);
      const json = readJson(await getBytes(this.#context, url, "application/json", signal), MAX_PAGE_BYTES);
      events.opened(null);
      yield { place: url, json };
      url = nextPage(url, json);
    }
  }
}

/** The page after this one: the query of `@iot.nextLink` on the address that was asked; null at the end. */
export function nextPage(url: string, json: unknown): string | null {
  const link = isObject(json) ? json["@iot.nextLink"] : undefined;
  if (typeof link !== "string" || link === "") return null;
  const query = link.indexOf("?");
  return query < 0 ? null : url.replace(/\?.*$/, "") + link.slice(query).replace(/#.*$/, "");
}
