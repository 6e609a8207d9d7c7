import { describe, expect, it } from "vitest";
import { NO_DATA_LEVEL } from "../domain/risk.ts";
import type { SensorKind } from "../domain/scenario.ts";
import { backoffMs } from "./backoff.ts";
import { feedState } from "./feed-state.ts";
import { RateMeter } from "./rate-meter.ts";
import { RingSeries } from "./ring-series.ts";
import { SensorRows } from "./sensor-rows.ts";
import type { DecodedSensor } from "./sensorthings.ts";

const text = { zh: "雨", en: "rain" };
const rain: SensorKind = {
  title: text,
  unit: "mm/h",
  decimals: 1,
  direction: "above",
  thresholds: { "4": 10, "1": 40 },
  source: "test",
};

function sensor(key: string, kind = "rain", longitudeDeg = 123): DecodedSensor {
  const datastreamId = Number(key);
  return {
    key,
    sensor: {
      id: `S${key}`,
      datastreamId,
      name: text,
      kind,
      unit: "",
      longitudeDeg,
      latitudeDeg: 41,
      height: 0,
    },
  };
}

describe("RingSeries", () => {
  const times = (series: RingSeries) => [...series.copy().timesMs];

  it("keeps the last 600 points", () => {
    const series = new RingSeries();
    for (let t = 0; t < 1500; t++) expect(series.add(t, t / 10)).toBe("newest");
    expect(series.length).toBe(600);
    expect(times(series)).toEqual(Array.from({ length: 600 }, (_, i) => 900 + i));
    expect(series.copy().values[599]).toBeCloseTo(149.9, 4);
  });

  it("puts late points in their place, also round the end of the buffer", () => {
    const series = new RingSeries(4);
    for (const t of [10, 20, 40, 50, 60]) series.add(t, t);
    expect(series.add(55, 55)).toBe("late");
    expect(times(series)).toEqual([40, 50, 55, 60]);
    expect([...series.copy().values]).toEqual([40, 50, 55, 60]);
    expect(series.add(5, 5)).toBe("old");
    expect(series.add(50, 99)).toBe("duplicate");
    expect([...series.copy().values]).toEqual([40, 50, 55, 60]);
  });

  it("behaves like a sorted list whatever the order of arrival", () => {
    const series = new RingSeries(50);
    const seen = new Set<number>();
    for (let i = 0; i < 400; i++) {
      const t = (i * 7919) % 997;
      if (series.add(t, t) !== "old") seen.add(t);
    }
    const copy = times(series);
    expect(copy).toEqual([...copy].sort((a, b) => a - b));
    expect(copy).toHaveLength(50);
    expect(new Set(copy).size).toBe(50);
  });
});

describe("SensorRows", () => {
  it("gives changed rows once, with levels by the kind's thresholds", () => {
    const rows = new SensorRows({ rain });
    rows.describe([sensor("1"), sensor("2"), sensor("3", "unheard-of")]);
    expect(rows.takeSensors()).toHaveLength(3);
    expect(rows.takeSensors()).toBeNull();
    rows.observe({ key: "2", timeMs: null, value: 12 }, 100);
    rows.observe({ key: "2", timeMs: null, value: 41 }, 200);
    rows.observe({ key: "3", timeMs: null, value: 1e6 }, 200);
    const update = rows.takeUpdate()!;
    expect([...update.rows]).toEqual([1, 2]);
    expect([...update.values]).toEqual([41, 1e6]);
    expect([...update.timesMs]).toEqual([200, 200]);
    expect([...update.levels]).toEqual([1, 0]);
    expect(rows.takeUpdate()).toBeNull();
    expect([...rows.series(1).levels]).toEqual([4, 1]);
    expect(rows.series(99).values).toHaveLength(0);
  });

  it("keeps the newest value when an older one comes late, and takes the same one once", () => {
    const rows = new SensorRows({ rain });
    rows.describe([sensor("1")]);
    rows.observe({ key: "1", timeMs: null, value: 5 }, 200);
    rows.takeUpdate();
    rows.observe({ key: "1", timeMs: null, value: 50 }, 100);
    rows.observe({ key: "1", timeMs: null, value: 5 }, 200);
    expect(rows.takeUpdate()).toBeNull();
    expect([...rows.series(0).values]).toEqual([50, 5]);
  });

  it("lets values wait for their description", () => {
    const rows = new SensorRows({ rain });
    rows.observe({ key: "9", timeMs: null, value: 3 }, 200);
    rows.observe({ key: "9", timeMs: null, value: 2 }, 100);
    expect(rows.takeUpdate()).toBeNull();
    rows.describe([sensor("9")]);
    expect([...rows.takeUpdate()!.values]).toEqual([3]);
  });

  it("keeps rows when Things are told again, moves a sensor that moved", () => {
    const rows = new SensorRows({ rain });
    rows.describe([sensor("1"), sensor("2")]);
    rows.takeSensors();
    rows.describe([sensor("2"), sensor("1")]);
    expect(rows.takeSensors()).toBeNull();
    rows.describe([sensor("2", "rain", 124), sensor("3")]);
    expect(rows.takeSensors()!.map((one) => [one.id, one.longitudeDeg])).toEqual([
      ["S1", 123],
      ["S2", 124],
      ["S3", 123],
    ]);
  });

  it("says no data when a sensor says it has none", () => {
    const rows = new SensorRows({ rain });
    rows.describe([sensor("1")]);
    rows.observe({ key: "1", timeMs: null, value: Number.NaN }, 100);
    expect([...rows.takeUpdate()!.levels]).toEqual([NO_DATA_LEVEL]);
  });
});

