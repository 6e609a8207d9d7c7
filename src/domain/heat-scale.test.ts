import { expect, it } from "vitest";
import { heatScaleOf } from "./heat-scale.ts";
import type { SensorKind } from "./scenario.ts";
import { sensorSpacing } from "./sensor-spacing.ts";

const kind = (part: Partial<SensorKind>): SensorKind => ({
  title: { zh: "", en: "" },
  unit: "",
  decimals: 0,
  direction: "above",
  thresholds: {},
  source: "",
  ...part,
});

it("spans the thresholds with room past the worst, whatever the values of the moment", () => {
  const rule = kind({ thresholds: { "4": 16, "3": 30, "2": 50, "1": 80 } });
  const scale = heatScaleOf("rain", rule, Float32Array.of(3, 4), 1000);
  expect(scale.min).toBe(0);
  expect(scale.max).toBeGreaterThan(80);
  expect(scale.thresholds).toEqual([
    { level: 1, value: 80 },
    { level: 2, value: 50 },
    { level: 3, value: 30 },
    { level: 4, value: 16 },
  ]);
  expect(scale.reach).toBe(1600);
});

it("goes below the worst where lower is worse, and takes the values' span without thresholds", () => {
  const low = heatScaleOf(
    "pressure",
    kind({ direction: "below", thresholds: { "3": 200, "1": 100 } }),
    new Float32Array(0),
    0,
  );
  expect(low.min).toBeLessThan(100);
  expect(low.max).toBeGreaterThan(200);
  expect(low.reach).toBe(400);
  const plain = heatScaleOf("t", kind({}), Float32Array.of(5, Number.NaN, 9), 1e6);
  expect([plain.min, plain.max, plain.reach]).toEqual([5, 9, 6000]);
  expect(heatScaleOf("t", kind({}), new Float32Array(0), 0)).toMatchObject({ min: 0, max: 1 });
});

it("sensorSpacing is the side of each one's square, along a line the step", () => {
  const step = 1000 / 111_320;
  const grid = Float64Array.from(
    Array.from({ length: 100 }, (_, k) => [(k % 10) * step, Math.floor(k / 10) * step, 0]).flat(),
  );
  expect(
    sensorSpacing(
      grid,
      Array.from({ length: 100 }, (_, k) => k),
    ),
  ).toBeCloseTo(900, -1);
  expect(sensorSpacing(grid, [0, 1, 2])).toBeCloseTo(1000, 0);
  expect(sensorSpacing(grid, [5])).toBe(0);
});
