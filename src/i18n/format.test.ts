import { describe, expect, it } from "vitest";
import { createFormat } from "./format.ts";

const zh = createFormat("zh-CN");
const en = createFormat("en");
/** 2024-07-22 10:30:05 in Beijing. */
const MOMENT = Date.UTC(2024, 6, 22, 2, 30, 5);
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("ages", () => {
  it.each([
    [-5, "刚刚", "now"],
    [1, "刚刚", "now"],
    [12, "12 秒前", "12 s ago"],
    [59.9, "59 秒前", "59 s ago"],
    [60, "1 分钟前", "1 min ago"],
    [7199, "1 小时前", "1 h ago"],
    [86_400 * 3, "3 天前", "3 d ago"],
  ])("%s s", (seconds, inZh, inEn) => {
    expect(plain(zh.age(MOMENT - seconds * 1000, MOMENT))).toBe(inZh);
    expect(plain(en.age(MOMENT - seconds * 1000, MOMENT))).toBe(inEn);
  });
});

describe("times", () => {
  it("are Beijing time on any computer", () => {
    expect(zh.time(MOMENT)).toBe("10:30:05");
    expect(en.shortTime(MOMENT)).toBe("10:30");
    expect(zh.dateTime(MOMENT)).toBe("7月22日 10:30");
    expect(en.dateTime(MOMENT)).toBe("22 Jul 10:30");
    expect(zh.time(Date.UTC(2024, 6, 21, 16, 0, 0))).toBe("00:00:00");
  });

  it.each([
    [16, "16:00"],
    [6.25, "06:15"],
    [24, "00:00"],
    [23.999, "00:00"],
  ])("hour %s reads %s", (hour, expected) => {
    expect(zh.hour(hour)).toBe(expected);
  });
});

describe("numbers", () => {
  it("keep the figure and its unit together", () => {
    expect(zh.measure(3.456, "m", 2)).toBe("3.46\u00a0m");
    expect(zh.measure(95.4, "%")).toBe("95%");
    expect(zh.measure(-0.001, "m", 1)).toBe("0.0\u00a0m");
  });

  it("show a dash for what is not known", () => {
    expect(zh.measure(null, "m")).toBe("—");
    expect(zh.measure(Number.NaN, "m")).toBe("—");
  });

  it("shorten large counts the way each language does", () => {
    expect(zh.count(74_120)).toBe("74,120");
    expect(plain(zh.count(741_200))).toBe("74.1 万");
    expect(plain(en.count(741_200))).toBe("741 k");
  });

  it.each([
    [350, "350 m"],
    [1000, "1 km"],
    [1500, "1.5 km"],
  ])("%s m is %s", (metres, expected) => {
    expect(plain(zh.distance(metres))).toBe(expected);
  });
});
