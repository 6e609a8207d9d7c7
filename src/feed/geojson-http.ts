import type { FeedAdapter, FeedEvents, HttpContext } from "./feed-adapter.ts";
import { type DecodeFeature, decodeFeatures } from "./geojson-points.ts";
import { getBytes, publicUrl } from "./http-get.ts";
import { readJson } from "./payload.ts";
import { openPoll } from "./poll-link.ts";

const MAX_BYTES = 32 * 1024 * 1024;
const ACCEPT = "application/geo+json, application/json";

/** A FeatureCollection that is asked for again and again; earthquakes differ only in how a feature is read. */
export class GeoJsonAdapter implements FeedAdapter {
  readonly #context: HttpContext;
  readonly #intervalS: number;
  readonly #decode: DecodeFeature;

  constructor(context: HttpContext, intervalS: number, decode: DecodeFeature) {
    this.#context = context;
    this.#intervalS = intervalS;
    this.#decode = decode;
  }

  open(events: FeedEvents) {
    const { clock, url } = this.#context;
    return openPoll(clock, this.#intervalS, events, async (guarded, signal) => {
      const json = readJson(await getBytes(this.#context, url, ACCEPT, signal), MAX_BYTES);
      // a page that is no collection ends the attempt: the feed must not look live
      const points = decodeFeatures(json, this.#decode);
      guarded.opened(null);
      guarded.message(publicUrl(url), () => points);
    });
  }
}
