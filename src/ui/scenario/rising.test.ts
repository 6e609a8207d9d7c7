import { expect, it } from "vitest";
import type { ScenarioAnalysis } from "../../domain/scenario.ts";
import { nextLevel } from "./rising.ts";

const analysis: ScenarioAnalysis = {
  id: "water",
  kind: "inundation",
  title: { zh: "淹没", en: "Inundation" },
  min: 0,
  max: 8,
  step: 0.1,
  unit: "m",
  method: { zh: "-", en: "-" },
};

it("climbs the grid of steps without drift, and ends at the top", () => {
  let level: number | null = 0;
  let count = 0;
  for (
    let next = nextLevel(level, analysis);
    next !== null && count < 200;
    next = nextLevel(next, analysis)
  ) {
    level = next;
    count += 1;
  }
  expect(level).toBe(8);
  expect(count).toBe(80);
});

it("goes to the next step from between two", () => {
  expect(nextLevel(0.25, analysis)).toBe(0.3);
  expect(nextLevel(7.95, analysis)).toBe(8);
  expect(nextLevel(9, analysis)).toBeNull();
});
