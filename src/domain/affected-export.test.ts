import { describe, expect, it } from "vitest";
import { type AffectedReport, affectedCsv, affectedGeoJson, csvField } from "./affected-export.ts";

const report = (name = "塔"): AffectedReport => ({
  incident: { id: "SY-0722-1030-K7QF", title: { zh: "积水，青年大街", en: "Water, Qingnian Street" } },
  area: {
    polygons: [
      [
        [123, 41],
        [123, 42],
        [124, 42],
        [124, 41],
        [123, 41],
      ],
    ],
    circles: [{ longitudeDeg: 123.4, latitudeDeg: 41.8, radius: 500 }],
  },
  affected: {
    buildings: 1,
    residentsDay: 30,
    residentsNight: 40,
    area: 1,
    rows: [
      {
        buildingId: "SY-000001",
        name,
        use: 0,
        height: 31.5,
        floors: 10,
        residentsDay: 30,
        residentsNight: 40,
        longitudeDeg: 123.123456789,
        latitudeDeg: 41.5,
        depth: null,
      },
    ],
    provenance: { kind: "SAMPLE", source: { zh: "示范城市", en: "demonstration city" } },
  },
  atMs: Date.parse("2026-07-22T02:30:00Z"),
});

describe("CSV", () => {
  it.each<[string | number | null, string]>([
    ["=1+1", `"'=1+1"`],
    ["+86 24", `"'+86 24"`],
    ["-SUM(A1)", `"'-SUM(A1)"`],
    ["@x", `"'@x"`],
    ["\tx", `"'\tx"`],
    ["\rx", `"'\rx"`],
    ['a "b"', '"a ""b"""'],
    ["a,b", '"a,b"'],
    ["两\n行", '"两\n行"'],
    ["plain", "plain"],
    [-5.25, "-5.25"],
    [Number.NaN, ""],
    [null, ""],
  ])("writes %j as %s", (value, expected) => {
    expect(csvField(value)).toBe(expected);
  });

  it("begins with a byte order mark and says where it comes from; a name cannot become a formula", () => {
    const text = affectedCsv(report('=HYPERLINK("http://x")'), "zh");
    expect([...new TextEncoder().encode(text).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = text.slice(1).split("\r\n");
    expect(lines[0]).toBe("事件,SY-0722-1030-K7QF,积水，青年大街");
    expect(lines).toContain("数据性质,SAMPLE,示范城市");
    const head = lines.findIndex((line) => line.startsWith("编号,"));
    expect(lines[head - 1]).toBe("");
    expect(lines[head + 1]).toBe(`SY-000001,"'=HYPERLINK(""http://x"")",居住,31.5,10,30,40,123.1234568,41.5`);
    expect(lines.slice(head + 2)).toEqual([""]);
  });

  it("speaks English too", () => {
    const text = affectedCsv(report(), "en");
    expect(text).toContain("provenance,SAMPLE,demonstration city");
    expect(text).toContain('incident,SY-0722-1030-K7QF,"Water, Qingnian Street"');
    expect(text).not.toContain("编号");
  });
});

describe("surroundings", () => {
  const provenance = { kind: "SAMPLE", source: "demo" } as const;
  const plain = report();
  const full: AffectedReport = {
    ...plain,
    affected: {
      ...plain.affected,
      facilities: [
        {
          id: "F1",
          kind: "school",
          name: { zh: "@小学", en: "School" },
          longitudeDeg: 123.5,
          latitudeDeg: 41.5,
          capacity: 900,
          distance: 120.6,
          provenance,
        },
      ],
      pipes: [{ kind: "gas", length: 1234.5, count: 7, largestMm: 400 }],
    },
  };

  it("stand in tables of their own after the buildings, and are left out where there are none", () => {
    const lines = affectedCsv(full, "zh").split("\r\n");
    const at = lines.findIndex((line) => line.startsWith("设施编号"));
    expect(lines[at - 1]).toBe("");
    expect(lines[at + 1]).toBe(`F1,"'@小学",学校,900,121,123.5,41.5,SAMPLE`);
    expect(lines.slice(at + 2)).toEqual(["", "管线,长度（m）,段数,最大管径（mm）", "燃气,1235,7,400", ""]);
    expect(affectedCsv(plain, "zh")).not.toContain("设施编号");
  });

  it("are points with a kind in GeoJSON", () => {
    const json = JSON.parse(affectedGeoJson(full));
    expect(json.features.at(-1)).toMatchObject({
      id: "F1",
      geometry: { type: "Point", coordinates: [123.5, 41.5] },
      properties: { kind: "school", capacity: 900, provenance: "SAMPLE" },
    });
    expect(json.totals.pipes).toHaveLength(1);
  });
});

describe("GeoJSON", () => {
  it("has closed counter-clockwise rings, a point for each building and its provenance", () => {
    const json = JSON.parse(affectedGeoJson(report()));
    expect(json).toMatchObject({
      type: "FeatureCollection",
      provenance: { kind: "SAMPLE" },
      totals: { buildings: 1, residentsDay: 30, residentsNight: 40 },
    });
    const [area, building] = json.features;
    expect(area.geometry.type).toBe("MultiPolygon");
    for (const [ring] of area.geometry.coordinates as [number[][]][]) {
      expect(ring.length).toBeGreaterThanOrEqual(4);
      expect(ring.at(-1)).toEqual(ring[0]);
      const turns = ring
        .slice(1)
        .reduce((sum, [x], i) => sum + ring[i]![0]! * ring[i + 1]![1]! - x! * ring[i]![1]!, 0);
      expect(turns).toBeGreaterThan(0);
    }
    expect(building).toMatchObject({
      type: "Feature",
      id: "SY-000001",
      geometry: { type: "Point", coordinates: [123.1234568, 41.5] },
      properties: { kind: "building", name: "塔", residentsNight: 40, provenance: "SAMPLE" },
    });
  });

  it("draws a circle at its radius", () => {
    const json = JSON.parse(affectedGeoJson(report()));
    const [ring] = json.features[0].geometry.coordinates[1] as [number[][]];
    const [lon, lat] = ring[16]!;
    expect(lon).toBeCloseTo(123.4, 6);
    expect((lat! - 41.8) * 111_078).toBeCloseTo(500, -1);
  });
});
