import { expect, it } from "vitest";
import { sectionMiddle, sectionRange } from "./section-range.ts";

const box = { min: [-40, -30, -4.8], max: [41.03, 30, 52] } as const;

it("follows the model's box along each axis", () => {
  expect(sectionRange(box, "east")).toEqual({ min: -40, max: 41.03 });
  expect(sectionRange(box, "north")).toEqual({ min: -30, max: 30 });
  expect(sectionRange(box, "up")).toEqual({ min: -4.8, max: 52 });
});

it("starts in the middle, on the 5 cm grid", () => {
  expect(sectionMiddle(box, "up")).toBe(23.6);
  expect(sectionMiddle(box, "east")).toBe(0.5);
});
