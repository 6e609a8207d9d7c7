import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type RawData, type WebSocket, WebSocketServer } from "ws";

const CONNECT = 1;
const SUBSCRIBE = 8;
const PINGREQ = 12;
const MQTT_5 = 5;
/** Messages are handed over so often. */
const TICK_MS = 5;

export interface PreparedBroker {
  /** `ws://…`. */
  readonly url: string;
  readonly sent: number;
  /** Begins to send `messages` over and over at the rate, one frame a message. */
  begin(messagesPerS: number): void;
  close(): Promise<void>;
}

export interface PreparedMessage {
  readonly topic: string;
  readonly payload: string;
}

/**
 * The broker's side of one MQTT connection over WebSocket, with messages that were encoded beforehand: what is measured is the reader
 * and not the publisher. `retained` come with the subscription.
 */
export async function startPreparedBroker(
  retained: readonly PreparedMessage[],
  messages: readonly PreparedMessage[],
): Promise<PreparedBroker> {
  const http = createServer();
  const server = new WebSocketServer({ server: http });
  const rounds = [4, MQTT_5].map((version) => messages.map((message) => publishPacket(message, version)));
  let reader: { readonly socket: WebSocket; readonly packets: readonly Buffer[] } | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;
  let sent = 0;
  server.on("connection", (socket) => {
    let version = MQTT_5;
    socket.on("message", (raw) => {
      const packet = bytesOf(raw);
      const kind = packet[0]! >> 4;
      if (kind === CONNECT) {
        version = packet[bodyStart(packet) + 6]!;
        socket.send(Buffer.from(version === MQTT_5 ? [0x20, 3, 0, 0, 0] : [0x20, 2, 0, 0]));
      } else if (kind === SUBSCRIBE) {
        const at = bodyStart(packet);
        const id = [packet[at]!, packet[at + 1]!];
        socket.send(Buffer.from(version === MQTT_5 ? [0x90, 4, ...id, 0, 0] : [0x90, 3, ...id, 0]));
        for (const one of retained) socket.send(publishPacket(one, version));
        reader = { socket, packets: rounds[version === MQTT_5 ? 1 : 0]! };
      } else if (kind === PINGREQ) socket.send(Buffer.from([0xd0, 0]));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const begin = (messagesPerS: number): void => {
    const start = performance.now();
    timer = setInterval(() => {
      if (!reader) return;
      const due = Math.floor(((performance.now() - start) / 1000) * messagesPerS);
      for (; sent < due; sent++) reader.socket.send(reader.packets[sent % reader.packets.length]!);
    }, TICK_MS);
  };
  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/mqtt`,
    get sent() {
      return sent;
    },
    begin,
    close: () => {
      clearInterval(timer);
      for (const socket of server.clients) socket.terminate();
      server.close();
      return new Promise((resolve) => http.close(() => resolve()));
    },
  };
}

function bytesOf(raw: RawData): Buffer {
  return Array.isArray(raw) ? Buffer.concat(raw) : Buffer.from(raw as Buffer);
}

/** Where the variable header begins: after the length, one to four bytes. */
function bodyStart(packet: Buffer): number {
  let at = 1;
  while ((packet[at]! & 0x80) !== 0) at++;
  return at + 1;
}

/** MQTT 3.1.1 section 3.3, MQTT 5 section 3.3: PUBLISH with QoS 0. */
function publishPacket({ topic, payload }: PreparedMessage, version: number): Buffer {
  const name = Buffer.from(topic);
  const properties = version === MQTT_5 ? [0] : [];
  const body = [
    Buffer.from([name.length >> 8, name.length & 255]),
    name,
    Buffer.from(properties),
    Buffer.from(payload),
  ];
  const length = body.reduce((sum, part) => sum + part.length, 0);
  const head = [0x30];
  for (let left = length; ; left >>>= 7) {
    const isLast = left < 128;
    head.push(isLast ? left : (left & 127) | 128);
    if (isLast) break;
  }
  return Buffer.concat([Buffer.from(head), ...body]);
}
