import { describe, expect, it } from "vitest";
import { placeForKey } from "./use-arrow-list.ts";

describe("a list that is gone through with arrows", () => {
  it("goes row by row, page by page and to its ends, and no further", () => {
    expect(placeForKey("ArrowDown", 0, 3)).toBe(1);
    expect(placeForKey("ArrowDown", 2, 3)).toBe(2);
    expect(placeForKey("ArrowUp", 0, 3)).toBe(0);
    expect(placeForKey("PageDown", 0, 200)).toBe(10);
    expect(placeForKey("PageUp", 4, 200)).toBe(0);
    expect(placeForKey("End", 4, 200)).toBe(199);
    expect(placeForKey("Home", 4, 200)).toBe(0);
  });

  it("leaves other keys alone", () => {
    for (const key of ["Tab", "Enter", " ", "ArrowLeft", "a"]) expect(placeForKey(key, 1, 3)).toBeNull();
  });
});
