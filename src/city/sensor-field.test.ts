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
  expect([placed, field.glide!.count]).toEqual([[1], 0]);
  const place = ecefFromGeodetic({ longitudeDeg: 123.5, latitudeDeg: 41.9, height: 5 });
  for (let axis = 0; axis < 3; axis++)
    expect(field.frame.origin[axis]! + field.offsets[3 + axis]!).toBeCloseTo(place[axis]!, 4);
});

it("glides few and lets many jump", () => {
  const field = fieldOf(6000);
  const all = (lift: number) => ({
    rows: Uint32Array.from({ length: 6000 }, (_, k) => k),
    positions: field.positions.map((value, at) => (at % 3 === 1 ? value + lift : value)),
    headingsDeg: new Float32Array(6000),
    timesMs: new Float64Array(6000),
  });
  field.move(all(0.01), 1000, false, () => {});
  field.glide!.step(1000, field.offsets, () => {});
  field.move(moves(7, 123.2, 41.8, 0), 2000, false, () => {});
  field.glide!.step(2100, field.offsets, () => {});
  expect(field.glide!.count).toBe(1);
  const jumped: number[] = [];
  field.move(all(0.01), 3000, false, (row) => jumped.push(row));
  expect(jumped).toHaveLength(6000);
  const there = [...field.offsets];
  field.glide!.step(3000, field.offsets, () => {});
  expect(field.glide!.count).toBe(0);
  expect([...field.offsets]).toEqual(there);
});
