import { TwinError } from "../base/errors.ts";
import type { FeedConfig } from "../domain/scenario.ts";
import { parseTwinConfig, type TwinConfig } from "../domain/twin-config.ts";

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

/** Feeds of a scenario with the operator's own brokers put in their place. */
export class FeedOverrides {
  readonly #config: TwinConfig;

  constructor(config: TwinConfig) {
    this.#config = config;
  }

  /** Paths such as `/mqtt` become `ws(s)://` on the page's own server. */
  apply(feed: FeedConfig, baseUrl: string): FeedConfig {
    const override = this.#config.feeds[feed.id];
    return {
      ...feed,
      url: socketUrl(override?.url ?? feed.url, baseUrl),
      ...(override?.topics && { topics: override.topics }),
      ...(override?.provenance && { provenance: override.provenance }),
    };
  }

  username(feedId: string): string | undefined {
    return this.#config.feeds[feedId]?.username;
  }
}

export function socketUrl(url: string, baseUrl: string): string {
  const absolute = new URL(url.replace(/^\//, ""), url.includes("://") ? undefined : baseUrl);
  if (absolute.protocol === "http:") absolute.protocol = "ws:";
  if (absolute.protocol === "https:") absolute.protocol = "wss:";
  return absolute.href;
}
