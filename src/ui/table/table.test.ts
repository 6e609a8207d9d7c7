import { describe, expect, it } from "vitest";
import { createFormat } from "../../i18n/format.ts";
import { lateSentences } from "../../i18n/late-sentences.ts";
import { createTranslator } from "../../i18n/translator.ts";
import { cellText } from "./cell-text.ts";
import { filterOfClass } from "./class-chart.tsx";
import { moveInGrid } from "./grid-keys.ts";
import { pagesOf } from "./table-pages.ts";

const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey, metaKey: false });
const SIZE = { rows: 100, columns: 4, page: 8 };

describe("keys in the grid", () => {
  it("move within its edges; the head is above the first row", () => {
    expect(moveInGrid({ row: 0, column: 0 }, key("ArrowUp"), SIZE)).toEqual({ row: -1, column: 0 });
    expect(moveInGrid({ row: -1, column: 0 }, key("ArrowUp"), SIZE)).toEqual({ row: -1, column: 0 });
    expect(moveInGrid({ row: 99, column: 3 }, key("ArrowDown"), SIZE)).toEqual({ row: 99, column: 3 });
    expect(moveInGrid({ row: 5, column: 3 }, key("ArrowRight"), SIZE)).toEqual({ row: 5, column: 3 });
    expect(moveInGrid({ row: 5, column: 2 }, key("PageDown"), SIZE)).toEqual({ row: 13, column: 2 });
    expect(moveInGrid({ row: 5, column: 2 }, key("Home"), SIZE)).toEqual({ row: 5, column: 0 });
    expect(moveInGrid({ row: 5, column: 2 }, key("End", true), SIZE)).toEqual({ row: 99, column: 3 });
    expect(moveInGrid({ row: 5, column: 2 }, key("x"), SIZE)).toBeNull();
  });
});

describe("pages", () => {
  it("are those that the span touches", () => {
    expect(pagesOf(0, 40, 150_000)).toEqual([0]);
    expect(pagesOf(110, 130, 150_000)).toEqual([0, 1]);
    expect(pagesOf(0, 40, 0)).toEqual([]);
  });
});

describe("cells", () => {
  const [t, format] = [createTranslator("zh-CN", lateSentences), createFormat("zh-CN")];
  const text = (value: never, column: object) => cellText(value, column as never, t, format);
  it("say codes in words, leave years alone", () => {
    const words = { office: { zh: "办公", en: "Office" } };
    expect(text("office" as never, { name: "use", kind: "text", words })).toBe("办公");
    expect(text(1998 as never, { name: "year", kind: "number" })).toBe("1998");
    expect(text(12345.678 as never, { name: "area", kind: "number" })).toBe("12,345.68");
    expect(text(null as never, { name: "area", kind: "number" })).toBe("");
  });
});

describe("a class as filter", () => {
  it("is a value or a span", () => {
    expect(filterOfClass("用途", { label: "office", value: "office", count: 1 })).toBe("用途=office");
    expect(filterOfClass("建筑 高", { label: "a b", value: "a b", count: 1 })).toBe('"建筑 高"="a b"');
    expect(filterOfClass("高度", { label: "50 – 100", value: "", count: 1 })).toBe("高度>=50 高度<100");
  });
});
