import { expect, it } from "vitest";
import { ecefFromGeodetic } from "../geo/ellipsoid.ts";
import { SensorField } from "./sensor-field.ts";

const moves = (row: number, ...place: [number, number, number]) => ({
  rows: Uint32Array.of(row),
  positions: Float64Array.from(place),
  headingsDeg: Float32Array.of(0),
  timesMs: Float64Array.of(0),
});

function fieldOf(count: number): SensorField {
  const field = new SensorField();
  const positions = Float64Array.from(
    Array.from({ length: count }, (_, k) => [123 + k / 1000, 41.8, 2]).flat(),
  );
  field.set(
    positions,
    Uint8Array.from({ length: count }, (_, k) => k % 2),
  );
  return field;
}

it("tells only rows whose level is another one, and keeps every value", () => {
  const field = fieldOf(3);
  const told: number[] = [];
  const update = (level: number, value: number) =>
    field.update(
      {
        rows: Uint32Array.of(0, 2, 99),
        values: Float32Array.of(value, value, value),
        timesMs: new Float64Array(3),
        levels: Uint8Array.of(0, level, 1),
      },
      (row) => told.push(row),
    );
  update(3, 1);
  update(3, 2);
  expect(told).toEqual([0, 2]);
  expect([...field.values.subarray(0, 1), field.values[2]]).toEqual([2, 2]);
  expect([...field.warnedRows(null)]).toEqual([2]);
  expect([...field.warnedRows(1)]).toEqual([]);
});

it("moves a row to where it is reported, and lifts low ones", () => {
  const field = fieldOf(2);
  expect([...field.heights]).toEqual([14, 14]);
  const placed: number[] = [];
  field.move(moves(1, 123.5, 41.9, 0), 1000, true, (row) => placed.push(row));
  expect([placed, field.ways]).toEqual([[1], null]);
  const place = ecefFromGeodetic({ longitudeDeg: 123.5, latitudeDeg: 41.9, height: 5 });
  for (let axis = 0; axis < 3; axis++)
    expect(field.frame.origin[axis]! + field.offsets[3 + axis]!).toBeCloseTo(place[axis]!, 4);
});

it("glides any number, and tells where each is drawn on its way", () => {
  const count = 60_000;
  const field = fieldOf(count);
  const north = field.positions.map((value, at) => (at % 3 === 1 ? value + 0.01 : value));
  const all = (positions: Float64Array) => ({
    rows: Uint32Array.from({ length: count }, (_, k) => k),
    positions,
    headingsDeg: new Float32Array(count),
    timesMs: new Float64Array(count),
  });
  field.move(all(field.positions.slice()), 1000, false, () => {});
  const from = field.offsets.slice();
  const moved: number[] = [];
  field.move(all(north), 3000, false, (row) => moved.push(row));
  expect([moved.length, field.ways!.isUnderWay(4999), field.ways!.isUnderWay(5000)]).toEqual([
    count,
    true,
    false,
  ]);
  const place = new Float64Array(3);
  for (const row of [0, 4_321, count - 1])
    for (const share of [0, 0.25, 1]) {
      field.write(row, 3000 + 2000 * share, place);
      for (let axis = 0; axis < 3; axis++) {
        const [start, end] = [from[3 * row + axis]!, field.offsets[3 * row + axis]!];
        // the way's beginning is a 32-bit number, as the graphics processor has it
        expect(Math.abs(place[axis]! - (start + share * (end - start)))).toBeLessThan(0.5);
      }
    }
  field.move(all(field.positions.slice()), 3500, true, () => {});
  field.write(7, 3500, place);
  expect([...place]).toEqual([...field.offsets.subarray(21, 24)]);
});
