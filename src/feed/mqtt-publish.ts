import mqtt, { type MqttClient } from "mqtt";
import type { CapResult } from "../domain/cap-message.ts";

/** A retained message to leave with a broker. */
export interface MqttPublication {
  /** `ws://…` or `wss://…`. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  readonly topic: string;
  readonly payload: string;
}

/** What became of it, and what the broker said when it did not take it. */
export interface PublishOutcome {
  readonly result: CapResult;
  readonly detail: string;
}

export type PublishRetained = (publication: MqttPublication, patience?: Patience) => Promise<PublishOutcome>;

interface Patience {
  /** Until it is connected and the broker has acknowledged. */
  readonly connectMs: number;
  /** Until the broker gives the message back. */
  readonly echoMs: number;
}

const PATIENCE: Patience = { connectMs: 8000, echoMs: 3000 };
/** CONNACK codes of MQTT 3.1.1 that a second attempt meets again. */
const FINAL_CODES: readonly unknown[] = [1, 2, 4, 5];

/**
 * Leaves one message with a broker over a connection of its own, QoS 1, retained, and reads it back: brokers acknowledge also what
 * their access rules throw away. Never rejects. A broker that does not let us read is taken at its word.
 */
export const publishRetained: PublishRetained = async (publication, patience = PATIENCE) => {
  const first = await attempt(publication, patience);
  if (first !== "cut off") return first;
  // a broker that is being restarted cuts off once, one that refuses does it every time
  const second = await attempt(publication, patience);
  return second === "cut off" ? { result: "refused", detail: "the broker closed the connection" } : second;
};

function attempt(publication: MqttPublication, patience: Patience): Promise<PublishOutcome | "cut off"> {
  return new Promise((resolve) => {
    let client: MqttClient | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let phase: "connecting" | "leaving" | "reading" = "connecting";
    const end = (result: CapResult, detail: string): void => {
      clearTimeout(timer);
      client?.end(true);
      resolve({ result, detail });
    };
    try {
      client = open(publication, patience);
    } catch (error) {
      return end("refused", messageOf(error));
    }
    const live = client;
    timer = setTimeout(() => end("unreachable", "no answer in time"), patience.connectMs);
    live.on("error", (error) => {
      const isFinal = FINAL_CODES.includes((error as { code?: unknown }).code);
      end(isFinal ? "refused" : "unreachable", messageOf(error));
    });
    live.on("close", () => {
      if (phase !== "leaving") return end("unreachable", "connection closed");
      clearTimeout(timer);
      resolve("cut off");
    });
    live.on("connect", () => {
      phase = "leaving";
      leave(live, publication, () => {
        phase = "reading";
        clearTimeout(timer);
        timer = setTimeout(() => end("refused", "the broker did not keep it"), patience.echoMs);
        readBack(live, publication, () => end("sent", ""));
      });
    });
  });
}

function open({ url, username, password }: MqttPublication, { connectMs }: Patience): MqttClient {
  return mqtt.connect(url, {
    reconnectPeriod: 0,
    connectTimeout: connectMs,
    protocolVersion: 4,
    clean: true,
    timerVariant: "native",
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
  });
}

/** Calls back when it is acknowledged; what goes wrong ends the connection and is seen there. */
function leave(client: MqttClient, { topic, payload }: MqttPublication, done: () => void): void {
  client.publish(topic, payload, { qos: 1, retain: true }, (error) => {
    if (!error) done();
  });
}

/** Calls back when the broker gives the message back, or says that it does not let us read. */
function readBack(client: MqttClient, { topic, payload }: MqttPublication, done: () => void): void {
  client.on("message", (heard, bytes) => {
    if (heard === topic && new TextDecoder().decode(bytes) === payload) done();
  });
  client.subscribe(topic, { qos: 0 }, (error, granted) => {
    if (error || granted?.some(({ qos }) => qos === 128)) done();
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== "" ? error.message : "connection failed";
}
