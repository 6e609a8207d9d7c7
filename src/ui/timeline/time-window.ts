import type { TimelineMark } from "../../domain/twin-event.ts";

export const SPANS = ["10m", "1h", "6h", "24h", "all"] as const;
export type Span = (typeof SPANS)[number];

const SPAN_MS: Readonly<Record<Span, number>> = {
  "10m": 600_000,
  "1h": 3_600_000,
  "6h": 21_600_000,
  "24h": 86_400_000,
  all: Number.POSITIVE_INFINITY,
};

export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A scale shorter than this would show nothing. */
const SHORTEST_MS = 60_000;

/**
 * The part of the log that is on the scale: its newest part while live; in the past it stays where it is until the playhead leaves
 * it, and then turns over so that the playhead stands at a fifth (or four fifths when it went back).
 */
export function windowOf(
  range: TimeWindow,
  span: Span,
  atMs: number | null,
  before: TimeWindow | null,
): TimeWindow {
  const whole = Math.max(range.toMs - range.fromMs, SHORTEST_MS);
  const length = Math.min(SPAN_MS[span], whole);
  const last = { fromMs: range.toMs - length, toMs: range.toMs };
  if (atMs === null || length === whole) return last;
  const stays =
    before !== null &&
    Math.abs(before.toMs - before.fromMs - length) < 1000 &&
    atMs >= before.fromMs &&
    atMs <= before.toMs;
  if (stays) return before;
  const share = before !== null && atMs < before.fromMs ? 0.8 : 0.2;
  const fromMs = Math.min(Math.max(atMs - length * share, range.toMs - whole), last.fromMs);
  return { fromMs, toMs: fromMs + length };
}

/** Where a time stands on the scale, 0-1; outside of it beyond that. */
export function shareOf({ fromMs, toMs }: TimeWindow, timeMs: number): number {
  return (timeMs - fromMs) / (toMs - fromMs);
}

export interface PlacedMark {
  readonly share: number;
  /** The most important one; `count` stand here together. */
  readonly mark: TimelineMark;
  readonly count: number;
}

/** Marks that lie closer than `gap` (a share of the scale) stand together under the worst one of their lane. */
export function placeMarks(
  marks: readonly TimelineMark[],
  window: TimeWindow,
  gap: number,
): readonly PlacedMark[] {
  const placed = new Map<string, PlacedMark>();
  for (const mark of marks) {
    const share = shareOf(window, mark.timeMs);
    if (share < 0 || share > 1) continue;
    const bin = Math.floor(share / gap);
    const key = `${laneOf(mark)}/${bin}`;
    const other = placed.get(key);
    const worst = other && weight(other.mark) <= weight(mark) ? other.mark : mark;
    placed.set(key, { share: shareOf(window, worst.timeMs), mark: worst, count: (other?.count ?? 0) + 1 });
  }
  return [...placed.values()];
}

/** What comes from outside stands above the line, what people did below it. */
export function laneOf({ kind }: TimelineMark): "above" | "below" {
  return kind === "incident" || kind === "view" ? "below" : "above";
}

function weight({ level }: TimelineMark): number {
  return level === 0 ? 9 : level;
}

const TICKS_MS = [
  10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000, 3_600_000, 10_800_000, 21_600_000, 43_200_000,
  86_400_000, 604_800_000,
];
/** Beijing has no summer time: round times there are round in UTC plus eight hours. */
const ZONE_MS = 8 * 3_600_000;

/** Round times on the scale, at most `most`. */
export function ticksOf({ fromMs, toMs }: TimeWindow, most: number): readonly number[] {
  const stepMs = TICKS_MS.find((step) => (toMs - fromMs) / step <= most) ?? 2_592_000_000;
  const first = Math.ceil((fromMs + ZONE_MS) / stepMs) * stepMs - ZONE_MS;
  const ticks: number[] = [];
  for (let at = first; at <= toMs; at += stepMs) ticks.push(at);
  return ticks;
}

/** Where a key takes the playhead; null when it is not one of ours. */
export function timeForKey(
  press: { readonly key: string; readonly withShift: boolean },
  atMs: number,
  range: TimeWindow,
  marks: readonly TimelineMark[],
): number | null {
  const stepMs = press.withShift ? 10_000 : 1000;
  const within = (timeMs: number) => Math.min(Math.max(timeMs, range.fromMs), range.toMs);
  switch (press.key) {
    case "ArrowLeft":
    case "ArrowDown":
      return within(atMs - stepMs);
    case "ArrowRight":
    case "ArrowUp":
      return within(atMs + stepMs);
    case "PageUp":
      return within(marks.findLast(({ timeMs }) => timeMs < atMs)?.timeMs ?? range.fromMs);
    case "PageDown":
      return within(marks.find(({ timeMs }) => timeMs > atMs)?.timeMs ?? range.toMs);
    case "Home":
      return range.fromMs;
    case "End":
      return range.toMs;
    default:
      return null;
  }
}
