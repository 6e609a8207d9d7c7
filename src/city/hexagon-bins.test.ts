import { describe, expect, it } from "vitest";
import { NO_DATA_LEVEL } from "../domain/risk.ts";
import { binHexagons, hexagonSizeFor } from "./hexagon-bins.ts";

type Row = readonly [lon: number, lat: number, level: number, kind?: number, stale?: number];

function sensorsOf(rows: readonly Row[]) {
  return {
    positions: Float64Array.from(rows.flatMap(([lon, lat]) => [lon, lat, 0])),
    levels: Uint8Array.from(rows, (row) => row[2]),
    kinds: Uint8Array.from(rows, (row) => row[3] ?? 0),
    stale: Uint8Array.from(rows, (row) => row[4] ?? 0),
  };
}

describe("binHexagons", () => {
  it("counts every sensor once, in the hexagon that holds it", () => {
    let seed = 5;
    const random = () => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    };
    const rows = Array.from(
      { length: 2000 },
      () => [123 + random() * 0.6, 41.5 + random() * 0.4, Math.floor(random() * 5)] as const,
    );
    const bins = binHexagons(sensorsOf(rows), 1000, null);
    expect(bins.count).toBeGreaterThan(100);
    expect(bins.sizes.reduce((sum, size) => sum + size, 0)).toBe(2000);
    const east = 111_320 * Math.cos((41.7 * Math.PI) / 180);
    for (const [lon, lat] of rows) {
      const bin = bins.indexAt(lon, lat);
      const gap = Math.hypot(
        (bins.centers[2 * bin]! - lon) * east,
        (bins.centers[2 * bin + 1]! - lat) * 111_320,
      );
      expect(gap).toBeLessThanOrEqual(1004);
    }
  });

  it("tells the worst level, and no data apart from no risk", () => {
    const at = (lon: number, ...levels: number[]): Row[] => levels.map((level) => [lon, 41.8, level]);
    const bins = binHexagons(
      sensorsOf([...at(123.2, 0, 3, 2), ...at(123.4, 0, 0), ...at(123.6, NO_DATA_LEVEL, NO_DATA_LEVEL)]),
      500,
      null,
    );
    const read = (lon: number) => bins.indexAt(lon, 41.8);
    expect(bins.worst[read(123.2)]).toBe(2);
    expect(bins.worst[read(123.4)]).toBe(0);
    expect(bins.worst[read(123.6)]).toBe(NO_DATA_LEVEL);
    expect(bins.meanWeight[read(123.2)]).toBeCloseTo(5 / 3, 5);
    expect(bins.silent[read(123.6)]).toBe(2);
    expect(bins.indexAt(125, 41.8)).toBe(-1);
  });

  it("takes stale sensors as silent and counts one kind when asked", () => {
    const rows: Row[] = [
      [123.4, 41.8, 1, 0, 1],
      [123.4, 41.8, 4, 0, 0],
      [123.4, 41.8, 1, 1, 0],
    ];
    expect([...binHexagons(sensorsOf(rows), 500, 0).worst]).toEqual([4]);
    expect([...binHexagons(sensorsOf(rows), 500, null).worst]).toEqual([1]);
    expect([...binHexagons(sensorsOf(rows), 500, 0).sizes]).toEqual([2]);
  });
});

it("hexagonSizeFor takes steps and stays within them", () => {
  expect(hexagonSizeFor(0.2)).toBe(125);
  expect(hexagonSizeFor(14)).toBe(500);
  expect(hexagonSizeFor(1e6)).toBe(8000);
});