describe("feed state", () => {
  const at = (
    nowMs: number,
    lastMessageMs: number | null,
    phase: "open" | "lost" | "refused" | "off" = "open",
  ) => feedState({ phase, openedMs: 10_000, lastMessageMs, nowMs, lateAfterS: 5, staleAfterS: 30 });

  it("ages from the newest message", () => {
    expect(at(14_999, 10_000)).toBe("live");
    expect(at(15_000, 10_000)).toBe("late");
    expect(at(39_999, 10_000)).toBe("late");
    expect(at(40_000, 10_000)).toBe("stale");
  });

  it("is connecting until the first message of this connection", () => {
    expect(at(12_000, null)).toBe("connecting");
    expect(at(12_000, 9_000)).toBe("connecting");
    expect(at(16_000, 9_000)).toBe("late");
    expect(at(90_000, null)).toBe("stale");
  });

  it("is what the connection is otherwise", () => {
    for (const phase of ["lost", "refused", "off"] as const) expect(at(12_000, 11_900, phase)).toBe(phase);
  });
});

describe("backoff and rate", () => {
  it("doubles from 1 s to 30 s, between half and whole", () => {
    const whole = [1, 2, 3, 4, 5, 6, 50].map((attempt) => backoffMs(attempt, () => 1));
    expect(whole).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    expect(backoffMs(3, () => 0)).toBe(2000);
  });

  it("counts over ten seconds", () => {
    const meter = new RateMeter();
    for (let t = 0; t < 20_000; t += 10) meter.count(t);
    expect(meter.perSecond(19_999)).toBeCloseTo(100, 0);
    expect(meter.perSecond(25_000)).toBeCloseTo(40, -1);
    expect(meter.perSecond(60_000)).toBe(0);
    expect(new RateMeter().perSecond(5)).toBe(0);
  });
});

describe("sensors that change with their feed", () => {
  const revised = (key: string, value: number, part = {}) => ({
    key,
    timeMs: 1000,
    value,
    isRevision: true,
    ...part,
  });

  it("keeps only those that are named, and tells all their values again under their new rows", () => {
    const rows = new SensorRows({ rain });
    rows.describe([sensor("1"), sensor("2"), sensor("3")]);
    for (const [i, key] of ["1", "2"].entries()) rows.observe({ key, timeMs: 1000, value: 20 + i }, 1000);
    rows.takeSensors();
    rows.takeUpdate();
    rows.retain(new Set(["1", "2", "3"]));
    expect(rows.takeSensors()).toBeNull();
    rows.retain(new Set(["2", "3", "9"]));
    expect(rows.takeSensors()!.map(({ id }) => id)).toEqual(["S2", "S3"]);
    const update = rows.takeUpdate()!;
    expect([...update.rows]).toEqual([0, 1]);
    expect([...update.values]).toEqual([21, Number.NaN]);
    expect([...update.levels]).toEqual([4, NO_DATA_LEVEL]);
    rows.observe({ key: "3", timeMs: 2000, value: 50 }, 2000);
    expect([...rows.takeUpdate()!.rows]).toEqual([1]);
    expect([...rows.series(1).values]).toEqual([50]);
  });

  it("takes a corrected value of the same time, but not a mere duplicate", () => {
    const rows = new SensorRows({ rain });
    rows.describe([sensor("1")]);
    rows.observe(revised("1", 4.5), 1000);
    rows.takeUpdate();
    rows.observe(revised("1", 4.5), 1000);
    expect(rows.takeUpdate()).toBeNull();
    expect(rows.tally).toEqual({ duplicates: 1, late: 0 });
    rows.observe(revised("1", 4.7), 1000);
    expect(rows.takeUpdate()!.values[0]).toBeCloseTo(4.7);
    expect(rows.series(0).values).toHaveLength(1);
    rows.observe({ key: "1", timeMs: 1000, value: 9 }, 1000);
    expect(rows.takeUpdate()).toBeNull();
  });

  it("shows the level that the source gives, also when only that changes", () => {
    const rows = new SensorRows({ rain });
    rows.describe([sensor("1")]);
    const levels: number[] = [];
    for (const part of [{ level: 2 as const }, { level: 1 as const }, { level: 1 as const }]) {
      rows.observe(revised("1", 1, part), 1000);
      levels.push(...(rows.takeUpdate()?.levels ?? []));
    }
    rows.observe({ key: "1", timeMs: 2000, value: 1 }, 2000);
    levels.push(...rows.takeUpdate()!.levels);
    expect(levels).toEqual([2, 1, 0]);
  });

  it("counts what comes after newer values", () => {
    const rows = new SensorRows({ rain });
    rows.describe([sensor("1")]);
    for (const timeMs of [3000, 1000, 2000, 2000]) rows.observe({ key: "1", timeMs, value: 1 }, timeMs);
    expect(rows.tally).toEqual({ duplicates: 1, late: 2 });
  });
});
