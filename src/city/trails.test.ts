import { expect, it } from "vitest";
import { Trails } from "./trails.ts";

const read = (trails: Trails, row: number) => {
  const out = new Float64Array(3 * trails.length);
  const size = trails.read(row, out);
  return { size, xs: [...out].filter((_, at) => at % 3 === 0).map((x) => Math.round(x)) };
};

it("keeps the last places of each row, oldest first, and forgets older ones", () => {
  const trails = new Trails(4);
  for (let k = 1; k <= 6; k++) trails.note(7, [10 * k, 0, 0], 0, 1);
  trails.note(9, [0, 0, 0, 500, 1, 2], 3, 1);
  expect(read(trails, 7)).toEqual({ size: 4, xs: [30, 40, 50, 60] });
  expect(read(trails, 9)).toEqual({ size: 1, xs: [500, 500, 500, 500] });
  expect([...trails.rows]).toEqual([7, 9]);
});

it("takes no place twice, leaves no step of nothing, and keeps trails when it grows", () => {
  const trails = new Trails(3);
  for (let row = 0; row < 100; row++) {
    expect(trails.note(row, [row * 10, 0, 0], 0, 5)).toBe(true);
    expect(trails.note(row, [row * 10 + 2, 0, 0], 0, 5)).toBe(false);
  }
  expect(trails.count).toBe(100);
  expect(read(trails, 3)).toEqual({ size: 1, xs: [30, 30, 30] });
  const out = new Float64Array(9);
  trails.read(3, out);
  expect(out[0]).toBeGreaterThan(out[3]!);
  expect(out[3]).toBeGreaterThan(out[6]!);
  expect(read(trails, 12345).size).toBe(0);
});
