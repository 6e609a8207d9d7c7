import { describe, expect, it } from "vitest";
import type { SensorKind } from "../../domain/scenario.ts";
import { createFormat } from "../../i18n/format.ts";
import { lateSentences } from "../../i18n/late-sentences.ts";
import { createTranslator } from "../../i18n/translator.ts";
import { attributeRows, wordOfUse } from "./building-attributes.ts";
import { axisRange, sensorThresholds } from "./thresholds.ts";

const zh = createTranslator("zh-CN", lateSentences);
const format = createFormat("zh-CN");

describe("attributes", () => {
  it("read a use by code and by name, and leave foreign ones as they are", () => {
    expect(wordOfUse(2, zh)).toBe("办公");
    expect(wordOfUse("medical", zh)).toBe("医疗");
    expect(wordOfUse("temple", zh)).toBe("temple");
  });

  it("list known ones first, in reading order, then the rest by their own names", () => {
    const rows = attributeRows(
      {
        zone: "A-1",
        height: 20,
        name: "x",
        use: 0,
        id: "SY-000001",
        year: 2014,
        levels: 2.71,
        empty: null,
      },
      zh,
      format,
    );
    expect(rows).toEqual([
      ["编号", "SY-000001"],
      ["用途", "居住"],
      ["建成年份", "2014"],
      ["zone", "A-1"],
      ["levels", "2.71"],
      ["empty", "无"],
    ]);
  });
});

const RIVER: SensorKind = {
  title: { zh: "水位", en: "Level" },
  unit: "m",
  decimals: 2,
  direction: "above",
  thresholds: { "4": 1.5, "3": 2.5, "1": 3.8 },
  source: "s",
};

describe("thresholds", () => {
  it("come red first and leave out what the kind does not use", () => {
    expect(sensorThresholds(RIVER)).toEqual([
      { level: 1, value: 3.8 },
      { level: 3, value: 2.5 },
      { level: 4, value: 1.5 },
    ]);
  });

  it("widen the axis only when they are near", () => {
    const [low, high] = axisRange([1.2, 2.2], sensorThresholds(RIVER));
    expect(low).toBeLessThan(1.2);
    expect(high).toBeGreaterThan(2.5);
    expect(high).toBeLessThan(3.8);
  });

  it("give a usable axis for constant, empty and negative series", () => {
    for (const values of [[0, 0], [], [-3, -3], [Number.NaN]]) {
      const [low, high] = axisRange(values, []);
      expect(high).toBeGreaterThan(low);
    }
    expect(axisRange([0.01, 5], [])[0]).toBe(0);
  });
});
