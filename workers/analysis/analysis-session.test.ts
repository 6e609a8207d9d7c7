import { describe, expect, it } from "vitest";
import type { BuildingIndex, GroundGrid } from "../../src/domain/building-index.ts";
import { encodeBuildingIndex, encodeGroundGrid } from "../../src/domain/building-index-codec.ts";
import { pointInRing } from "../../src/geo/polygon.ts";
import { seededNumbers } from "../../src/geo/seeded.fixture.ts";
import { AnalysisSession } from "./analysis-session.ts";
import { areaKm2, rowsInside } from "./area-search.ts";
import { cityOf, gridOf } from "./city.fixture.ts";
import { leastCpuMs } from "./cpu-time.fixture.ts";
import { RingTester } from "./ring-tester.ts";

const SQUARE = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

function session(files: Readonly<Record<string, Uint8Array>>): AnalysisSession {
  return new AnalysisSession(async (url) => (files[url]?.slice().buffer as ArrayBuffer | undefined) ?? null);
}

async function loaded(index: BuildingIndex, grid?: GroundGrid): Promise<AnalysisSession> {
  const city = session({
    "/tilesets/t/index.bin": encodeBuildingIndex(index),
    ...(grid && { "/tilesets/t/ground.bin": encodeGroundGrid(grid) }),
  });
  await city.load("/tilesets/t/");
  return city;
}

/** Points over the demo city's box, and a star of many corners in its middle. */
function manyPoints(count: number): BuildingIndex {
  const random = seededNumbers(7);
  return cityOf(
    Array.from({ length: count }, () => [123.3 + random() * 0.26, 41.7 + random() * 0.17] as const),
  );
}

function star(corners: number, inner = 0.025): [number, number][] {
  return Array.from({ length: corners }, (_, i) => {
    const angle = (i / corners) * 2 * Math.PI;
    const radius = i % 2 === 0 ? 0.06 : inner;
    return [123.43 + radius * Math.cos(angle), 41.79 + radius * Math.sin(angle)];
  });
}

describe("RingTester", () => {
  it("agrees with the plain even-odd rule on rings of any size", () => {
    const city = manyPoints(2000);
    for (const corners of [3, 4, 7, 50, 999]) {
      const ring = star(corners);
      const tester = new RingTester([...ring, ring[0]!]);
      for (let row = 0; row < city.count; row++) {
        const [lon, lat] = [city.longitudeDeg[row]!, city.latitudeDeg[row]!];
        expect(tester.contains(lon, lat)).toBe(pointInRing(lon, lat, ring));
      }
    }
  });
});

describe("rowsInside", () => {
  const city = cityOf([
    [0.5, 0.5],
    [1.5, 0.5],
    [2.5, 0.5],
    [0.5, 5],
  ]);

  it("joins polygons and circles without counting twice", () => {
    const circles = [
      { longitudeDeg: 0.5, latitudeDeg: 0.5, radius: 1000 },
      { longitudeDeg: 2.5, latitudeDeg: 0.5, radius: 1000 },
    ];
    expect([...rowsInside(city, { polygons: [SQUARE], circles })]).toEqual([0, 2]);
    expect([...rowsInside(city, { polygons: [], circles: [] })]).toEqual([]);
  });

  it("agrees with each part asked by itself, however many parts there are", () => {
    const city = manyPoints(3000);
    const random = seededNumbers(5);
    const places = Array.from(
      { length: 60 },
      () => [123.3 + random() * 0.26, 41.7 + random() * 0.17] as const,
    );
    const polygons = places
      .slice(0, 30)
      .map(([lon, lat]) =>
        star(9, 0.004).map(([x, y]) => [lon + (x - 123.43) / 8, lat + (y - 41.79) / 8] as const),
      );
    const circles = places
      .slice(30)
      .map(([longitudeDeg, latitudeDeg]) => ({ longitudeDeg, latitudeDeg, radius: 400 + random() * 900 }));
    const alone = new Set([
      ...polygons.flatMap((ring) => [...rowsInside(city, { polygons: [ring], circles: [] })]),
      ...circles.flatMap((circle) => [...rowsInside(city, { polygons: [], circles: [circle] })]),
    ]);
    expect(alone.size).toBeGreaterThan(200);
    expect([...rowsInside(city, { polygons, circles })]).toEqual([...alone].sort((a, b) => a - b));
  });

  it("measures a circle in metres", () => {
    const at = cityOf([
      [123.43, 41.79 + 0.999 / 111.195],
      [123.43, 41.79 + 1.001 / 111.195],
    ]);
    const circles = [{ longitudeDeg: 123.43, latitudeDeg: 41.79, radius: 1000 }];
    expect([...rowsInside(at, { polygons: [], circles })]).toEqual([0]);
    expect(areaKm2({ polygons: [], circles })).toBeCloseTo(Math.PI);
  });

  it("passes over 50 000 buildings and a warning of 2 000 corners in well under 50 ms", async () => {
    const big = manyPoints(50_000);
    const ring = star(2000, 0.0595);
    rowsInside(big, { polygons: [ring], circles: [] });
    expect(await leastCpuMs(12, () => rowsInside(big, { polygons: [ring], circles: [] }))).toBeLessThan(50);
  });
});

