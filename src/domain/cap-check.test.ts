import { describe, expect, it } from "vitest";
import { CAP_NOW, capDraft } from "./cap.fixture.ts";
import { crossesItself, parseCapAreas, writeCapAreas } from "./cap-area.ts";
import { checkCapDraft, isIssuable } from "./cap-check.ts";
import type { CapDraft } from "./cap-message.ts";

const problems = (part: Partial<CapDraft>) =>
  checkCapDraft(capDraft(part), CAP_NOW).map(({ field, code, isAdvice }) =>
    [field, code, ...(isAdvice ? ["advice"] : [])].join(" "),
  );
const ring = (...points: [number, number][]): CapDraft["polygons"] => [points];

describe("checkCapDraft", () => {
  it("finds nothing in a good draft", () => {
    expect(problems({})).toEqual([]);
  });

  it.each<[Partial<CapDraft>, string]>([
    [{ headline: { zh: " ", en: "Orange warning" } }, "headline.zh empty"],
    [{ description: { zh: "雨", en: "" } }, "description.en empty"],
    [{ event: { zh: "雨".repeat(61), en: "Rain" } }, "event.zh long"],
    [{ headline: { zh: "暴雨红色预警", en: "Orange warning" } }, "headline.zh colorOther"],
    [{ headline: { zh: "暴雨橙色预警", en: "Yellow warning" } }, "headline.en colorOther"],
    [{ polygons: [], circles: [] }, "areas noArea"],
    [{ polygons: ring([1, 1], [2, 2], [1, 1]) }, "areas corners"],
    [{ polygons: ring([1, 1], [2, 2], [200, 1], [1, 1]) }, "areas outside"],
    [{ polygons: ring([0, 0], [1, 1], [1, 0], [0, 1], [0, 0]) }, "areas crossing"],
    [{ circles: [{ longitudeDeg: 1, latitudeDeg: 1, radius: 0 }] }, "areas circle"],
    [{ expiresMs: CAP_NOW }, "expires expired"],
    [{ expiresMs: Number.NaN }, "expires empty"],
    [{ effectiveMs: CAP_NOW + 7200_000 }, "expires order"],
  ])("%j must be mended: %s", (part, expected) => {
    expect(problems(part)).toEqual([expected]);
    expect(isIssuable(checkCapDraft(capDraft(part), CAP_NOW))).toBe(false);
  });

  it.each<[Partial<CapDraft>, string]>([
    [{ headline: { zh: "暴雨预警", en: "Orange warning" } }, "headline.zh colorMissing advice"],
    [{ polygons: ring([0, 0], [1, 0], [1, 1]) }, "areas open advice"],
    [{ expiresMs: CAP_NOW + 80 * 3600_000 }, "expires lasting advice"],
  ])("%j may go out: %s", (part, expected) => {
    expect(problems(part)).toEqual([expected]);
    expect(isIssuable(checkCapDraft(capDraft(part), CAP_NOW))).toBe(true);
  });

  it("reads a hotline number as no colour: 'wired' is not red", () => {
    expect(problems({ headline: { zh: "暴雨橙色预警", en: "Orange warning, wired networks fail" } })).toEqual(
      [],
    );
  });
});

describe("areas as text", () => {
  it("come back as they were", () => {
    const { polygons, circles } = capDraft();
    const text = writeCapAreas({ polygons, circles });
    expect(text.split("\n")).toEqual(["41.7,123.4 41.7,123.5 41.8,123.5 41.7,123.4", "41.75,123.45 1.5"]);
    expect(parseCapAreas(text)).toEqual({ polygons, circles, faults: [] });
  });

  it("name the line that is none, and read the others", () => {
    const { polygons, circles, faults } = parseCapAreas(
      "41.7,123.4\n\n41.7，123.4 2\nhere\n1,2 3,4 5,6\n1,2 x",
    );
    expect(faults).toEqual([
      { line: 1, text: "41.7,123.4" },
      { line: 4, text: "here" },
      { line: 6, text: "1,2 x" },
    ]);
    expect(circles).toEqual([{ longitudeDeg: 123.4, latitudeDeg: 41.7, radius: 2000 }]);
    expect(polygons).toEqual([
      [
        [2, 1],
        [4, 3],
        [6, 5],
      ],
    ]);
  });
});

describe("crossesItself", () => {
  it.each<[string, [number, number][], boolean]>([
    [
      "a triangle",
      [
        [0, 0],
        [1, 0],
        [0, 1],
      ],
      false,
    ],
    [
      "a closed square",
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
        [0, 0],
      ],
      false,
    ],
    [
      "an hourglass",
      [
        [0, 0],
        [1, 1],
        [1, 0],
        [0, 1],
      ],
      true,
    ],
    [
      "a spike that touches the far edge",
      [
        [0, 0],
        [4, 0],
        [4, 4],
        [2, 0],
        [0, 4],
      ],
      true,
    ],
    [
      "a bay",
      [
        [0, 0],
        [4, 0],
        [4, 4],
        [2, 1],
        [0, 4],
      ],
      false,
    ],
  ])("%s: %s", (_name, points, expected) => {
    expect(crossesItself(points)).toBe(expected);
  });
});
