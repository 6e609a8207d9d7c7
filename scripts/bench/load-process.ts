import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type EncodedLoad, encodeLoad, thingsPage } from "./load-messages.ts";
import type { LoadOrder, LoadReport } from "./load-source.ts";
import { acceptOf, bodyStart, frameHead, MQTT_5, publishPacket, takeFrames } from "./mqtt-bytes.ts";

const CONNECT = 1;
const SUBSCRIBE = 8;
const PINGREQ = 12;
const TICK_MS = 4;
const THINGS_A_PAGE = 2000;
/** Encoding is done well within this time, before the first message is due. */
const ENCODE_MS = 6000;
/** While this much waits for the reader nothing more is sent, bytes: it cannot keep up, and the rate says so. */
const MOST_WAITING = 4 * 2 ** 20;

/**
 * A source of load, a process of its own: the broker's side of an MQTT connection over WebSocket that knows CONNECT, SUBSCRIBE and
 * PINGREQ and pours PUBLISH packets that were encoded beforehand, whole slices of one buffer at a time. It is no broker.
 */
class LoadProcess {
  readonly #sensors = Number(process.argv[2]);
  #reader: { readonly socket: Duplex; readonly version: number } | null = null;
  #sent = 0;

  async start(): Promise<void> {
    const http = createServer();
    http.on("upgrade", (request, socket) => {
      const key = request.headers["sec-websocket-key"] ?? "";
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptOf(key)}\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n`,
      );
      this.#serve(socket);
    });
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    process.on("message", (order: LoadOrder) => void this.#obey(order));
    process.on("disconnect", () => process.exit());
    tell({ kind: "ready", url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/mqtt` });
  }

  #serve(socket: Duplex): void {
    let version = MQTT_5;
    let waiting: Buffer = Buffer.alloc(0);
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk: Buffer) => {
      const { payloads, rest } = takeFrames(Buffer.concat([waiting, chunk]));
      waiting = rest;
      for (const packet of payloads) {
        const kind = (packet[0] ?? 0) >> 4;
        if (kind === CONNECT) version = packet[bodyStart(packet) + 6] ?? MQTT_5;
        this.#answer(socket, kind, packet, version);
      }
    });
  }

  #answer(socket: Duplex, kind: number, packet: Buffer, version: number): void {
    const is5 = version === MQTT_5;
    if (kind === CONNECT) send(socket, Buffer.from(is5 ? [0x20, 3, 0, 0, 0] : [0x20, 2, 0, 0]));
    else if (kind === PINGREQ) send(socket, Buffer.from([0xd0, 0]));
    else if (kind === SUBSCRIBE) {
      const at = bodyStart(packet);
      const id = [packet[at]!, packet[at + 1]!];
      send(socket, Buffer.from(is5 ? [0x90, 4, ...id, 0, 0] : [0x90, 3, ...id, 0]));
      for (let from = 0; from < this.#sensors; from += THINGS_A_PAGE) {
        const page = thingsPage(from, Math.min(THINGS_A_PAGE, this.#sensors - from));
        send(socket, publishPacket(`liaotwin/bench/v1.1/Things/${from}`, page, version));
      }
      this.#reader = { socket, version };
    }
  }

  async #obey(order: LoadOrder): Promise<void> {
    const reader = this.#reader;
    if (!reader) throw new Error("nobody has subscribed to the load");
    const startMs = Date.now() + ENCODE_MS;
    const load = { ...order, sensors: this.#sensors, version: reader.version, startMs };
    const isFramed = order.packing === "frame-a-message";
    const encoded = encodeLoad(
      load,
      isFramed ? (one) => Buffer.concat([frameHead(one.length), one]) : undefined,
    );
    tell({ kind: "encoded", startMs });
    await this.#pour(reader.socket, encoded, startMs, order.rate, isFramed);
    tell({ kind: "poured", sent: this.#sent });
  }

  /** Sends what is due, tick by tick, until all is sent. A reader that cannot keep up is waited for. */
  #pour(
    socket: Duplex,
    { bytes, starts }: EncodedLoad,
    startMs: number,
    rate: number,
    isFramed: boolean,
  ): Promise<void> {
    const count = starts.length - 1;
    let sent = 0;
    return new Promise((resolve) => {
      const timer = setInterval(() => {
        const due = Math.min(count, Math.floor(((Date.now() - startMs) / 1000) * rate));
        if (due <= sent || socket.writableLength > MOST_WAITING) return;
        const slice = bytes.subarray(starts[sent], starts[due]);
        if (!isFramed) socket.write(frameHead(slice.length));
        socket.write(slice);
        this.#sent += due - sent;
        sent = due;
        if (sent < count) return;
        clearInterval(timer);
        resolve();
      }, TICK_MS);
    });
  }
}

function send(socket: Duplex, packet: Buffer): void {
  socket.write(frameHead(packet.length));
  socket.write(packet);
}

const tell = (report: LoadReport): void => void process.send!(report);

await new LoadProcess().start();
