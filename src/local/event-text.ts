import type { TwinEvent } from "../domain/twin-event.ts";
import { parseTwinEvent } from "../domain/twin-event-schema.ts";

const ARRAYS = {
  u8: Uint8Array,
  u32: Uint32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;

type ArrayCode = keyof typeof ARRAYS;
const CODES = Object.keys(ARRAYS) as ArrayCode[];
const MARK = "$array";
const NUMBER = "$number";
const CHUNK = 0x8000;

/** One entry as one line of JSON; typed arrays as base64 of their little-endian bytes, so that not a bit is lost. */
export function lineOfEvent(event: TwinEvent): string {
  return JSON.stringify(event, (_key, value: unknown) => {
    if (typeof value === "number" && !Number.isFinite(value)) return { [NUMBER]: String(value) };
    if (!ArrayBuffer.isView(value)) return value;
    const code = CODES.find((one) => value instanceof ARRAYS[one]);
    return { [MARK]: code, base64: base64Of(value) };
  });
}

/** Throws SyntaxError, or TwinError `log.entry`. */
export function eventOfLine(line: string): TwinEvent {
  return parseTwinEvent(
    JSON.parse(line, (_key, value: unknown) => {
      if (typeof value !== "object" || value === null) return value;
      const { [MARK]: code, [NUMBER]: number, base64 } = value as Record<string, unknown>;
      if (typeof number === "string") return Number(number);
      if (typeof code !== "string" || !Object.hasOwn(ARRAYS, code)) return value;
      const bytes = bytesOf(String(base64));
      const Kind = ARRAYS[code as ArrayCode];
      return new Kind(bytes.buffer, 0, Math.floor(bytes.length / Kind.BYTES_PER_ELEMENT));
    }),
  );
}

function base64Of(array: ArrayBufferView): string {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
