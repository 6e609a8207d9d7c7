import { describe, expect, it } from "vitest";
import { NO_DATA_LEVEL } from "../domain/risk.ts";
import type { HeatScale } from "../domain/sensor-display.ts";
import { type HeatGrid, type HeatSensors, heatGrid } from "./heat-grid.ts";

const SCALE: HeatScale = { kind: "rain", min: 0, max: 100, reach: 1000, thresholds: [] };
type Row = readonly [lon: number, lat: number, value: number, level?: number, stale?: number, kind?: number];

function sensorsOf(rows: readonly Row[]): HeatSensors {
  return {
    positions: Float64Array.from(rows.flatMap(([lon, lat]) => [lon, lat, 0])),
    values: Float32Array.from(rows, (row) => row[2]),
    levels: Uint8Array.from(rows, (row) => row[3] ?? 0),
    stale: Uint8Array.from(rows, (row) => row[4] ?? 0),
    kinds: Uint8Array.from(rows, (row) => row[5] ?? 0),
  };
}

function read(grid: HeatGrid, lon: number, lat: number): { value: number; isKnown: boolean } {
  const column = Math.floor(((lon - grid.west) / (grid.east - grid.west)) * grid.columns);
  const row = Math.floor(((lat - grid.south) / (grid.north - grid.south)) * grid.rows);
  const at = 2 * (row * grid.columns + column);
  return { value: (grid.cells[at]! / 255) * 100, isKnown: grid.cells[at + 1] === 255 };
}

describe("heatGrid", () => {
  it("gives a lone sensor's value within its reach and says nothing beyond", () => {
    const grid = heatGrid(sensorsOf([[123.4, 41.8, 40]]), 0, SCALE)!;
    expect(read(grid, 123.4, 41.8)).toEqual({ value: expect.closeTo(40, 0), isKnown: true });
    expect(read(grid, 123.4, 41.8 + 900 / 111_320).isKnown).toBe(true);
    expect(read(grid, 123.4, 41.8 + 1100 / 111_320).isKnown).toBe(false);
  });

  it("goes from one value to the other between two sensors", () => {
    const far = 123.4 + 1200 / (111_320 * Math.cos((41.8 * Math.PI) / 180));
    const grid = heatGrid(
      sensorsOf([
        [123.4, 41.8, 10],
        [far, 41.8, 90],
      ]),
      0,
      SCALE,
    )!;
    const middle = read(grid, (123.4 + far) / 2, 41.8).value;
    expect(middle).toBeGreaterThan(40);
    expect(middle).toBeLessThan(60);
    expect(read(grid, 123.4, 41.8).value).toBeLessThan(20);
    expect(read(grid, far, 41.8).value).toBeGreaterThan(80);
  });

  it("knows nothing where sensors are silent, stale or of another kind", () => {
    const silent: Row[] = [
      [123.4, 41.8, 10, NO_DATA_LEVEL],
      [123.41, 41.8, 10, 0, 1],
      [123.42, 41.8, 10, 0, 0, 1],
      [123.43, 41.8, Number.NaN],
    ];
    expect(heatGrid(sensorsOf(silent), 0, SCALE)).toBeNull();
    const grid = heatGrid(sensorsOf([...silent, [123.48, 41.8, 10]]), 0, SCALE)!;
    expect(read(grid, 123.48, 41.8).isKnown).toBe(true);
    expect(read(grid, 123.465, 41.8).isKnown).toBe(false);
  });
});
