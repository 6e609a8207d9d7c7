import type { AlertRule } from "../../src/domain/alert-rule.ts";
import type { FeedConfig, SensorKind } from "../../src/domain/scenario.ts";
import { type Clock, WALL_CLOCK } from "../../src/feed/clock.ts";
import { resolveFeedUrl } from "../../src/feed/create-adapter.ts";
import { type OpenLink, openMqttLink } from "../../src/feed/mqtt-link.ts";
import { type PublishRetained, publishRetained } from "../../src/feed/mqtt-publish.ts";

import type { FeedBatch, FeedCredentials, FeedWorker } from "./contract.ts";
import { FeedSession } from "./feed-session.ts";

export interface HubParts {
  /** Origin of the page, for feed URLs that are paths. */
  readonly pageOrigin: string;
  readonly openLink?: OpenLink;
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly publish?: PublishRetained;
}

/** All feeds of the page: what the worker exposes, without the worker. */
export class FeedHub implements Omit<FeedWorker, "connect"> {
  readonly #parts: HubParts;
  readonly #sessions = new Map<string, FeedSession>();
  /** Brokers of connected MQTT feeds. */
  readonly #brokers = new Map<string, string>();

  constructor(parts: HubParts) {
    this.#parts = parts;
  }

  async connect(
    config: FeedConfig,
    kinds: Readonly<Record<string, SensorKind>>,
    city: string,
    credentials: FeedCredentials | null,
    onBatch: (batch: FeedBatch) => void | Promise<void>,
    rules?: readonly AlertRule[],
  ): Promise<void> {
    this.#sessions.get(config.id)?.stop();
    const session = new FeedSession({
      config,
      kinds,
      ...(rules && { rules }),
      city,
      credentials,
      pageOrigin: this.#parts.pageOrigin,
      openLink: this.#parts.openLink ?? openMqttLink,
      // called on nothing: a browser's fetch refuses any other receiver
      fetch: this.#parts.fetch ?? ((...request) => fetch(...request)),
      clock: this.#parts.clock ?? WALL_CLOCK,
      random: this.#parts.random ?? Math.random,
      emit: onBatch,
    });
    this.#sessions.set(config.id, session);
    this.#brokers.delete(config.id);
    if (config.protocol === "mqtt")
      this.#brokers.set(config.id, resolveFeedUrl(config, city, this.#parts.pageOrigin));
    session.start();
  }

  async disconnect(feedId: string): Promise<void> {
    this.#sessions.get(feedId)?.stop();
    this.#sessions.delete(feedId);
    this.#brokers.delete(feedId);
  }

  async publish(...[feedId, topic, payload, credentials]: Parameters<FeedWorker["publish"]>) {
    const url = this.#brokers.get(feedId);
    if (url === undefined) return { result: "unreachable", detail: `${feedId} is not connected` } as const;
    return (this.#parts.publish ?? publishRetained)({ url, topic, payload, ...credentials });
  }

  async retry(feedId: string, credentials: FeedCredentials | null): Promise<void> {
    this.#sessions.get(feedId)?.retry(credentials);
  }

  async series(feedId: string, row: number) {
    const session = this.#sessions.get(feedId);
    if (session) return session.series(row);
    return { timesMs: new Float64Array(), values: new Float32Array(), levels: new Uint8Array() };
  }
}
