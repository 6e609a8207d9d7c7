import { describe, expect, it } from "vitest";
import { encodeBuildingIndex } from "../../src/domain/building-index-codec.ts";
import { cityOf } from "../analysis/city.fixture.ts";
import { OnemapSession } from "./onemap-session.ts";
import { PlaceIndex } from "./place-index.ts";
import { checkRedLines } from "./red-lines.ts";
import { speakName } from "./speak-names.ts";

const square = (west: number, south: number, size: number) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const area = (properties: Record<string, unknown>, ring: number[][]) => ({
  id: String(properties.id),
  rings: [ring] as never,
  properties,
});
/** Blocks of about a hundred metres at 41 degrees north. */
const BLOCKS = [
  area({ id: "B1", heightLimit: 24, far: 1, density: 20, area: 1000 }, square(123, 41, 0.001)),
  area({ id: "B2", heightLimit: 54, far: 9, density: 90, area: 10_000 }, square(123.002, 41, 0.001)),
];
const LINES = [
  area({ id: "U", line: "城镇开发边界" }, square(122.99, 40.99, 0.03)),
  area({ id: "F", line: "永久基本农田" }, square(123.01, 41, 0.002)),
  area({ id: "E", line: "生态保护红线" }, square(123.015, 41, 0.002)),
];

describe("checkRedLines", () => {
  const index = cityOf(
    [
      [123.0005, 41.0005],
      [123.0025, 41.0005],
      [123.011, 41.001],
      [123.05, 41.05],
    ],
    {
      height: Float32Array.from([30, 54.4, 8, 8]),
      floors: Uint16Array.from([10, 15, 2, 2]),
      footprintArea: Float32Array.from([300, 300, 50, 50]),
    },
  );

  it("finds what is too high, on farmland and outside, and lets half a metre pass", () => {
    const { findings, counts } = checkRedLines(index, { blocks: BLOCKS, lines: LINES }, []);
    expect(findings.map(({ rule, id, limit, planId }) => [rule, id, limit, planId])).toEqual([
      ["height", "T-000001", 24, "B1"],
      ["farmland", "T-000003", null, "F"],
      ["urban", "T-000004", null, ""],
    ]);
    expect(counts).toEqual({ height: 1, urban: 1, farmland: 1, ecology: 0 });
  });

  it("sums up blocks: floor area and footprints against the ground", () => {
    const { blocks } = checkRedLines(index, { blocks: BLOCKS, lines: LINES }, []);
    expect(blocks.map(({ planId, measure, built, allowed }) => [planId, measure, built, allowed])).toEqual([
      ["B1", "far", 3, 1],
      ["B1", "density", 30, 20],
    ]);
  });

  it("a building beside a line touches it by its footprint", () => {
    const beside = cityOf([[123.01499, 41.001]], { footprintArea: Float32Array.from([400]) });
    expect(checkRedLines(beside, { blocks: [], lines: LINES }, []).counts.ecology).toBe(1);
    const small = cityOf([[123.0148, 41.001]], { footprintArea: Float32Array.from([4]) });
    expect(checkRedLines(small, { blocks: [], lines: LINES }, []).counts.ecology).toBe(0);
  });

  it("a model is judged by its outline", () => {
    const ring = [
      [123.0008, 41.0002],
      [123.0022, 41.0002],
      [123.0022, 41.0004],
      [123.0008, 41.0004],
    ] as [number, number][];
    const { findings } = checkRedLines(cityOf([]), { blocks: BLOCKS, lines: LINES }, [
      { id: "m", name: "楼", ring, height: 60 },
    ]);
    expect(findings.map(({ rule, subject, planId }) => [rule, subject, planId])).toEqual([
      ["height", "model", "B1"],
      ["height", "model", "B2"],
    ]);
  });
});

describe("PlaceIndex", () => {
  const place = (id: string, zh: string, en = "") =>
    ({
      id,
      kind: "landmark",
      name: { zh, en },
      note: { zh: "", en: "" },
      longitudeDeg: 0,
      latitudeDeg: 0,
      size: 1,
    }) as const;
  const places = new PlaceIndex(
    [
      place("1", "沈阳北站", "Shenyang North Station"),
      place("2", "沈阳故宫", "Imperial Palace"),
      place("3", "和平区"),
      place("4", "女儿河"),
    ],
    new Map([["和平区", "210102"]]),
    speakName,
  );
  const names = (text: string) => places.find(text, 9).map(({ name }) => name.zh);
  it.each([
    ["沈阳", ["沈阳北站", "沈阳故宫"]],
    ["故宫", ["沈阳故宫"]],
    ["sygg", ["沈阳故宫"]],
    ["shenyangbei", ["沈阳北站"]],
    ["shen yang gu gong", ["沈阳故宫"]],
    ["gugong", ["沈阳故宫"]],
    ["imperial", ["沈阳故宫"]],
    ["210102", ["和平区"]],
    ["2101", ["和平区"]],
    ["nver", ["女儿河"]],
    ["nuer", ["女儿河"]],
    ["xyz", []],
    ["", []],
  ])("%s", (text, wanted) => expect(names(text)).toEqual(wanted));
});

describe("OnemapSession", () => {
  const files = new Map<string, Uint8Array>([["c/index.bin", encodeBuildingIndex(cityOf([[123, 41]]))]]);
  const session = () =>
    new OnemapSession(
      async (url) => (files.get(url)?.slice().buffer as ArrayBuffer | undefined) ?? null,
      async () => speakName,
    );

  it("answers rows of buildings", async () => {
    const one = session();
    one.setCity("c", "k/");
    expect(await one.buildingRow("T-000001")).toBe(0);
    expect(
      (await (await one.table()).tableQuery({ filter: "用途=居住", sort: null, isDescending: false })).count,
    ).toBe(1);
  });

  it("tells which buildings a filter leaves out", async () => {
    const one = session();
    one.setCity("c", "k/");
    expect(await one.filterBuildings("用途=居住")).toEqual({ leftOut: Uint8Array.of(0), count: 1 });
    expect(await one.filterBuildings("height>900")).toEqual({ leftOut: Uint8Array.of(1), count: 0 });
    await expect(one.filterBuildings("坡度>3")).rejects.toMatchObject({ code: "table.unknown-column" });
  });

  it("says that a city has no plan, and finds no places where it has no files", async () => {
    const one = session();
    one.setCity("c", "k/");
    await expect(one.redLines([])).rejects.toMatchObject({ code: "red-line.no-plan" });
    expect(await one.findPlaces("沈阳", 5)).toEqual([]);
  });
});
