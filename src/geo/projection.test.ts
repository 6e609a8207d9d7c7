import { describe, expect, it } from "vitest";
import { ecefFromGeodetic } from "./ellipsoid.ts";
import { createProjection } from "./projection.ts";
import { seededNumbers } from "./seeded.fixture.ts";

/** Independent points: PROJ 9.1.1, GeographicLib 2.1.2 (exact transverse Mercator) and a 6th-order Kruger series. */
describe("known points", () => {
  it.each([
    ["EPSG:4550", 123.4315, 41.8057, 535858.6908, 4630145.7181],
    ["EPSG:4529", 123.4315, 41.8057, 41535858.6908, 4630145.7181],
    ["EPSG:4549", 121.6147, 38.914, 640048.7746, 4310196.5139],
    ["EPSG:4550", 124.3545, 40.0005, 615667.0305, 4430463.4735],
  ])("%s at %f, %f to a millimetre", (crs, lon, lat, eastings, northings) => {
    const projected = createProjection(crs).fromGeodetic(lon, lat);
    expect(projected.eastings).toBeCloseTo(eastings, 3);
    expect(projected.northings).toBeCloseTo(northings, 3);
  });

  it.each([
    ["EPSG:4550", 382400.1, 4310497.15],
    ["EPSG:4549", 642578.21, 4310908.07],
  ])("Dalian in %s, which straddles two zones", (crs, eastings, northings) => {
    const projected = createProjection(crs).fromGeodetic(121.644, 38.92);
    expect(Math.abs(projected.eastings - eastings)).toBeLessThan(0.01);
    expect(Math.abs(projected.northings - northings)).toBeLessThan(0.01);
  });

  it("web Mercator", () => {
    const p = createProjection("EPSG:3857").fromGeodetic(123.4315, 41.8057);
    expect(p.eastings).toBeCloseTo(13740331.7278, 2);
    expect(p.northings).toBeCloseTo(5131918.5358, 2);
  });

  it("a survey-foot grid says so", () => {
    const austin = createProjection("EPSG:2277");
    expect(austin.unitM).toBeCloseTo(0.3048006096, 9);
    const capitol = austin.fromGeodetic(-97.7404, 30.2747);
    expect(capitol.eastings).toBeGreaterThan(3_100_000);
    expect(capitol.eastings).toBeLessThan(3_130_000);
  });
});

const AREAS: readonly (readonly [string, number, number])[] = [
  ...Array.from({ length: 21 }, (_, i) => [`EPSG:${4534 + i}`, 75 + 3 * i, 41] as const),
  ...Array.from({ length: 21 }, (_, i) => [`EPSG:${4513 + i}`, 75 + 3 * i, 41] as const),
  ...Array.from({ length: 11 }, (_, i) => [`EPSG:${4491 + i}`, 75 + 6 * i, 41] as const),
  ...Array.from({ length: 11 }, (_, i) => [`EPSG:${4502 + i}`, 75 + 6 * i, 41] as const),
  ["EPSG:4490", 123, 41],
  ["EPSG:4326", 123, 41],
  ["EPSG:3857", 123, 41],
  ["EPSG:32651", 123, 41],
  ["EPSG:32760", 177, -39],
  ["EPSG:25832", 9, 48],
  ["EPSG:26915", -93, 42],
  ["EPSG:28355", 147, -37],
  ["EPSG:7856", 153, -33],
  ["EPSG:2193", 174, -41],
  ["EPSG:27215", 173, -41],
  ["EPSG:2326", 114.1, 22.3],
  ["EPSG:2277", -99, 31],
  ["EPSG:3067", 25, 61],
  ["EPSG:3878", 24, 61],
  ["EPSG:2154", 2.3, 48.8],
  ["EPSG:2169", 6.1, 49.6],
  ["EPSG:27700", -2, 53],
  ["EPSG:28992", 5.4, 52.1],
  ["EPSG:31467", 9, 50],
  ["EPSG:5684", 12, 51],
  ["EPSG:5834", 12, 51],
];

describe("round trips", () => {
  it.each(AREAS)("%s comes back within a millimetre", (crs, lon0, lat0) => {
    const projection = createProjection(crs);
    const next = seededNumbers(11);
    for (let i = 0; i < 40; i++) {
      const [lon, lat] = [lon0 + next() * 3 - 1.5, lat0 + next() * 2 - 1];
      const map = projection.fromGeodetic(lon, lat);
      const back = projection.toGeodetic(map.eastings, map.northings);
      const a = ecefFromGeodetic({ longitudeDeg: lon, latitudeDeg: lat, height: 0 });
      const b = ecefFromGeodetic({ ...back, height: 0 });
      expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeLessThan(1e-3);
    }
  });

  it("old datums shift by the hundred metres that they should", () => {
    const shift = createProjection("EPSG:31467").fromGeodetic(9, 50).eastings - 3_500_000;
    expect(Math.abs(shift)).toBeGreaterThan(40);
    expect(Math.abs(shift)).toBeLessThan(150);
  });
});

