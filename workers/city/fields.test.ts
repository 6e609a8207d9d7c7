import { describe, expect, it } from "vitest";
import { BUILDING_USES } from "../../src/domain/city.ts";
import { DEFAULT_OPTIONS } from "./contract.ts";
import { NO_USE, readFloors, readLength, readUse, readYear, roleOfField } from "./fields.ts";

describe("fields", () => {
  it("are known by name in two languages", () => {
    const roleOf = (key: string) => roleOfField(key, DEFAULT_OPTIONS)?.role;
    for (const key of ["height", "HEIGHT", "高度", "measuredHeight", "building:height"])
      expect(roleOf(key)).toBe("height");
    for (const key of ["building:levels", "层数", "Floor", "storeysAboveGround"])
      expect(roleOf(key)).toBe("floors");
    expect(roleOf("名称")).toBe("name");
    expect(roleOf("建成年份")).toBe("year");
    expect(roleOf("colour")).toBeUndefined();
  });

  it("are what the user says, and then nothing else", () => {
    const options = { ...DEFAULT_OPTIONS, heightField: "Elevation" };
    expect(roleOfField("Elevation", options)).toEqual({ role: "height", rank: 0 });
    expect(roleOfField("height", options)).toBeNull();
  });

  it("read lengths", () => {
    expect([12, "12.5", "12,5 m", " 40 ft", "20′", "15米"].map(readLength)).toEqual([
      12,
      12.5,
      12.5,
      40 * 0.3048,
      20 * 0.3048,
      15,
    ]);
    expect(["", "tall", null, true, Number.NaN].map(readLength)).toEqual([null, null, null, null, null]);
  });

  it("read floors, years and uses", () => {
    expect([5, "5", "5层", "B1-5", "-", 0, 900].map(readFloors)).toEqual([5, 5, 5, 5, null, null, null]);
    expect([1985, "1985-03", "约1985年", "85", null].map(readYear)).toEqual([1985, 1985, 1985, null, null]);
    const use = (word: string) => BUILDING_USES[readUse(word)];
    expect(["apartments", "住宅", "office", "工业厂房", "hospital", "火车站"].map(use)).toEqual([
      "residential",
      "residential",
      "office",
      "industrial",
      "medical",
      "transport",
    ]);
    expect(["yes", ""].map(readUse)).toEqual([NO_USE, NO_USE]);
  });
});
