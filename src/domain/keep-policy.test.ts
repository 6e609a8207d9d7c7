import { expect, it } from "vitest";
import { seededNumbers } from "../geo/seeded.fixture.ts";
import { DEFAULT_KEEP, thinReadings } from "./keep-policy.ts";
import { momentHash } from "./moment-hash.ts";
import type { TwinEvent } from "./twin-event.ts";
import { readingsOf, sensorsOf } from "./twin-log.fixture.ts";
import { foldEvents } from "./twin-moment.ts";

type Readings = Extract<TwinEvent, { kind: "readings" }>;

function minute(seed: number, count: number): Readings[] {
  const random = seededNumbers(seed);
  return Array.from({ length: count }, (_, at) => {
    const rows = Array.from({ length: 1 + Math.floor(random() * 5) }, () => Math.floor(random() * 20));
    const body = readingsOf("hub", [...new Set(rows)], random) as Readings;
    return { ...body, id: `r${at}`, timeMs: 100 + at, actor: "system" };
  });
}

const described: TwinEvent = {
  id: "s",
  timeMs: 1,
  actor: "system",
  kind: "sensors",
  feedId: "hub",
  sensors: sensorsOf(20),
};

it.each([1, 2, 3])("ends in the same state with fewer rows (%i)", (seed) => {
  const events = minute(seed, 60);
  const thin = thinReadings(events, new Map());
  const hash = (list: readonly TwinEvent[]) => momentHash(foldEvents([described, ...list]));
  expect(hash(thin)).toBe(hash(events));
  const rows = (list: readonly Readings[]) => list.reduce((sum, one) => sum + one.rows.length, 0);
  expect(rows(thin)).toBeLessThan(rows(events));
  expect(thin.at(-1)!.id).toBe(events.at(-1)!.id);
});

it("keeps every change of level at its time", () => {
  const events = minute(4, 80);
  const levelsOverTime = (list: readonly Readings[]) => {
    const seen = new Map<number, number>();
    return list.flatMap(({ timeMs, rows, levels }) =>
      [...rows].flatMap((row, at) => {
        const isSame = seen.get(row) === levels[at];
        seen.set(row, levels[at]!);
        return isSame ? [] : [`${timeMs}/${row}/${levels[at]}`];
      }),
    );
  };
  expect(levelsOverTime(thinReadings(events, new Map())).sort()).toEqual(levelsOverTime(events).sort());
});

it("knows the levels from before the span, and changes nothing the second time", () => {
  const levels = new Map<number, number>();
  const first = minute(5, 10);
  thinReadings(first, levels);
  const still = first.map((event) => ({
    ...event,
    levels: event.levels.map((_, at) => levels.get(event.rows[at]!)!),
  }));
  const thin = thinReadings(still, levels);
  expect(thin).toHaveLength(1);
  expect(thinReadings(thin, levels)).toEqual(thin);
  expect(thinReadings([], levels)).toEqual([]);
});

it("has tiers from young to old, each a whole number of the ones before it", () => {
  for (const [at, tier] of DEFAULT_KEEP.entries()) {
    const before = DEFAULT_KEEP[at - 1];
    if (!before) continue;
    expect(tier.afterMs).toBeGreaterThan(before.afterMs);
    expect(tier.pictureEveryMs % before.pictureEveryMs).toBe(0);
  }
});
