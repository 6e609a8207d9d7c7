import mqtt, { type MqttClient } from "mqtt";

export interface LinkOptions {
  /** `ws://…` or `wss://…`. */
  readonly url: string;
  readonly topics: readonly string[];
  readonly username?: string;
  readonly password?: string;
}

export interface LinkEvents {
  /** Connected and subscribed. `refusedTopics` are those that the broker does not give out. */
  opened(refusedTopics: readonly string[]): void;
  message(topic: string, payload: Uint8Array): void;
  /** Called once, at the end. `refused` says that trying again would change nothing. */
  closed(reason: string, refused: boolean): void;
}

export interface Link {
  /** Ends the connection without a `closed`. */
  close(): void;
}

export type OpenLink = (options: LinkOptions, events: LinkEvents) => Link;

const CONNECT_TIMEOUT_MS = 8000;
const KEEPALIVE_S = 20;
/** CONNACK codes of MQTT 3.1.1 that a second attempt meets again: version, client id, password, not authorised. */
const FINAL_CODES = [1, 2, 4, 5];
const SUBACK_FAILURE = 128;

/**
 * One attempt at one MQTT 3.1.1 connection over WebSocket; who calls decides on the next. Native timers, because the
 * library's own want a blob: worker, which the page's policy forbids.
 */
export const openMqttLink: OpenLink = (options, events) => {
  let isOver = false;
  let reason = "connection closed";
  let refused = false;
  let client: MqttClient | null = null;

  const end = (): void => {
    if (isOver) return;
    isOver = true;
    client?.end(true);
    events.closed(reason, refused);
  };
  try {
    client = mqtt.connect(options.url, {
      reconnectPeriod: 0,
      connectTimeout: CONNECT_TIMEOUT_MS,
      keepalive: KEEPALIVE_S,
      protocolVersion: 4,
      clean: true,
      resubscribe: false,
      timerVariant: "native",
      ...(options.username !== undefined && { username: options.username }),
      ...(options.password !== undefined && { password: options.password }),
    });
  } catch (error) {
    // a URL that no WebSocket can open throws at once
    const message = error instanceof Error ? error.message : String(error);
    queueMicrotask(() => {
      if (isOver) return;
      isOver = true;
      events.closed(message, true);
    });
    return {
      close: () => {
        isOver = true;
      },
    };
  }
  const live = client;
  live.on("connect", () => {
    live.subscribe([...options.topics], { qos: 0 }, (error, granted) => {
      if (isOver) return;
      if (error && !granted) {
        reason = error.message;
        return end();
      }
      const failed = (granted ?? []).filter((one) => one.qos === SUBACK_FAILURE).map((one) => one.topic);
      events.opened(failed);
    });
  });
  live.on("message", (topic, payload) => {
    if (!isOver) events.message(topic, payload);
  });
  live.on("error", (error) => {
    reason = error.message === "" ? "connection failed" : error.message;
    const code = (error as { code?: unknown }).code;
    refused = typeof code === "number" && FINAL_CODES.includes(code);
    end();
  });
  live.on("close", end);
  return {
    close: () => {
      if (isOver) return;
      isOver = true;
      live.end(true);
    },
  };
};
