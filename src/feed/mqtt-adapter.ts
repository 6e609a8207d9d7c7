import type { MqttFeedConfig } from "../domain/feed-config.ts";
import type { FeedAdapter, FeedCredentials, FeedEvents } from "./feed-adapter.ts";
import type { Link, MqttVersion, OpenLink } from "./mqtt-link.ts";
import { readMessage } from "./payload.ts";

const SESSION_EXPIRY_S = 300;

/**
 * MQTT as a feed: SensorThings entities, CAP alerts and mapped JSON, told apart by their payload. Speaks MQTT 5 and goes back to
 * 3.1.1 where that is refused, unless the configuration names a version. With QoS 1 the broker keeps a session while a link is lost.
 */
export class MqttAdapter implements FeedAdapter {
  readonly #config: MqttFeedConfig;
  readonly #url: string;
  readonly #credentials: FeedCredentials | null;
  readonly #openLink: OpenLink;
  readonly #session: { readonly clientId: string; readonly expiryS: number } | null;
  #version: MqttVersion;

  /** `url` is absolute; topics of `config` have their city already. */
  constructor(config: MqttFeedConfig, url: string, credentials: FeedCredentials | null, openLink: OpenLink) {
    this.#config = config;
    this.#url = url;
    this.#credentials = credentials;
    this.#openLink = openLink;
    const { protocolVersion = 5, qos = 0, sessionExpiryS } = config.options ?? {};
    this.#version = protocolVersion;
    const expiryS = sessionExpiryS ?? (qos === 1 ? SESSION_EXPIRY_S : 0);
    this.#session = expiryS > 0 ? { clientId: newClientId(), expiryS } : null;
  }

  open(events: FeedEvents): Link {
    let link: Link = { close: () => {} };
    let isClosed = false;
    const attempt = (): void => {
      link = this.#connect(events, () => {
        if (!isClosed) attempt();
      });
    };
    attempt();
    return {
      close: () => {
        isClosed = true;
        link.close();
      },
      drop: () => {
        isClosed = true;
        (link.drop ?? link.close).call(link);
      },
    };
  }

  #connect(events: FeedEvents, again: () => void): Link {
    const { username, password } = this.#credentials ?? {};
    const { json, units, qos = 0, protocolVersion: wanted } = this.#config.options ?? {};
    const version = this.#version;
    return this.#openLink(
      {
        url: this.#url,
        topics: this.#config.topics,
        protocolVersion: version,
        qos,
        ...(this.#session && { session: this.#session }),
        ...(username !== undefined && { username }),
        ...(password !== undefined && { password }),
      },
      {
        opened: (refused, isResumed) => {
          const name = version === 5 ? "MQTT 5" : "MQTT 3.1.1";
          events.opened(refused.length > 0 ? `not allowed to read ${refused.join(", ")}` : null, {
            protocol: this.#url.startsWith("wss:") ? `${name} TLS` : name,
            isResumed,
          });
        },
        message: (topic, payload) => events.message(topic, () => readMessage(topic, payload, json, units)),
        closed: (problem, refused) => events.closed(problem.message, refused, 0, problem),
        versionRefused: (problem, isCertain) => {
          const mayFallBack = version === 5 && wanted === undefined;
          // who hung up without a word may be away just now: the next attempt tries the other version, this one is over
          if (wanted === undefined) this.#version = version === 5 ? 4 : 5;
          if (mayFallBack && isCertain) again();
          else events.closed(problem.message, isCertain && wanted !== undefined, 0, problem);
        },
      },
    );
  }
}

/** Stable for as long as this adapter lives; at most 23 letters and digits, which every broker takes. */
function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return `lt${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
