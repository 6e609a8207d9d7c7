import { describe, expect, it } from "vitest";
import type { Warning } from "../domain/risk.ts";
import { parseBaseMap } from "./base-map-data.ts";
import { keepApart, textWidth } from "./keep-apart.ts";
import { folderOf, localPath } from "./local-path.ts";
import { linearFromHex, mixHex, paletteFor } from "./look-palette.ts";
import { themeConditions } from "./theme-conditions.ts";
import { plainAttribute } from "./tileset-features.ts";
import { ringsOfWarning } from "./warning-rings.ts";

describe("local paths", () => {
  it("are what lies below the made-up root, with spaces and Chinese", () => {
    expect(localPath("https://page/local/m1/a/b.glb", "/local/m1/")).toBe("a/b.glb");
    expect(localPath("https://page/local/m1/%E6%A5%BC%201.glb?v=2", "/local/m1/")).toBe("楼 1.glb");
    expect(folderOf("/local/m1/tileset.json")).toBe("/local/m1/");
  });
});

describe("attributes of tiles", () => {
  it("become plain and readable, whatever the table holds", () => {
    expect(plainAttribute(Number.NaN)).toBeNull();
    expect(plainAttribute(4567890n)).toBe(4567890);
    expect(plainAttribute(9007199254740993n)).toBe("9007199254740993");
    expect(plainAttribute({ x: 0, y: 0.5, z: 2 })).toBe("0, 0.5, 2");
    expect(plainAttribute(new Uint16Array([3, 4]))).toBe("3, 4");
    expect(plainAttribute(["a", null, 2n])).toBe("a, null, 2");
    expect(plainAttribute({ floors: 3 })).toBe('{"floors":3}');
  });
});

describe("palettes", () => {
  it("mix ends at both colours and decode sRGB", () => {
    expect([mixHex("#102030", "#ffffff", 0), mixHex("#102030", "#ffffff", 1)]).toEqual([
      "#102030",
      "#ffffff",
    ]);
    expect(linearFromHex("#ffffff")).toEqual([1, 1, 1]);
    expect(linearFromHex("#808080")[0]).toBeCloseTo(0.2159, 3);
  });

  it("turn the natural look into night after sunset, and no other look", () => {
    const night = paletteFor("night", "night", -20);
    expect(paletteFor("natural", "night", -20)).toEqual(night);
    expect(paletteFor("natural", "day", 11).lit).toBeLessThan(0.05);
    expect(paletteFor("white", "day", -20)).toEqual(paletteFor("white", "day", 50));
    expect(night.lit).toBeGreaterThan(0.25);
    expect(night.lit).toBeLessThan(0.4);
  });
});

describe("labels", () => {
  const box = (left: number) => ({ left, right: left + 10, top: 0, bottom: 10 });
  it("keep the first of those that overlap and drop what is off screen", () => {
    expect(keepApart([box(0), box(5), null, box(20)])).toEqual([true, false, false, true]);
  });
  it("count Chinese characters as squares", () => {
    expect(textWidth("沈阳", 10)).toBe(20);
    expect(textWidth("ab", 10)).toBeCloseTo(11.2, 6);
  });
});

describe("warning areas", () => {
  it("open closed rings, round circles, leave out slivers", () => {
    const warning = {
      polygons: [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 0],
        ],
        [
          [0, 0],
          [1, 1],
        ],
      ],
      circles: [{ longitudeDeg: 123, latitudeDeg: 60, radius: 1000 }],
    } as unknown as Warning;
    const rings = ringsOfWarning(warning);
    expect(rings.map((ring) => ring.length)).toEqual([3, 72]);
    const [lon, lat] = rings[1]![18]!;
    expect(lat).toBeCloseTo(60, 9);
    expect(lon - 123).toBeCloseTo((2 * 1000) / 111_320, 6);
  });
});

describe("theme of foreign tilesets", () => {
  const entries = ["#111111", "#222222", "#333333"].map((color) => ({ color, label: { zh: "", en: "" } }));
  it("covers every value once and leaves features without the property alone", () => {
    const conditions = themeConditions(
      { property: "height", breaks: [10, 20], legend: { title: { zh: "", en: "" }, entries } },
      0.5,
    );
    expect(conditions).toHaveLength(5);
    expect(conditions[0]![0]).toContain("undefined");
    expect(conditions[1]).toEqual([`Number($\{feature['height']}) < 10`, "color('#111111', 0.500)"]);
    expect(conditions[3]![0]).toContain(">= 20");
  });
  it("lets no property name break out of the expression", () => {
    const conditions = themeConditions(
      { property: "a'] || true", legend: { title: { zh: "", en: "" }, entries } },
      1,
    );
    expect(conditions[1]![0]).toBe(`Number($\{feature['atrue']}) === 0`);
  });
});

describe("base map", () => {
  const feature = (kind: string, type: string, coordinates: unknown, more = {}) => ({
    properties: { kind, ...more },
    geometry: { type, coordinates },
  });
  const origin = { longitudeDeg: 123.4, latitudeDeg: 41.8 };

  it("projects, orders by what lies on top, and finds by window", () => {
    const road = feature("road", "LineString", [
      [123.4, 41.8],
      [123.41, 41.8],
    ]);
    const land = feature("land", "Polygon", [
      [
        [123, 41],
        [124, 41],
        [124, 42],
        [123, 41],
      ],
    ]);
    const label = feature("label", "Point", [123.4, 41.8], { name: "塔", heightM: 300 });
    const data = parseBaseMap({ features: [road, land, label] }, origin);
    expect(data.shapes.map((shape) => shape.kind)).toEqual(["land", "road"]);
    expect(data.shapes[1]!.east).toBeCloseTo(830, -1);
    expect(data.shapesIn(100, -50, 200, 50).map((shape) => shape.kind)).toEqual(["land", "road"]);
    expect(data.shapesIn(900, -50, 1000, 50).map((shape) => shape.kind)).toEqual(["land"]);
    expect(data.points).toMatchObject([{ name: "塔", height: 300 }]);
  });

  it("says that it is damaged", () => {
    expect(() => parseBaseMap({}, origin)).toThrow(expect.objectContaining({ code: "basemap.base-damaged" }));
  });
});
