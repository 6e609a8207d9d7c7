import { describe, expect, it } from "vitest";
import { convexHull } from "./convex-hull.ts";

/** The same numbers every time, 0 to 1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function isCorner(points: readonly number[], at: number): boolean {
  const [x, y] = [points[at]!, points[at + 1]!];
  const angles: number[] = [];
  for (let i = 0; i < points.length; i += 2)
    if (points[i] !== x || points[i + 1] !== y) angles.push(Math.atan2(points[i + 1]! - y, points[i]! - x));
  angles.sort((a, b) => a - b);
  const gaps = angles.map((angle, i) => (angles[i + 1] ?? angles[0]! + 2 * Math.PI) - angle);
  return Math.max(...gaps) > Math.PI + 1e-9;
}

describe("the hull of many points", () => {
  it("has the corners that it has without leaving any out first", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const next = numbers(seed);
      const points = Array.from({ length: 300 }, () => Math.round(next() ** 2 * 40) - 5);
      const corners = new Set<string>();
      for (let i = 0; i < points.length; i += 2)
        if (isCorner(points, i)) corners.add(`${points[i]} ${points[i + 1]}`);
      expect(new Set(convexHull(points).map((point) => point.join(" ")))).toEqual(corners);
    }
  });

  it("of points on one line, or of one point, is not lost", () => {
    const line = Array.from({ length: 200 }, (_, i) => [i, 2 * i]).flat();
    expect(convexHull(line)).toEqual([
      [0, 0],
      [199, 398],
    ]);
    expect(convexHull([...line, Number.NaN, 1])).toHaveLength(2);
    const three = [3, 4, 3, 4, 3, 4];
    expect(convexHull(Array.from({ length: 100 }, () => three).flat())).toEqual(convexHull(three));
  });
});
