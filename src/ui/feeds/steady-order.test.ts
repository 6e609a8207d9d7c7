import { expect, it } from "vitest";
import { inHeldOrder } from "./steady-order.ts";

it("keeps places, renews contents, lets nothing vanish under the pointer", () => {
  const held = [
    { row: 1, value: 10 },
    { row: 2, value: 9 },
    { row: 3, value: 8 },
  ];
  const now = [
    { row: 4, value: 99 },
    { row: 2, value: 20 },
    { row: 1, value: 11 },
  ];
  expect(inHeldOrder(held, now, (item) => item.row)).toEqual([
    { row: 1, value: 11 },
    { row: 2, value: 20 },
    { row: 3, value: 8 },
  ]);
});
