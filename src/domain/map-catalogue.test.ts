import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { classOf, colorWithOpacity, legendOf } from "./layer-style.ts";
import { entriesOf, parseCatalogue, searchCatalogue } from "./map-catalogue.ts";
import { hasSecret } from "./map-service.ts";

const shipped = JSON.parse(readFileSync("public/catalogue/one-map.json", "utf8")) as unknown;
const title = { zh: "用地", en: "Land use" };
const layer = (id: string, extra: object = {}) => ({
  id,
  title,
  service: { kind: "geojson", url: "a.geojson" },
  provenance: { kind: "SAMPLE", source: "s" },
  grade: 2,
  ...extra,
});
const catalogue = (...layers: object[]) => ({ version: 1, groups: [{ id: "g", title, layers }] });

describe("parseCatalogue", () => {
  it("reads the shipped catalogue without a problem", () => {
    const { groups, problems } = parseCatalogue(shipped);
    expect(problems).toEqual([]);
    const entries = entriesOf(groups);
    expect(entries.length).toBeGreaterThan(10);
    for (const { provenance, service } of entries)
      if ("url" in service) expect(provenance.kind).toBe("SAMPLE");
  });

  it("leaves out a wrong layer and names its field, and keeps the others", () => {
    const { groups, problems } = parseCatalogue(
      catalogue(layer("a"), layer("b", { grade: 9 }), layer("c", { colour: 1 }), layer("a")),
    );
    expect(entriesOf(groups).map(({ id }) => id)).toEqual(["a"]);
    expect(problems.map(({ params }) => [params.layer, params.field])).toEqual([
      ["b", "grade"],
      ["c", "colour"],
      ["a", "id"],
    ]);
  });

  it("refuses what is no catalogue", () => {
    expect(() => parseCatalogue({ version: 2, groups: [] })).toThrow("version");
  });

  it("finds by title, group and kind", () => {
    const { groups } = parseCatalogue(shipped);
    const names = (text: string) => entriesOf(searchCatalogue(groups, text)).map(({ id }) => id);
    expect(names("限高")).toEqual(["control-height", "height-sheets"]);
    expect(names("metro")).toEqual(["metro"]);
    expect(names("基础设施")).toEqual(["metro", "pipes"]);
    expect(names("没有")).toEqual([]);
  });
});

describe("layer style", () => {
  const style = {
    fillOpacity: 0.5,
    strokeOpacity: 1,
    width: 1,
    classes: [
      { value: "07", color: "#aabbcc", label: title },
      { value: "0703", color: "#112233", label: title },
    ],
  };
  it("a code stands for those that begin with it, the longest first", () => {
    expect([
      classOf(style, "0701"),
      classOf(style, "0703"),
      classOf(style, "08"),
      classOf(style, null),
    ]).toEqual([0, 1, -1, -1]);
  });
  it("numbers fall between breaks", () => {
    const ramp = { ...style, breaks: [10] };
    expect([9.9, 10, 11, "12", "x"].map((value) => classOf(ramp, value))).toEqual([0, 1, 1, 1, -1]);
  });
  it("packs colours", () => expect(colorWithOpacity("#ff0080", 0.5)).toBe(0xff008080));
  it("has no legend without classes", () => expect(legendOf({ ...style, classes: [] }, title)).toBeNull());
});

describe("secrets", () => {
  it("are seen in an address", () => {
    expect(hasSecret({ kind: "xyz", url: "https://x.example/{z}/{x}/{y}?tk=abc" })).toBe(true);
    expect(hasSecret({ kind: "xyz", url: "https://x.example/{z}/{x}/{y}?style=a" })).toBe(false);
  });
});
