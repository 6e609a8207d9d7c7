import { expect, it } from "vitest";
import { RING_PARTS, ringParts } from "./marks.ts";

it("divides the ring by level and shows every level that is there", () => {
  expect(ringParts([1, 0, 0, 0])).toEqual([16, 0, 0, 0]);
  expect(ringParts([1, 0, 0, 999])).toEqual([1, 0, 0, 15]);
  expect(ringParts([5, 5, 5, 5])).toEqual([4, 4, 4, 4]);
  expect(ringParts([0, 0, 0, 0])).toEqual([0, 0, 0, 0]);
  for (const split of [
    [3, 2, 1, 7],
    [1, 1, 1, 1000],
    [0, 7, 0, 9],
  ])
    expect(ringParts(split).reduce((sum, part) => sum + part, 0)).toBe(RING_PARTS);
});