describe("AnalysisSession", () => {
  it("lists who is inside: the tallest first, the fullest among equals, 200 at most", async () => {
    const places = Array.from({ length: 300 }, (_, i) => [0.5, i / 301] as const);
    const city = await loaded(
      cityOf(places, {
        height: Float32Array.from(places, (_, i) => (i === 299 ? 300 : i < 50 ? 50 : 10)),
        residentsNight: Uint32Array.from(places, (_, i) => (i === 7 ? 500 : 1)),
        names: { 299: "塔" },
      }),
    );
    const inside = await city.inside({ polygons: [SQUARE], circles: [] });
    expect(inside.buildings).toBe(300);
    expect(inside.residentsNight).toBe(799);
    expect(inside.rows).toHaveLength(200);
    expect(inside.rows.slice(0, 3).map((row) => row.buildingId)).toEqual([
      "T-000300",
      "T-000008",
      "T-000001",
    ]);
    expect(inside.rows[0]).toMatchObject({ name: "塔", height: 300, depth: null });
    expect(inside.area).toBeCloseTo(12308.78, 0);
  });

  it("finds by id, by name and by district", async () => {
    const city = await loaded(
      cityOf(
        [
          [0, 0],
          [1, 1],
          [2, 2],
        ],
        {
          names: { 1: "沈阳站", 2: "新沈阳" },
          districts: ["和平区", "沈河区"],
          district: Uint8Array.of(0, 1, 0),
        },
      ),
    );
    const ids = async (text: string, limit = 10) =>
      (await city.find(text, limit)).map((row) => row.buildingId);
    expect(await ids("T-000002")).toEqual(["T-000002"]);
    expect(await ids("t-000002")).toEqual(["T-000002"]);
    expect(await ids("沈阳")).toEqual(["T-000002", "T-000003"]);
    expect(await ids("和平")).toEqual(["T-000001", "T-000003"]);
    expect(await ids("000", 2)).toEqual(["T-000001", "T-000002"]);
    expect(await ids("  ")).toEqual([]);
    expect(await ids("nowhere")).toEqual([]);
  });

  it("does without ground until water is asked for", async () => {
    const city = session({ "/c/index.bin": encodeBuildingIndex(cityOf([[0, 0]])) });
    expect(await city.load("/c")).toMatchObject({ buildings: 1, hasGround: false });
    await expect(city.inundate(1)).rejects.toMatchObject({ code: "analysis.ground" });
    const wet = await loaded(cityOf([[1, 0.5]]), gridOf("~1", "~1"));
    expect((await wet.inundate(2)).affected.buildings).toBe(1);
  });

  it("says what is missing", async () => {
    await expect(session({}).load("/c/")).rejects.toMatchObject({
      code: "analysis.index",
      params: { url: "/c/index.bin" },
    });
    await expect(session({}).inside({ polygons: [], circles: [] })).rejects.toMatchObject({
      code: "analysis.not-loaded",
    });
  });

  it("floods a city of 45 000 buildings over 400 000 nodes in tenths of a second", async () => {
    const n = 640;
    const elevation = new Float32Array(n * n);
    const water = new Uint8Array(n * n);
    for (let i = 0; i < n * n; i++) {
      const away = Math.abs(Math.floor(i / n) - n / 2);
      elevation[i] = away / 40 + Math.sin(i % n) * 0.4;
      water[i] = away < 6 ? 1 : 0;
    }
    const grid = {
      west: 123.3,
      south: 41.7,
      east: 123.56,
      north: 41.87,
      columns: n,
      rows: n,
      elevation,
      water,
    };
    const city = await loaded(manyPoints(45_000), grid);
    await city.inundate(2.9);
    const { affected, mesh } = await city.inundate(3);
    expect(affected.buildings).toBeGreaterThan(10_000);
    expect(mesh.indices.length).toBeGreaterThan(300_000);
    let level = 3;
    expect(
      await leastCpuMs(2, () => {
        level += 0.01;
        return city.inundate(level);
      }),
    ).toBeLessThan(1500);
  });
});
