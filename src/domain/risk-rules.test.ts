import { describe, expect, it } from "vitest";
import { NO_DATA_LEVEL, type Sensor, type Warning, type WarningLevel } from "./risk.ts";
import { computeIndicators, isWorse, levelOf, type RiskInput } from "./risk-rules.ts";
import type { Indicator, ScenarioManifest, SensorKind } from "./scenario.ts";

const text = { zh: "名", en: "name" };

function kind(part: Partial<SensorKind> = {}): SensorKind {
  return {
    title: text,
    unit: "m",
    decimals: 1,
    direction: "above",
    thresholds: { "1": 40, "2": 30, "3": 20, "4": 10 },
    source: "test",
    ...part,
  };
}

function sensor(id: string, of: string): Sensor {
  return {
    id,
    datastreamId: 1,
    name: text,
    kind: of,
    unit: "m",
    longitudeDeg: 0,
    latitudeDeg: 0,
    height: 0,
  };
}

function warning(level: WarningLevel, sentMs: number): Warning {
  return {
    id: `w${level}`,
    level,
    event: text,
    headline: text,
    description: text,
    instruction: text,
    areaDesc: text,
    sender: "s",
    status: "Exercise",
    severity: "Severe",
    urgency: "Expected",
    certainty: "Likely",
    sentMs,
    effectiveMs: sentMs,
    expiresMs: null,
    polygons: [],
    circles: [],
    provenance: { kind: "SIMULATED", source: "test" },
    feedId: "f",
  };
}

function manifest(...indicators: Indicator[]): ScenarioManifest {
  return {
    id: "t",
    version: 1,
    title: text,
    summary: text,
    task: "2",
    cities: ["shenyang"],
    layers: [],
    feeds: [],
    sensorKinds: { rain: kind(), well: kind({ direction: "below", thresholds: { "3": 2, "1": 1 } }) },
    indicators,
    legend: [],
    analyses: [],
  };
}

function indicator(measure: Indicator["measure"], part: Partial<Indicator> = {}): Indicator {
  return { id: measure, title: text, unit: "", decimals: 0, measure, ...part };
}

function input(part: Partial<RiskInput> = {}): RiskInput {
  return {
    sensors: [sensor("a", "rain"), sensor("b", "rain"), sensor("c", "rain"), sensor("d", "well")],
    values: Float32Array.of(12, 33, Number.NaN, 1.5),
    levels: Uint8Array.of(4, 2, NO_DATA_LEVEL, 3),
    timesMs: Float64Array.of(1000, 3000, Number.NaN, 2000),
    warnings: [warning(3, 5), warning(2, 9), warning(4, 7)],
    ...part,
  };
}

const resultOf = (one: Indicator, part?: Partial<RiskInput>) =>
  computeIndicators(manifest(one), input(part))[0];

describe("levelOf", () => {
  it.each([
    [9.99, 0],
    [10, 4],
    [19.9, 4],
    [20, 3],
    [30, 2],
    [40, 1],
    [4000, 1],
    [-5, 0],
  ])("%d is level %d above rising thresholds", (value, level) => {
    expect(levelOf(value, kind())).toBe(level);
  });

  it("turns round where low is bad", () => {
    const below = kind({ direction: "below", thresholds: { "4": 5, "2": 3 } });
    expect([6, 5, 4, 3, 0].map((value) => levelOf(value, below))).toEqual([0, 4, 4, 2, 2]);
  });

  it("leaves out missing levels and knows no level without thresholds", () => {
    expect(levelOf(35, kind({ thresholds: { "1": 40, "4": 10 } }))).toBe(4);
    expect(levelOf(1e9, kind({ thresholds: {} }))).toBe(0);
  });

  it("never calls silence safe", () => {
    expect(levelOf(Number.NaN, kind())).toBe(NO_DATA_LEVEL);
    expect(levelOf(Number.POSITIVE_INFINITY, kind())).toBe(NO_DATA_LEVEL);
  });

  it("orders levels: red over orange over blue over none over no data", () => {
    const order = [1, 2, 3, 4, 0, NO_DATA_LEVEL];
    for (let i = 1; i < order.length; i++) expect(isWorse(order[i - 1]!, order[i]!)).toBe(true);
    expect(isWorse(NO_DATA_LEVEL, 0)).toBe(false);
  });
});

