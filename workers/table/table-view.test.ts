import { describe, expect, it } from "vitest";
import type { TableColumn } from "../../src/domain/table.ts";
import { classesOf, roundStep } from "./row-classes.ts";
import type { TableSource } from "./table-source.ts";
import { TableView } from "./table-view.ts";

const COLUMNS: readonly TableColumn[] = [
  { name: "id", kind: "text" },
  {
    name: "use",
    kind: "text",
    title: { zh: "用途", en: "Use" },
    words: { office: { zh: "办公", en: "Office" }, school: { zh: "学校", en: "School" } },
  },
  { name: "height", kind: "number", title: { zh: "高度", en: "Height" }, unit: "m" },
];
const ROWS = [
  ["b", "office", 30],
  ["a", "school", 12],
  ["c", "office", null],
  ["=SUM(A1)", "school", 90],
] as const;

function source(): TableSource {
  return {
    count: ROWS.length,
    columns: COLUMNS,
    value: (row, column) => ROWS[row]?.[column] ?? null,
    idOf: (row) => String(ROWS[row]?.[0]),
    geometryOf: (row) => ({ type: "Point", coordinates: [123 + row, 41] }),
  };
}
const ALL = { filter: "", sort: null, isDescending: false };
async function ids(view: TableView): Promise<unknown[]> {
  return (await view.tableRows(0, 100)).cells.map(([id]) => id);
}

describe("TableView", () => {
  it.each([
    ["高度>20", ["b", "=SUM(A1)"]],
    ["Height>=30 use=办公", ["b"]],
    ["用途=Office", ["b", "c"]],
    ["use!=office", ["a", "=SUM(A1)"]],
    ["height=-", ["c"]],
    ["学校", ["a", "=SUM(A1)"]],
    ["-学校", ["b", "c"]],
    ["", ["b", "a", "c", "=SUM(A1)"]],
  ])("filter %s", async (filter, wanted) => {
    const view = new TableView(source());
    expect((await view.tableQuery({ ...ALL, filter })).count).toBe(wanted.length);
    expect(await ids(view)).toEqual(wanted);
  });

  it("sorts numbers and words, rows without a value last both ways", async () => {
    const view = new TableView(source());
    await view.tableQuery({ ...ALL, sort: "height" });
    expect(await ids(view)).toEqual(["a", "b", "=SUM(A1)", "c"]);
    await view.tableQuery({ ...ALL, sort: "高度", isDescending: true });
    expect(await ids(view)).toEqual(["=SUM(A1)", "b", "a", "c"]);
    await view.tableQuery({ ...ALL, sort: "use" });
    expect(await ids(view)).toEqual(["b", "c", "a", "=SUM(A1)"]);
  });

  it("knows where a row is, and that it is not there", async () => {
    const view = new TableView(source());
    await view.tableQuery({ ...ALL, filter: "高度>20", sort: "height", isDescending: true });
    expect([await view.tablePosition(3), await view.tablePosition(0), await view.tablePosition(1)]).toEqual([
      0, 1, -1,
    ]);
  });

  it("refuses a column that is not there, and stays as it was", async () => {
    const view = new TableView(source());
    await view.tableQuery({ ...ALL, filter: "高度>20" });
    await expect(view.tableQuery({ ...ALL, filter: "层高>3" })).rejects.toMatchObject({
      code: "table.unknown-column",
      params: { column: "层高" },
    });
    expect(await ids(view)).toEqual(["b", "=SUM(A1)"]);
  });

  it("exports CSV that no spreadsheet runs, with what it is above it", async () => {
    const view = new TableView(source());
    const words = { language: "zh", about: [["数据性质", "SAMPLE", "=1+1"]], provenance: "SAMPLE" } as const;
    const text = await (await view.tableExport("csv", words)).text();
    expect(text).toContain('数据性质,SAMPLE,"\'=1+1"');
    expect(text).toContain("id,用途,高度（m）\r\n");
    expect(text).toContain('"\'=SUM(A1)",学校,90\r\n');
    expect(text).not.toMatch(/^=|,=/m);
  });

  it("exports the rows that pass as GeoJSON", async () => {
    const view = new TableView(source());
    await view.tableQuery({ ...ALL, filter: "用途=办公" });
    const words = { language: "en", about: [], provenance: "SAMPLE" } as const;
    const json = JSON.parse(await (await view.tableExport("geojson", words)).text()) as {
      features: { id: string; properties: object; geometry: object }[];
    };
    expect(json.features.map(({ id }) => id)).toEqual(["b", "c"]);
    expect(json.features[1]).toMatchObject({
      properties: { id: "c", use: "office" },
      geometry: { type: "Point", coordinates: [125, 41] },
    });
  });
});

describe("classesOf", () => {
  it("counts values, most first, and rows without one", () => {
    const rows = Uint32Array.from([0, 1, 2, 3]);
    expect(classesOf(source(), rows, 1).classes).toEqual([
      { label: "office", value: "office", count: 2 },
      { label: "school", value: "school", count: 2 },
    ]);
    expect(classesOf(source(), rows, 2).empty).toBe(1);
  });

  it("many numbers fall into spans that hold every row", () => {
    const many: TableSource = { ...source(), count: 100, value: (row) => row * 1.7 };
    const { classes } = classesOf(
      many,
      Uint32Array.from({ length: 100 }, (_, i) => i),
      2,
    );
    expect(classes[0]?.label).toBe("0 – 50");
    expect(classes.reduce((sum, { count }) => sum + count, 0)).toBe(100);
  });

  it("has round steps", () => expect([0.03, 1, 1.2, 7, 60].map(roundStep)).toEqual([0.05, 1, 2, 10, 100]));
});
