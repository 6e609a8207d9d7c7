import { createHash } from "node:crypto";

export const MQTT_5 = 5;
const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** MQTT 3.1.1 section 3.3, MQTT 5 section 3.3: PUBLISH with QoS 0. */
export function publishPacket(topic: string, payload: string, version: number): Buffer {
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

/** Where an MQTT packet's variable header begins: after the length, one to four bytes. */
export function bodyStart(packet: Uint8Array): number {
  let at = 1;
  while ((packet[at]! & 0x80) !== 0) at++;
  return at + 1;
}

/** RFC 6455 section 4.2.2: what proves to a browser that its handshake was understood. */
export const acceptOf = (key: string): string =>
  createHash("sha1")
    .update(key + GUID)
    .digest("base64");

/** RFC 6455 section 5.2: the head of an unmasked, binary, whole frame. */
export function frameHead(length: number): Buffer {
  if (length < 126) return Buffer.from([0x82, length]);
  if (length < 65_536) return Buffer.from([0x82, 126, length >> 8, length & 255]);
  const head = Buffer.alloc(10);
  head.writeUInt16BE(0x827f);
  head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}

/** Payloads of the whole frames at the beginning of `bytes` (a client's: masked, under 64 KiB), and what is left over. */
export function takeFrames(bytes: Buffer): { readonly payloads: readonly Buffer[]; readonly rest: Buffer } {
  const payloads: Buffer[] = [];
  let rest = bytes;
  for (;;) {
    const short = (rest[1] ?? 0) & 127;
    const headLength = short === 126 ? 8 : 6;
    if (rest.length < headLength) break;
    const length = short === 126 ? rest.readUInt16BE(2) : short;
    if (rest.length < headLength + length) break;
    const mask = rest.subarray(headLength - 4, headLength);
    payloads.push(
      Buffer.from(rest.subarray(headLength, headLength + length).map((byte, k) => byte ^ mask[k & 3]!)),
    );
    rest = rest.subarray(headLength + length);
  }
  return { payloads, rest };
}
