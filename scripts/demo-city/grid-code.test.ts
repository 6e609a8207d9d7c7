import { describe, expect, it } from "vitest";
import { gridCodeOf } from "./grid-code.ts";

describe("code of a management cell", () => {
  it("has the district first, then column and row of 500 m cells", () => {
    expect(gridCodeOf("和平区", [0, 0])).toBe("210102500500");
    expect(gridCodeOf("和平区", [499.9, -0.1])).toBe("210102500499");
    expect(gridCodeOf("甘井子区", [-13_900, 12_010])).toBe("210211472524");
  });

  it("never joins two districts in one cell", () => {
    expect(gridCodeOf("沈河区", [10, 10])).not.toBe(gridCodeOf("和平区", [10, 10]));
  });
});
