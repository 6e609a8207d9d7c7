import { expect, it } from "vitest";
import { MovingRows } from "./moving-rows.ts";

const at = (key: string, longitudeDeg: number, headingDeg = 90) =>
  ({ key, timeMs: null, longitudeDeg, latitudeDeg: 41, height: 2, headingDeg }) as const;
const rowOf = (key: string): number | undefined => ({ a: 4, b: 7 })[key];

it("tells the newest place of each once, by row", () => {
  const rows = new MovingRows();
  rows.move(at("a", 1), 10);
  rows.move(at("b", 2, Number.NaN), 11);
  rows.move(at("a", 3), 12);
  rows.move(at("a", 9), 11);
  const moves = rows.takeMoves(rowOf)!;
  expect([...moves.rows]).toEqual([4, 7]);
  expect([...moves.positions]).toEqual([3, 41, 2, 2, 41, 2]);
  expect([...moves.headingsDeg]).toEqual([90, Number.NaN]);
  expect([...moves.timesMs]).toEqual([12, 11]);
  expect(rows.takeMoves(rowOf)).toBeNull();
});

it("keeps what has no row yet, and tells all again when rows have moved", () => {
  const rows = new MovingRows();
  rows.move(at("c", 1), 10);
  expect(rows.takeMoves(rowOf)).toBeNull();
  expect([...rows.takeMoves(() => 0)!.rows]).toEqual([0]);
  rows.move(at("a", 5), 11);
  rows.takeMoves(rowOf);
  rows.retain(new Set(["a"]));
  expect([...rows.takeMoves(rowOf)!.positions]).toEqual([5, 41, 2]);
  rows.retain(new Set());
  expect(rows.takeMoves(() => 0)).toBeNull();
});
