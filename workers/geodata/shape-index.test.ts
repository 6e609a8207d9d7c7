import { describe, expect, it } from "vitest";
import { ShapeIndex } from "./shape-index.ts";

describe("ShapeIndex", () => {
  it("finds what looking at every box finds", () => {
    const count = 5000;
    const boxes = new Float64Array(count * 4);
    for (let k = 0; k < count; k++) {
      const [x, y] = [((k * 7919) % 3600) / 10 - 180, ((k * 104_729) % 1800) / 10 - 90];
      boxes.set([x, y, x + (k % 7) / 10, y + (k % 5) / 10], k * 4);
    }
    const shapes = Uint32Array.from({ length: count }, (_, k) => k).filter((k) => k % 3 !== 0);
    const index = new ShapeIndex(boxes, shapes);
    const windows = [
      [-10, -10, 25, 30],
      [123, 41, 124, 42],
      [-180, -90, 180, 90],
      [400, 0, 500, 1],
    ] as const;
    for (const [west, south, east, north] of windows) {
      const wanted = [...shapes].filter(
        (k) =>
          boxes[k * 4]! <= east &&
          boxes[k * 4 + 2]! >= west &&
          boxes[k * 4 + 1]! <= north &&
          boxes[k * 4 + 3]! >= south,
      );
      expect(index.search(west, south, east, north)).toEqual(wanted);
    }
  });

  it("of nothing finds nothing", () => {
    expect(new ShapeIndex(new Float64Array(0), new Uint32Array(0)).search(-180, -90, 180, 90)).toEqual([]);
  });
});
