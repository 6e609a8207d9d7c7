import { describe, expect, it } from "vitest";
import { classMatcher, fieldOf, parseQuery, valueMatcher } from "./query.ts";

const compare = (set: string | null, name: string, operator: string, value: string, isNot = false) => ({
  kind: "compare",
  set,
  name,
  operator,
  value,
  isNot,
});

describe("a query", () => {
  it("is read as the issue writes it", () => {
    expect(parseQuery("class:IfcWall Pset_WallCommon.FireRating=*")).toEqual([
      compare(null, "class", "=", "IfcWall"),
      compare("Pset_WallCommon", "FireRating", "=", "*"),
    ]);
  });

  it("knows operators, quotation marks, negation and Chinese", () => {
    expect(parseQuery('OverallWidth>=0.9 Name~"防火 门" -class:IfcDoor')).toEqual([
      compare(null, "OverallWidth", ">=", "0.9"),
      compare(null, "Name", "~", "防火 门"),
      compare(null, "class", "=", "IfcDoor", true),
    ]);
    expect(parseQuery('"结构 信息.混凝土强度等级"!=C30 楼层：二层')).toEqual([
      compare("结构 信息", "混凝土强度等级", "!=", "C30"),
      compare(null, "楼层", "=", "二层"),
    ]);
    expect(fieldOf("楼层")).toBe("storey");
  });

  it("takes anything for text that is no condition", () => {
    expect(parseQuery("  会议室  ")).toEqual([{ kind: "text", text: "会议室", isNot: false }]);
    expect(parseQuery("")).toEqual([]);
    expect(parseQuery('"IfcWall=x"')).toEqual([{ kind: "text", text: "IfcWall=x", isNot: false }]);
  });

  it("compares numbers as numbers, truth as truth, names without case", () => {
    expect(valueMatcher("=", "2.50")(2.5)).toBe(true);
    expect(valueMatcher(">", "9")(10)).toBe(true);
    expect(valueMatcher(">", "9")("10 mm")).toBe(true);
    expect(valueMatcher(">", "9")("ten")).toBe(false);
    expect(valueMatcher("=", "是")(true)).toBe(true);
    expect(valueMatcher("=", "false")(true)).toBe(false);
    expect(valueMatcher("=", "ei*")("EI 60")).toBe(true);
    expect(valueMatcher("=", "a,b")("B")).toBe(true);
  });

  it("a class includes its standard case, and no other class that begins alike", () => {
    const isWall = classMatcher("wall");
    expect(["IfcWall", "IfcWallStandardCase", "IfcWallType"].map(isWall)).toEqual([true, true, false]);
    expect(classMatcher("IfcWall*")("IfcWallType")).toBe(true);
    expect(classMatcher("IfcDoor,IfcWindow")("IfcWindow")).toBe(true);
  });
});
