import mqtt, { type IClientOptions, type MqttClient } from "mqtt";
import { type PlainError, toPlainError } from "../base/errors.ts";
import { type MqttRefusal, refusalOf } from "./mqtt-refusal.ts";

export type MqttVersion = 4 | 5;

export interface LinkOptions {
  /** `ws://…` or `wss://…`. */
  readonly url: string;
  readonly topics: readonly string[];
  /** 4 is MQTT 3.1.1. */
  readonly protocolVersion: MqttVersion;
  readonly qos: 0 | 1;
  /** The broker keeps what comes while nobody listens, under this name; a session of its own for each connection when absent. */
  readonly session?: { readonly clientId: string; readonly expiryS: number };
  readonly username?: string;
  readonly password?: string;
}

export interface LinkEvents {
  /** Connected and subscribed. `refusedTopics` are those that the broker does not give out. */
  opened(refusedTopics: readonly string[], isResumed: boolean): void;
  message(topic: string, payload: Uint8Array): void;
  /** Called once, at the end. `refused` says that trying again would change nothing. */
  closed(problem: PlainError, refused: boolean): void;
  /** In place of `closed`: the broker does not speak this version, or hung up without an answer to it. */
  versionRefused(problem: PlainError, isCertain: boolean): void;
}

export interface Link {
  /** Ends the connection without a `closed`, and with it its session where the protocol can. */
  close(): void;
  /** The same, but what the next attempt can resume is kept; `close` where there is nothing to resume. */
  drop?(): void;
}

export type OpenLink = (options: LinkOptions, events: LinkEvents) => Link;

const CONNECT_TIMEOUT_MS = 8000;
const KEEPALIVE_S = 20;
const SUBACK_FAILURE = 128;

/** Links over sockets with options of their own, such as a certificate authority; browsers have none. */
export function mqttLinks(socket: IClientOptions["wsOptions"] = undefined): OpenLink {
  return (options, events) => {
    try {
      return new MqttLink(mqtt.connect(options.url, clientOptions(options, socket)), options, events);
    } catch (error) {
      // a URL that no WebSocket can open throws at once
      let isOver = false;
      queueMicrotask(() => {
        if (!isOver) events.closed(toPlainError(error), true);
      });
      return {
        close: () => {
          isOver = true;
        },
      };
    }
  };
}

/** One attempt at one MQTT connection over WebSocket; who calls decides on the next. */
export const openMqttLink: OpenLink = mqttLinks();

function clientOptions(options: LinkOptions, socket: IClientOptions["wsOptions"]): IClientOptions {
  const { session, username, password } = options;
  return {
    reconnectPeriod: 0,
    connectTimeout: CONNECT_TIMEOUT_MS,
    keepalive: KEEPALIVE_S,
    protocolVersion: options.protocolVersion,
    clean: session === undefined,
    resubscribe: false,
    // the library's own timers want a blob: worker, which the page's policy forbids
    timerVariant: "native",
    ...(session && { clientId: session.clientId }),
    ...(session &&
      options.protocolVersion === 5 && { properties: { sessionExpiryInterval: session.expiryS } }),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(socket && { wsOptions: socket }),
  };
}

class MqttLink implements Link {
  readonly #client: MqttClient;
  readonly #options: LinkOptions;
  readonly #events: LinkEvents;
  #isOver = false;
  #isAnswered = false;
  #isSocketOpen = false;
  #reason = "connection closed";
  #refusal: MqttRefusal | null = null;

  constructor(client: MqttClient, options: LinkOptions, events: LinkEvents) {
    this.#client = client;
    this.#options = options;
    this.#events = events;
    client.on("connect", ({ sessionPresent }) => this.#subscribe(sessionPresent));
    client.on("packetsend", () => {
      this.#isSocketOpen = true;
    });
    client.on("message", (topic, payload) => {
      if (!this.#isOver) events.message(topic, payload);
    });
    client.on("disconnect", ({ reasonCode }) => this.#refuse(reasonCode));
    client.on("error", (error) => {
      this.#reason = error.message === "" ? "connection failed" : error.message;
      this.#refuse((error as { code?: unknown }).code);
      this.#end();
    });
    client.on("close", () => this.#end());
  }

  drop(): void {
    this.#isOver = true;
    this.#client.end(true);
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const endsSession = this.#options.session !== undefined && this.#options.protocolVersion === 5;
    if (!endsSession || !this.#client.connected) this.#client.end(true);
    else this.#client.end(false, { properties: { sessionExpiryInterval: 0 } });
  }

  #subscribe(isResumed: boolean): void {
    this.#isAnswered = true;
    this.#client.subscribe([...this.#options.topics], { qos: this.#options.qos }, (error, granted) => {
      if (this.#isOver) return;
      if (error && !granted) {
        this.#reason = error.message;
        this.#end();
        return;
      }
      const failed = (granted ?? []).filter((one) => one.qos >= SUBACK_FAILURE).map((one) => one.topic);
      this.#events.opened(failed, isResumed);
    });
  }

  #refuse(code: unknown): void {
    this.#refusal = refusalOf(code, this.#options);
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#client.end(true);
    const problem = this.#refusal?.problem ?? lost(this.#options.url, this.#reason);
    const isUnanswered = this.#isSocketOpen && !this.#isAnswered && this.#refusal === null;
    if (this.#refusal?.isVersion || (isUnanswered && this.#options.protocolVersion === 5))
      this.#events.versionRefused(problem, this.#refusal?.isVersion === true);
    else this.#events.closed(problem, this.#refusal?.isFinal === true);
  }
}

function lost(url: string, detail: string): PlainError {
  const { host } = new URL(url);
  return { code: "feed.lost", message: `${host}: ${detail}`, params: { host, detail } };
}