describe("computeIndicators", () => {
  it("takes the highest value where high is bad, the lowest where low is", () => {
    expect(resultOf(indicator("max", { kind: "rain" }))).toEqual({
      id: "max",
      value: 33,
      level: 2,
      timeMs: 3000,
    });
    const wells = {
      sensors: [sensor("a", "well"), sensor("b", "well")],
      values: [4, 1.5],
      levels: [0, 3],
      timesMs: [1, 2],
    };
    expect(resultOf(indicator("max", { kind: "well" }), wells)).toMatchObject({ value: 1.5, level: 3 });
  });

  it("means over reporting sensors only and grades the mean", () => {
    expect(resultOf(indicator("mean", { kind: "rain" }))).toMatchObject({ value: 22.5, level: 3 });
  });

  it("means directions as vectors, as long as the nearest anemometer says", () => {
    const plain = kind({ thresholds: {} });
    const vanes = (weightedBy?: string): ScenarioManifest => ({
      ...manifest(indicator("mean", { kind: "vane" })),
      sensorKinds: { vane: { ...plain, circular: weightedBy ? { weightedBy } : {} }, wind: plain },
    });
    const at = (id: string, of: string, longitudeDeg: number) => ({ ...sensor(id, of), longitudeDeg });
    const sensors = [at("a", "vane", 123), at("b", "vane", 124), at("c", "wind", 123), at("d", "wind", 124)];
    const meanOf = (values: number[], weightedBy?: string) =>
      computeIndicators(vanes(weightedBy), {
        sensors,
        values,
        levels: [0, 0, 0, 0],
        timesMs: [1, 1, 1, 1],
        warnings: [],
      })[0];
    expect(meanOf([350, 10, 1, 1])?.value).toBeCloseTo(0, 6);
    expect(meanOf([0, 90, 1, 5], "wind")?.value).toBeCloseTo(78.69, 2);
    expect(meanOf([0, 180, 1, 1])).toMatchObject({ value: null, level: NO_DATA_LEVEL });
  });

  it("counts sensors at a level or worse", () => {
    expect(resultOf(indicator("countAtOrWorse", { kind: "rain", level: 2 }))).toMatchObject({
      value: 1,
      level: 2,
    });
    expect(resultOf(indicator("countAtOrWorse", { kind: "rain", level: 4 }))?.value).toBe(2);
  });

  it("gives the share of sensors that report, in percent", () => {
    expect(resultOf(indicator("reporting"))?.value).toBe(75);
    expect(resultOf(indicator("reporting", { kind: "well" }))?.value).toBe(100);
  });

  it("counts warnings and shows the worst", () => {
    expect(resultOf(indicator("warnings"))).toEqual({ id: "warnings", value: 3, level: 2, timeMs: 9 });
    expect(resultOf(indicator("warnings"), { warnings: [] })).toMatchObject({
      value: 0,
      level: 0,
      timeMs: null,
    });
  });

  it("leaves out what the city does not have, but not while nothing is known yet", () => {
    const inland = { sensors: [sensor("a", "rain")], values: [1], levels: [0], timesMs: [1] };
    expect(resultOf(indicator("max", { kind: "well" }), inland)).toBeUndefined();
    expect(resultOf(indicator("reporting"), inland)).toBeDefined();
  });

  it("has no value without sensors, and says so instead of zero", () => {
    const none = { sensors: [], values: [], levels: [], timesMs: [] };
    for (const measure of ["max", "mean"] as const)
      expect(resultOf(indicator(measure, { kind: "rain" }), none)).toMatchObject({
        value: null,
        level: NO_DATA_LEVEL,
      });
    expect(resultOf(indicator("reporting"), none)?.value).toBeNull();
  });
});
