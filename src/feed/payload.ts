import { TwinError } from "../base/errors.ts";
import type { JsonMapping, UnitMapping } from "../domain/feed-config.ts";
import type { SimulationClock } from "../domain/risk.ts";
import type { StormTrack } from "../domain/storm-track.ts";
import type { CapAlert } from "./cap-alert.ts";
import { parseCap } from "./cap-parser.ts";
import { isObject } from "./geojson-points.ts";
import { decodeJsonMapped } from "./json-mapping.ts";
import { decodeSensorThings, type Points, type SensorThings } from "./sensorthings.ts";
import { decodeUnitsMapped, type Units } from "./unit-mapping.ts";

/** What a message is, told from its payload, not from its topic. */
export type Message =
  | { readonly kind: "empty" }
  | { readonly kind: "cap"; readonly alert: CapAlert }
  /** All the sensors that there are, by key: the others have gone. */
  | { readonly kind: "roll"; readonly keys: ReadonlySet<string> }
  /** The clock of the simulation that this feed comes from. */
  | { readonly kind: "clock"; readonly clock: SimulationClock }
  | Tracks
  | Units
  | Points
  | SensorThings;

export interface Tracks {
  readonly kind: "tracks";
  /** Provenance and feed are put to them by who knows these. */
  readonly tracks: readonly DecodedTrack[];
  /** Records that were left out, one English sentence each. */
  readonly issues: readonly string[];
  /** Tracks that it does not name are over. */
  readonly isComplete: boolean;
}

export type DecodedTrack = Pick<StormTrack, "id" | "name" | "points">;

/** Largest JSON payload that is read. */
const MAX_JSON_BYTES = 8 * 1024 * 1024;
const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a message; JSON that is no SensorThings needs a mapping. Throws TwinError `cap.*`, `sensorthings.*` or `feed.payload`.
 * An empty payload takes a topic back.
 */
export function readMessage(
  topic: string,
  payload: Uint8Array,
  map?: JsonMapping,
  units?: UnitMapping,
): Message {
  if (payload.byteLength === 0) return { kind: "empty" };
  if (firstSign(payload) === "<") return { kind: "cap", alert: parseCap(payload) };
  const json = readJson(payload);
  const clock = simulationClockOf(json);
  if (clock) return { kind: "clock", clock };
  if (units) return decodeUnitsMapped(units, topic, json);
  return map === undefined ? decodeSensorThings(topic, json) : decodeJsonMapped(map, topic, json);
}

/** `{simulation: {paused, speed, seed}}`, as the embedded hub tells of itself; null for anything else. */
export function simulationClockOf(json: unknown): SimulationClock | null {
  if (!isObject(json) || !isObject(json.simulation)) return null;
  const { paused, speed, seed } = json.simulation;
  const isClock =
    typeof paused === "boolean" &&
    typeof speed === "number" &&
    Number.isFinite(speed) &&
    typeof seed === "number" &&
    Number.isFinite(seed);
  return isClock ? { paused, speed, seed } : null;
}

/** First sign after a byte order mark and white space; UTF-16 XML begins with its mark. */
function firstSign(payload: Uint8Array): string {
  if ((payload[0] === 0xff && payload[1] === 0xfe) || (payload[0] === 0xfe && payload[1] === 0xff))
    return "<";
  let at = payload[0] === 0xef && payload[1] === 0xbb && payload[2] === 0xbf ? 3 : 0;
  while (at < payload.byteLength && payload[at]! <= 0x20) at++;
  return String.fromCharCode(payload[at] ?? 0);
}

/**
 * JSON in UTF-8. NaN and Infinity, which are no JSON but which some servers write, are read as null. Throws TwinError
 * `feed.payload`.
 */
export function readJson(payload: Uint8Array, maxBytes = MAX_JSON_BYTES): unknown {
  if (payload.byteLength > maxBytes) throw unreadable(`it has ${payload.byteLength} bytes`);
  let text = "";
  try {
    text = decoder.decode(payload);
    return JSON.parse(text);
  } catch (cause) {
    const mended = text.replace(NOT_A_NUMBER, (token) => (token.startsWith('"') ? token : "null"));
    if (mended === text) throw unreadable("it is neither JSON nor XML", cause);
    return parseMended(mended);
  }
}

/** Strings are matched too, so that what they say is left alone. */
const NOT_A_NUMBER = /"(?:[^"\\]|\\.)*"|\bNaN\b|-?\bInfinity\b/g;

function parseMended(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable("it is neither JSON nor XML", cause);
  }
}

function unreadable(problem: string, cause?: unknown): TwinError {
  return new TwinError("feed.payload", `The message cannot be read: ${problem}.`, { problem }, cause);
}
