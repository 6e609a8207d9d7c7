import { expect, it } from "vitest";
import { circularMeanDeg } from "./circular-mean.ts";

it.each([
  [[350, 10], undefined, 0],
  [[90, 180], undefined, 135],
  [[270, 360, 0, -90], undefined, 315],
  [[0, 90], [3, 3], 45],
  // 1 m/s from the north and 5 from the east: atan2(5, 1)
  [[0, 90], [1, 5], 78.69],
])("means %j weighted by %j as %d", (directions, weights, mean) => {
  const found = circularMeanDeg(directions, weights);
  expect(Math.cos(((found - mean) * Math.PI) / 180)).toBeCloseTo(1, 8);
  expect(found).toBeGreaterThanOrEqual(0);
  expect(found).toBeLessThan(360);
});

it("has none where directions cancel out, or where there are none", () => {
  expect(circularMeanDeg([0, 180])).toBeNaN();
  expect(circularMeanDeg([])).toBeNaN();
  expect(circularMeanDeg([10], [0])).toBeNaN();
});
