import { describe, expect, it } from "vitest";
import { type AlertText, alertOf, infoXml } from "./alert.fixture.ts";
import { warningsOfAlert } from "./cap-warnings.ts";

const feed = { feedId: "hub", provenance: { kind: "SIMULATED", source: "test" } } as const;
const warningsOf = (text?: AlertText) => warningsOfAlert(alertOf(text), feed);
const parameter = (name: string, value: string) =>
  `<parameter><valueName>${name}</valueName><value>${value}</value></parameter>`;
const levelWith = (extra: string, severity?: string) =>
  warningsOf({ body: infoXml({ extra, ...(severity !== undefined && { severity }) }) })[0]!.level;

describe("warningsOfAlert", () => {
  it.each([
    ["warningColor", "red", 1],
    ["warningColor", "Orange", 2],
    ["预警颜色", "黄色", 3],
    ["预警级别", "蓝色预警", 4],
    ["Warning Color", "RED", 1],
    ["awareness_level", "2; yellow; Moderate", 3],
  ])("takes the level from %s = %s", (name, value, level) => {
    expect(levelWith(parameter(name, value), "Unknown")).toBe(level);
  });

  it("falls back to severity when no colour is named", () => {
    const levels = ["Extreme", "Severe", "Moderate", "Minor", "Unknown"].map((severity) =>
      levelWith("", severity),
    );
    expect(levels).toEqual([1, 2, 3, 4, 4]);
    expect(levelWith(parameter("warningColor", "scored by committee"), "Extreme")).toBe(1);
    expect(levelWith(parameter("background", "red"), "Minor")).toBe(4);
  });

  it("puts each language where it belongs and fills gaps from the other", () => {
    const body =
      infoXml({
        language: "zh-CN",
        event: "暴雨",
        extra: "<headline>暴雨橙色预警</headline><instruction>避险</instruction>",
      }) + infoXml({ language: "en", event: "Rainstorm", extra: "<headline>Orange</headline>" });
    const [warning, ...others] = warningsOf({ body });
    expect(others).toEqual([]);
    expect(warning).toMatchObject({
      id: "A1",
      event: { zh: "暴雨", en: "Rainstorm" },
      headline: { zh: "暴雨橙色预警", en: "Orange" },
      instruction: { zh: "避险", en: "避险" },
      status: "Exercise",
      feedId: "hub",
    });
    expect(warning!.provenance).toEqual({ kind: "SIMULATED", source: "test", observedAtMs: warning!.sentMs });
  });

  it("shows a language that is neither in both places", () => {
    const [warning] = warningsOf({ body: infoXml({ language: "tl", event: "Bagyo" }) });
    expect(warning!.event).toEqual({ zh: "Bagyo", en: "Bagyo" });
    const [traditional] = warningsOf({ body: infoXml({ language: "zh-TW", event: "豪雨" }) });
    expect(traditional!.event.zh).toBe("豪雨");
  });

  it("makes one warning per block of the first language, each with its own translation", () => {
    const body = ["zh-CN", "en"]
      .map((language) =>
        ["A", "B"]
          .map((event) =>
            infoXml({
              language,
              event: `${event} ${language}`,
              severity: event === "A" ? "Minor" : "Extreme",
            }),
          )
          .join(""),
      )
      .join("");
    const warnings = warningsOf({ body });
    expect(
      warnings.map((warning) => [warning.id, warning.event.zh, warning.event.en, warning.level]),
    ).toEqual([
      ["A1", "A zh-CN", "A en", 4],
      ["A1#2", "B zh-CN", "B en", 1],
    ]);
  });

  it("is in force from sent when it names no other time", () => {
    const [warning] = warningsOf({
      body: infoXml({ extra: "<expires>2026-07-22T16:30:00+08:00</expires>" }),
    });
    expect(warning!.effectiveMs).toBe(warning!.sentMs);
    expect(warning!.expiresMs! - warning!.sentMs).toBe(6 * 3600_000);
  });
});
