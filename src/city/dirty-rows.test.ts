import { expect, it } from "vitest";
import { DirtyRows } from "./dirty-rows.ts";

function taken(rows: DirtyRows, most = 1e6): [number, number][] {
  const ranges: [number, number][] = [];
  rows.take(most, (from, to) => ranges.push([from, to]));
  return ranges;
}

it("gives ranges round what has changed, not what lies between, and then nothing", () => {
  const rows = new DirtyRows(10_000);
  expect(taken(rows)).toEqual([]);
  for (const row of [9_999, 300, 5_000, 256, 700, 301]) rows.add(row);
  expect(rows.isEmpty).toBe(false);
  expect(taken(rows)).toEqual([
    [256, 768],
    [4_864, 5_120],
    [9_984, 10_000],
  ]);
  expect([rows.isEmpty, taken(rows)]).toEqual([true, []]);
});

it("gives portions, the rest the next time, whatever comes in between", () => {
  const rows = new DirtyRows(2_000);
  rows.addAll();
  expect(taken(rows, 512)).toEqual([[0, 512]]);
  rows.add(3);
  expect(taken(rows, 512)).toEqual([
    [0, 256],
    [512, 768],
  ]);
  expect(rows.isEmpty).toBe(false);
  const rest: [number, number][] = [];
  while (!rows.isEmpty) rest.push(...taken(rows, 512));
  expect([rest[0], rest.at(-1)]).toEqual([
    [768, 1_280],
    [1_792, 2_000],
  ]);
});

it("tells many small ranges as one", () => {
  const rows = new DirtyRows(256 * 200);
  for (let block = 0; block < 200; block += 2) rows.add(256 * block);
  expect(taken(rows)).toEqual([[0, 256 * 199]]);
  expect(rows.isEmpty).toBe(true);
});