describe("compound systems", () => {
  it("are read as their horizontal part", () => {
    const at = (crs: string) => createProjection(crs).fromGeodetic(12.3, 51.2);
    expect(at("EPSG:5834")).toEqual(at("EPSG:5684"));
    expect(createProjection("EPSG:5834").epsg).toBe("EPSG:5834");
    expect(createProjection("EPSG:9897").fromGeodetic(6.1, 49.6)).toEqual(
      createProjection("EPSG:2169").fromGeodetic(6.1, 49.6),
    );
  });
});

describe("grid convergence", () => {
  it("is zero on the central meridian and grows to the east", () => {
    const grid = createProjection("EPSG:4550");
    expect(grid.gridConvergenceDeg(123, 41.8)).toBeCloseTo(0, 9);
    // First term of the series: (lon - lon0) sin(lat).
    expect(grid.gridConvergenceDeg(123.4315, 41.8057)).toBeCloseTo(0.4315 * Math.sin(0.729647), 3);
    expect(grid.gridConvergenceDeg(122.5, 41.8)).toBeLessThan(0);
  });
});

describe("names", () => {
  it.each([
    ["4550", "EPSG:4550"],
    ["epsg:4550", "EPSG:4550"],
    ["urn:ogc:def:crs:EPSG::4529", "EPSG:4529"],
    ["http://www.opengis.net/def/crs/EPSG/0/4490", "EPSG:4490"],
    ["CGCS2000 / 3-degree Gauss-Kruger CM 123E", "EPSG:4550"],
    ["CGCS2000_3_Degree_GK_CM_123E", "EPSG:4550"],
    ["CGCS2000_3_Degree_GK_Zone_41", "EPSG:4529"],
    ["CGCS2000 / 3-degree Gauss-Kruger zone 40", "EPSG:4528"],
    ["CGCS2000_GK_CM_123E", "EPSG:4510"],
    ["CGCS2000_GK_Zone_21", "EPSG:4499"],
    ["2000国家大地坐标系 3度带 中央经线123°E", "EPSG:4550"],
    ["国家2000 三度带 带号41", "EPSG:4529"],
    ["CGCS2000", "EPSG:4490"],
    ["WGS 84 / UTM zone 51N", "EPSG:32651"],
    ["ETRS89 / UTM zone 32N", "EPSG:25832"],
    ["IGM95 / UTM zone 33N + Genoa 1942 height", "EPSG:32633"],
    ["MGA2020 Zone 56 and AHD", "EPSG:7856"],
    ["Amersfoort / RD New", "EPSG:28992"],
    ["WGS 84 / Pseudo-Mercator", "EPSG:3857"],
  ])("%s is %s", (name, epsg) => {
    expect(createProjection(name).epsg).toBe(epsg);
  });

  it.each([
    "",
    "EPSG:1234",
    "EPSG:12invalid",
    "3852",
    "Mars 2000",
    "CGCS2000 / 3-degree Gauss-Kruger CM 122E",
  ])("%j is refused with a code", (name) => {
    expect(() => createProjection(name)).toThrow(expect.objectContaining({ code: "crs.unknown" }));
  });

  it("refuses a point off the map", () => {
    expect(() => createProjection("EPSG:4550").toGeodetic(Number.NaN, 0)).toThrow(
      expect.objectContaining({ code: "crs.outside" }),
    );
  });
});

describe("parameters", () => {
  const proj = "+proj=tmerc +lat_0=0 +lon_0=123 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m";
  const wkt = (name: string, datum: string) =>
    `PROJCS["${name}",GEOGCS["g",DATUM["${datum}",SPHEROID["s",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],` +
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],' +
    'PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",123.0],PARAMETER["Scale_Factor",1.0],' +
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]';

  it.each([
    [proj, "user-given parameters"],
    [wkt("CGCS2000_3_Degree_GK_CM_123E", "D_China_2000"), "EPSG:4550"],
    [wkt("Shenyang local", "D_China_2000"), "Shenyang local"],
  ])("of a user or a .prj file are understood", (crs, epsg) => {
    const projection = createProjection(crs);
    expect(projection.epsg).toBe(epsg);
    const { longitudeDeg, latitudeDeg } = projection.toGeodetic(535858.6908, 4630145.7181);
    expect(longitudeDeg).toBeCloseTo(123.4315, 8);
    expect(latitudeDeg).toBeCloseTo(41.8057, 8);
  });

  it("of an old datum without a shift are refused", () => {
    expect(() => createProjection(wkt("Xian_1980_GK", "D_Xian_1980"))).toThrow(/not known/);
  });

  it("of Japanese and Swiss grids stand at their origins", () => {
    expect(createProjection("http://www.opengis.net/def/crs/EPSG/0/6677").toGeodetic(0, 0)).toEqual({
      longitudeDeg: expect.closeTo(139 + 50 / 60, 9),
      latitudeDeg: expect.closeTo(36, 9),
    });
    const { longitudeDeg, latitudeDeg } = createProjection("EPSG:2056").toGeodetic(2600000, 1200000);
    expect(longitudeDeg).toBeCloseTo(7.43863242, 6);
    expect(latitudeDeg).toBeCloseTo(46.95108, 5);
  });
});
