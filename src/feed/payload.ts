import { TwinError } from "../base/errors.ts";
import type { CapAlert } from "./cap-alert.ts";
import { parseCap } from "./cap-parser.ts";
import { decodeSensorThings, type SensorThings } from "./sensorthings.ts";

/** What a message is, told from its payload, not from its topic. */
export type Message =
  | { readonly kind: "empty" }
  | { readonly kind: "cap"; readonly alert: CapAlert }
  | SensorThings;

/** Largest JSON payload that is read. */
const MAX_JSON_BYTES = 8 * 1024 * 1024;
const decoder = new TextDecoder("utf-8", { fatal: true });

/** Reads a message. Throws TwinError `cap.*`, `sensorthings.*` or `feed.payload`. An empty payload takes a topic back. */
export function readMessage(topic: string, payload: Uint8Array): Message {
  if (payload.byteLength === 0) return { kind: "empty" };
  if (firstSign(payload) === "<") return { kind: "cap", alert: parseCap(payload) };
  return decodeSensorThings(topic, parseJson(payload));
}

/** First sign after a byte order mark and white space; UTF-16 XML begins with its mark. */
function firstSign(payload: Uint8Array): string {
  if ((payload[0] === 0xff && payload[1] === 0xfe) || (payload[0] === 0xfe && payload[1] === 0xff))
    return "<";
  let at = payload[0] === 0xef && payload[1] === 0xbb && payload[2] === 0xbf ? 3 : 0;
  while (at < payload.byteLength && payload[at]! <= 0x20) at++;
  return String.fromCharCode(payload[at] ?? 0);
}

function parseJson(payload: Uint8Array): unknown {
  if (payload.byteLength > MAX_JSON_BYTES) throw unreadable(`it has ${payload.byteLength} bytes`);
  try {
    return JSON.parse(decoder.decode(payload));
  } catch (cause) {
    throw unreadable("it is neither JSON nor XML", cause);
  }
}

function unreadable(problem: string, cause?: unknown): TwinError {
  return new TwinError("feed.payload", `The message cannot be read: ${problem}.`, { problem }, cause);
}
