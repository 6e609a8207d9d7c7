import { describe, expect, it } from "vitest";
import { ringMeetsItself, segmentsMeet } from "./ring-crossing.ts";

describe("segmentsMeet", () => {
  it("finds crossings, touches and overlaps, and nothing apart", () => {
    expect(segmentsMeet([0, 0], [2, 2], [0, 2], [2, 0])).toBe(true);
    expect(segmentsMeet([0, 0], [2, 0], [1, 0], [1, 5])).toBe(true);
    expect(segmentsMeet([0, 0], [2, 0], [1, 0], [3, 0])).toBe(true);
    expect(segmentsMeet([0, 0], [1, 0], [2, 0], [3, 0])).toBe(false);
    expect(segmentsMeet([0, 0], [2, 0], [0, 1], [2, 1])).toBe(false);
  });
});

describe("ringMeetsItself", () => {
  const square = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ];
  const bowTie = [
    [0, 0],
    [1, 1],
    [1, 0],
    [0, 1],
  ];

  it("lets simple outlines pass, open and closed, straight corners too", () => {
    expect(ringMeetsItself(square, true)).toBe(false);
    expect(
      ringMeetsItself(
        [
          [0, 0],
          [0.5, 0],
          [1, 0],
          [1, 1],
        ],
        true,
      ),
    ).toBe(false);
    expect(ringMeetsItself([[0, 0]], false)).toBe(false);
    expect(
      ringMeetsItself(
        [
          [0, 0],
          [1, 0],
        ],
        false,
      ),
    ).toBe(false);
  });

  it("refuses a bow tie as soon as its edges cross", () => {
    expect(ringMeetsItself(bowTie.slice(0, 3), false)).toBe(false);
    expect(ringMeetsItself(bowTie, false)).toBe(true);
  });

  it("looks at the closing edge only when the ring is closed", () => {
    const hook = [
      [0, 0],
      [4, 0],
      [4, 4],
      [2, -1],
    ];
    expect(ringMeetsItself(hook.slice(0, 3), true)).toBe(false);
    expect(ringMeetsItself(hook, false)).toBe(true);
    const late = [
      [0, 0],
      [4, 0],
      [4, 4],
      [3, 1],
      [3, 3],
      [5, 5],
    ];
    expect(ringMeetsItself(late, true)).toBe(ringMeetsItself([...late, [0, 0]], false));
  });

  it("refuses an edge that turns back on the one before", () => {
    expect(
      ringMeetsItself(
        [
          [0, 0],
          [2, 0],
          [1, 0],
        ],
        false,
      ),
    ).toBe(true);
  });
});
