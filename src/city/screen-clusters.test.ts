import { describe, expect, it } from "vitest";
import { clusterMarks, type ScreenMarks } from "./screen-clusters.ts";

const WINDOW = { width: 1000, height: 800, margin: 40, radius: 48 };

function marksOf(list: readonly (readonly [x: number, y: number, level: number])[]): ScreenMarks {
  return {
    rows: Uint32Array.from(list, (_, i) => i),
    levels: Uint8Array.from(list, ([, , level]) => level),
    xs: Float32Array.from(list, ([x]) => x),
    ys: Float32Array.from(list, ([, y]) => y),
    count: list.length,
  };
}

describe("clusterMarks", () => {
  it("gathers near marks at the place of the worst, and counts by level", () => {
    const marks = marksOf([
      [100, 100, 3],
      [120, 100, 1],
      [100, 120, 4],
      [500, 500, 2],
    ]);
    const clusters = clusterMarks(marks, WINDOW);
    expect(clusters.count).toBe(2);
    expect([...clusters.anchors]).toEqual([1, 3]);
    expect([...clusters.sizes]).toEqual([3, 1]);
    expect([...clusters.splits]).toEqual([1, 0, 1, 1, 0, 1, 0, 0]);
    expect([...clusters.memberOf]).toEqual([0, 0, 0, 1]);
  });

  it("leaves no two clusters nearer than the radius and loses no mark inside the window", () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    };
    const marks = marksOf(
      Array.from(
        { length: 3000 },
        () => [random() * 1000, random() * 800, 1 + Math.floor(random() * 4)] as const,
      ),
    );
    const { anchors, sizes, count, memberOf } = clusterMarks(marks, WINDOW);
    expect(count).toBeGreaterThan(50);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(3000);
    for (let a = 0; a < count; a++)
      for (let b = 0; b < a; b++) {
        const [i, j] = [anchors[a]!, anchors[b]!];
        const gap = Math.hypot(marks.xs[i]! - marks.xs[j]!, marks.ys[i]! - marks.ys[j]!);
        expect(gap).toBeGreaterThanOrEqual(WINDOW.radius);
      }
    for (let i = 0; i < 3000; i++) {
      const anchor = anchors[memberOf[i]!]!;
      expect(marks.levels[anchor]).toBeLessThanOrEqual(marks.levels[i]!);
    }
  });

  it("does not change when the camera pans", () => {
    const list = [
      [300, 300, 2],
      [330, 300, 2],
      [372, 300, 2],
    ] as const;
    const still = clusterMarks(marksOf(list), WINDOW);
    for (let pan = 1; pan < 60; pan += 7) {
      const moved = clusterMarks(marksOf(list.map(([x, y, level]) => [x + pan, y - pan, level])), WINDOW);
      expect([...moved.memberOf]).toEqual([...still.memberOf]);
    }
  });

  it("keeps the chosen mark by itself and leaves out what is off the screen", () => {
    const clusters = clusterMarks(
      marksOf([
        [100, 100, 2],
        [101, 100, 4],
        [-900, 100, 1],
      ]),
      WINDOW,
      1,
    );
    expect([...clusters.sizes]).toEqual([1, 1]);
    expect(clusters.memberOf[2]).toBe(-1);
  });
});
