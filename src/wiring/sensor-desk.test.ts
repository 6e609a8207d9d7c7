import { describe, expect, it } from "vitest";
import type { Sensor } from "../domain/risk.ts";
import { SensorDesk } from "./sensor-desk.ts";

function sensors(prefix: string, count: number): Sensor[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `${prefix}-${i}`,
    datastreamId: i,
    name: { zh: prefix, en: prefix },
    kind: "rain",
    unit: "mm/h",
    longitudeDeg: 123 + i,
    latitudeDeg: 41,
    height: 2,
  }));
}

function update(rows: number[], values: number[], levels: number[]) {
  return {
    rows: Uint32Array.from(rows),
    values: Float32Array.from(values),
    timesMs: Float64Array.from(rows, (row) => 1000 + row),
    levels: Uint8Array.from(levels),
  };
}

describe("SensorDesk", () => {
  it("starts without data, which is not the same as without risk", () => {
    const desk = new SensorDesk();
    desk.setSensors("a", sensors("a", 3));
    expect(desk.counts()).toEqual([0, 0, 0, 0, 0, 3]);
  });
  it("shifts a second feed's rows and finds the way back", () => {
    const desk = new SensorDesk();
    desk.setSensors("a", sensors("a", 3));
    desk.setSensors("b", sensors("b", 2));
    expect([...desk.update("b", update([1], [9], [2]))!]).toEqual([4]);
    expect(desk.values[4]).toBe(9);
    expect(desk.locate(4)).toEqual({ feedId: "b", row: 1 });
    expect(desk.locate(5)).toBeNull();
  });
  it("keeps the other feeds' values when one feed's sensors change", () => {
    const desk = new SensorDesk();
    desk.setSensors("a", sensors("a", 2));
    desk.setSensors("b", sensors("b", 2));
    desk.update("b", update([0, 1], [5, 6], [3, 0]));
    desk.setSensors("a", sensors("a", 4));
    const row = desk.rowOf("b-0");
    expect(desk.values[row]).toBe(5);
    expect(desk.counts()).toEqual([1, 0, 0, 1, 0, 4]);
  });
  it("lists the worst first, the newest first among equals", () => {
    const desk = new SensorDesk();
    desk.setSensors("a", sensors("a", 5));
    desk.update("a", update([0, 1, 2, 3], [1, 2, 3, 4], [3, 1, 3, 0]));
    expect(desk.worst(10).map((entry) => entry.row)).toEqual([1, 2, 0]);
    expect(desk.worst(1)).toHaveLength(1);
  });
  it("answers null for a feed without sensors", () => {
    expect(new SensorDesk().update("x", update([0], [1], [0]))).toBeNull();
  });
  it("gives moves the rows of the common table and keeps last places while the sensors stay the same", () => {
    const desk = new SensorDesk();
    desk.setSensors("a", sensors("a", 2));
    desk.setSensors("b", sensors("b", 2));
    const moves = {
      rows: Uint32Array.of(1),
      positions: Float64Array.of(124.5, 42, 3),
      headingsDeg: Float32Array.of(90),
      timesMs: Float64Array.of(5),
    };
    expect([...desk.move("b", moves)!.rows]).toEqual([3]);
    expect([...desk.positions().subarray(9)]).toEqual([124.5, 42, 3]);
    desk.setSensors("a", sensors("a", 3));
    desk.setSensors("b", sensors("b", 3));
    expect([...desk.positions().subarray(12, 15)]).toEqual([124.5, 42, 3]);
    desk.setSensors("b", sensors("c", 3));
    expect(desk.positions()[12]).toBe(124);
    expect(desk.move("z", moves)).toBeNull();
  });
});
