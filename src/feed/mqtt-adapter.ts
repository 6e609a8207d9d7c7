import type { MqttFeedConfig } from "../domain/feed-config.ts";
import type { FeedAdapter, FeedCredentials, FeedEvents } from "./feed-adapter.ts";
import type { OpenLink } from "./mqtt-link.ts";
import { readMessage } from "./payload.ts";

/** MQTT as a feed: SensorThings entities, CAP alerts and mapped JSON, told apart by their payload. */
export class MqttAdapter implements FeedAdapter {
  readonly #config: MqttFeedConfig;
  readonly #url: string;
  readonly #credentials: FeedCredentials | null;
  readonly #openLink: OpenLink;

  /** `url` is absolute; topics of `config` have their city already. */
  constructor(config: MqttFeedConfig, url: string, credentials: FeedCredentials | null, openLink: OpenLink) {
    this.#config = config;
    this.#url = url;
    this.#credentials = credentials;
    this.#openLink = openLink;
  }

  open(events: FeedEvents) {
    const { username, password } = this.#credentials ?? {};
    return this.#openLink(
      {
        url: this.#url,
        topics: this.#config.topics,
        ...(username !== undefined && { username }),
        ...(password !== undefined && { password }),
      },
      {
        opened: (refused) =>
          events.opened(refused.length > 0 ? `not allowed to read ${refused.join(", ")}` : null),
        message: (topic, payload) =>
          events.message(topic, () => readMessage(topic, payload, this.#config.options?.json)),
        closed: (reason, refused) => events.closed(reason, refused),
      },
    );
  }
}
