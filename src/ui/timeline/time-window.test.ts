import { describe, expect, it } from "vitest";
import type { TimelineMark } from "../../domain/twin-event.ts";
import { placeMarks, shareOf, ticksOf, timeForKey, windowOf } from "./time-window.ts";

const HOUR = 3_600_000;
const range = { fromMs: 10 * HOUR, toMs: 20 * HOUR };
const mark = (timeMs: number, level = 0, kind: TimelineMark["kind"] = "alert"): TimelineMark => ({
  timeMs,
  kind,
  level,
  text: { zh: "一", en: "one" },
});

describe("the scale", () => {
  it("shows the newest part while live, and all of a short log", () => {
    expect(windowOf(range, "1h", null, null)).toEqual({ fromMs: 19 * HOUR, toMs: 20 * HOUR });
    expect(windowOf(range, "all", null, null)).toEqual(range);
    expect(windowOf(range, "24h", 12 * HOUR, null)).toEqual(range);
    expect(windowOf({ fromMs: 5, toMs: 5 }, "1h", null, null).toMs).toBe(5);
  });
  it("stays where it is until the playhead leaves it, and holds the playhead then", () => {
    const first = windowOf(range, "1h", 12 * HOUR, null);
    expect(shareOf(first, 12 * HOUR)).toBeCloseTo(0.2);
    expect(windowOf(range, "1h", 12.5 * HOUR, first)).toBe(first);
    expect(shareOf(windowOf(range, "1h", 14 * HOUR, first), 14 * HOUR)).toBeCloseTo(0.2);
    expect(shareOf(windowOf(range, "1h", 11 * HOUR, first), 11 * HOUR)).toBeCloseTo(0.8);
    expect(windowOf(range, "1h", 10 * HOUR, first).fromMs).toBe(10 * HOUR);
    expect(windowOf(range, "1h", 20 * HOUR, first).toMs).toBe(20 * HOUR);
  });
  it("has few ticks at round Beijing times", () => {
    const ticks = ticksOf(range, 7);
    expect(ticks.length).toBeGreaterThan(2);
    expect(ticks.length).toBeLessThan(8);
    for (const tick of ticks) expect((tick + 8 * HOUR) % (3 * HOUR)).toBe(0);
  });
});

describe("marks", () => {
  it("stand together under the worst where they are close, and leave what is not on the scale out", () => {
    const marks = [mark(11 * HOUR, 3), mark(11 * HOUR + 1, 1), mark(11 * HOUR + 2, 4), mark(5 * HOUR, 1)];
    const placed = placeMarks([...marks, mark(11 * HOUR, 0, "incident")], range, 0.01);
    expect(placed.map(({ mark: { level, kind }, count }) => [kind, level, count])).toEqual([
      ["alert", 1, 3],
      ["incident", 0, 1],
    ]);
    expect(placed[0]!.share).toBeCloseTo(0.1);
  });
});

describe("keys", () => {
  const marks = [mark(11 * HOUR), mark(12 * HOUR)];
  const at = 11.5 * HOUR;
  it.each([
    ["ArrowLeft", false, at - 1000],
    ["ArrowRight", true, at + 10_000],
    ["PageUp", false, 11 * HOUR],
    ["PageDown", false, 12 * HOUR],
    ["Home", false, range.fromMs],
    ["End", false, range.toMs],
    ["a", false, null],
  ])("%s (shift %s)", (key, withShift, expected) => {
    expect(timeForKey({ key, withShift }, at, range, marks)).toBe(expected);
  });
  it("go no further than the log", () => {
    expect(timeForKey({ key: "ArrowLeft", withShift: true }, range.fromMs, range, marks)).toBe(range.fromMs);
    expect(timeForKey({ key: "PageDown", withShift: false }, 13 * HOUR, range, marks)).toBe(range.toMs);
  });
});
