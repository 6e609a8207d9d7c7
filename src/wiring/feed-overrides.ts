import { TwinError } from "../base/errors.ts";
import type { FeedConfig } from "../domain/scenario.ts";
import { mergeFeed, parseTwinConfig, type TwinConfig } from "../domain/twin-config.ts";

/** What an operator changes without a build: `config.json` beside index.html. Passwords are asked of the user, never here. */
export async function readTwinConfig(baseUrl: string): Promise<TwinConfig> {
  const url = `${baseUrl}config.json`;
  const response = await fetch(url).catch(() => null);
  if (!response?.ok) return parseTwinConfig({});
  const json: unknown = await response.json().catch((error: unknown) => {
    throw new TwinError(
      "config.invalid",
      `${url} is not JSON.`,
      { field: "config.json", expected: "JSON" },
      error,
    );
  });
  return parseTwinConfig(json);
}

/** Feeds of a scenario with the operator's own put in their place or beside them. */
export class FeedOverrides {
  readonly #config: TwinConfig;

  constructor(config: TwinConfig) {
    this.#config = config;
  }

  /** Feeds to follow in a scenario: its own as the operator changed them, then the operator's, once each by id. */
  feedsOf(feeds: readonly FeedConfig[], baseUrl: string): FeedConfig[] {
    const ids = new Set(feeds.map(({ id }) => id));
    const extra = (this.#config.extraFeeds ?? []).filter(({ id }) => !ids.has(id));
    return [...feeds, ...extra].map((feed) => this.apply(feed, baseUrl));
  }

  /** Paths such as `/mqtt` become addresses on the page's own server: `ws(s)://` for MQTT, `http(s)://` else. */
  apply(feed: FeedConfig, baseUrl: string): FeedConfig {
    const merged = mergeFeed(feed, this.#config.feeds[feed.id] ?? {});
    return { ...merged, url: feedUrl(merged, baseUrl) };
  }

  username(feedId: string): string | undefined {
    return this.#config.feeds[feedId]?.username;
  }
}

/** `{city}` stays as it is: the worker fills it in. */
function feedUrl(feed: FeedConfig, baseUrl: string): string {
  if (feed.protocol === "mqtt") return socketUrl(feed.url, baseUrl);
  return feed.url.startsWith("/") ? baseUrl.replace(/\/*$/, "") + feed.url : feed.url;
}

export function socketUrl(url: string, baseUrl: string): string {
  const absolute = new URL(url.replace(/^\//, ""), url.includes("://") ? undefined : baseUrl);
  if (absolute.protocol === "http:") absolute.protocol = "ws:";
  if (absolute.protocol === "https:") absolute.protocol = "wss:";
  return absolute.href;
}
