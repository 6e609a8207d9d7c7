import { expect, it } from "vitest";
import { DirtyRows } from "./dirty-rows.ts";

it("gives the range of what has changed, in portions, and then nothing", () => {
  const rows = new DirtyRows();
  const taken: [number, number][] = [];
  const take = () => rows.take(10, (from, to) => taken.push([from, to]));
  take();
  for (const row of [17, 4, 5]) rows.add(row);
  take();
  expect([taken, rows.isEmpty]).toEqual([[[4, 14]], false]);
  rows.add(2);
  take();
  take();
  take();
  expect([taken.slice(1), rows.isEmpty]).toEqual([
    [
      [2, 12],
      [12, 18],
    ],
    true,
  ]);
});
