import type { FeedConfig, SensorThingsFeedConfig } from "../domain/feed-config.ts";
import { CapAdapter } from "./cap-http.ts";
import type { Clock } from "./clock.ts";
import { decodeEarthquake } from "./earthquakes.ts";
import type { FeedAdapter, FeedCredentials } from "./feed-adapter.ts";
import { GeoJsonAdapter } from "./geojson-http.ts";
import { decodeMapped } from "./geojson-points.ts";
import { GtfsRealtimeAdapter } from "./gtfs-http.ts";
import { MqttAdapter } from "./mqtt-adapter.ts";
import type { OpenLink } from "./mqtt-link.ts";
import { SensorThingsAdapter } from "./sensorthings-http.ts";
import { SensorThingsMqttAdapter } from "./sensorthings-mqtt.ts";
import { SseAdapter } from "./sse-link.ts";
import { TyphoonAdapter } from "./typhoon-http.ts";

export interface AdapterParts {
  readonly config: FeedConfig;
  readonly city: string;
  readonly credentials: FeedCredentials | null;
  /** Origin of the page, for feed URLs that are paths. */
  readonly pageOrigin: string;
  readonly clock: Clock;
  readonly openLink: OpenLink;
  readonly fetch: typeof fetch;
}

/** The adapter of a feed's protocol. A URL that is none throws TypeError. */
export function createAdapter(parts: AdapterParts): FeedAdapter {
  const { config, credentials, clock } = parts;
  const url = resolveFeedUrl(config, parts.city, parts.pageOrigin);
  if (config.protocol === "mqtt") {
    const topics = config.topics.map((topic) => topic.replaceAll("{city}", parts.city));
    return new MqttAdapter({ ...config, topics }, url, credentials, parts.openLink);
  }
  const context = { url: new URL(url).href, credentials, clock, fetch: parts.fetch };
  switch (config.protocol) {
    case "sensorthings":
      return withUpdates(new SensorThingsAdapter(context, config.options), config, parts);
    case "geojson":
      return new GeoJsonAdapter(context, config.options.intervalS, decodeMapped(config.options));
    case "earthquakes":
      return new GeoJsonAdapter(context, config.options.intervalS, decodeEarthquake(config.options));
    case "cap":
      return new CapAdapter(context, config.options);
    case "sse":
      return new SseAdapter(context, config.options);
    case "gtfs-realtime":
      return new GtfsRealtimeAdapter(context, config.options);
    case "typhoon":
      return new TyphoonAdapter(context, config.options);
  }
}

/** Observations over MQTT where the configuration names a broker. */
function withUpdates(
  http: SensorThingsAdapter,
  config: SensorThingsFeedConfig,
  { city, credentials, pageOrigin, openLink }: AdapterParts,
): FeedAdapter {
  const { mqtt, intervalS } = config.options;
  if (mqtt === undefined) return http;
  const url = resolveFeedUrl({ protocol: "mqtt", url: mqtt.url }, city, pageOrigin);
  const isSameHost = new URL(url).hostname === new URL(resolveFeedUrl(config, city, pageOrigin)).hostname;
  return new SensorThingsMqttAdapter(
    http,
    intervalS,
    (topics) => {
      const { url: _url, topics: _topics, ...options } = mqtt;
      const source = { ...config, protocol: "mqtt", url, topics, options } as const;
      return new MqttAdapter(source, url, isSameHost ? credentials : null, openLink);
    },
    mqtt.topics,
  );
}

/** Absolute URL of a feed: a path lies on the page's own server, under ws(s) for MQTT and http(s) else. */
export function resolveFeedUrl(
  config: Pick<FeedConfig, "protocol" | "url">,
  city: string,
  pageOrigin: string,
): string {
  const url = config.url.replaceAll("{city}", encodeURIComponent(city));
  if (!url.startsWith("/")) return url;
  const origin = config.protocol === "mqtt" ? pageOrigin.replace(/^http/, "ws") : pageOrigin;
  return new URL(url, origin).href;
}
