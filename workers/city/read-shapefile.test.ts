import { describe, expect, it } from "vitest";
import { box, buildInMemory, featuresOf, memorySource } from "./city-build.fixture.ts";
import { dbfBytes, shpBytes } from "./shapefile.fixture.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
/** 名称, 高度, 和平大厦 in GBK. */
const NAME_GBK = Uint8Array.of(0xc3, 0xfb, 0xb3, 0xc6);
const HEIGHT_GBK = Uint8Array.of(0xb8, 0xdf, 0xb6, 0xc8);
const TOWER_GBK = Uint8Array.of(0xba, 0xcd, 0xc6, 0xbd, 0xb4, 0xf3, 0xcf, 0xc3);

const PRJ_4550 =
  'PROJCS["CGCS2000_3_Degree_GK_CM_123E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",' +
  'SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],' +
  'PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],' +
  'PARAMETER["Central_Meridian",123.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]';

const E = 535858.6908;
const N = 4630145.7181;
const clockwise = (x: number, y: number, w: number, d: number) => box(E + x, N + y, w, d).toReversed();
const hole = (x: number, y: number, w: number, d: number) => box(E + x, N + y, w, d);

function source(chunkBytes = 1 << 20) {
  const shapes = [
    [clockwise(0, 0, 20, 10)],
    // A hole before its ring, a second ring with none, a ring within the hole.
    [hole(110, 10, 30, 30), clockwise(100, 0, 50, 50), clockwise(200, 0, 10, 10), clockwise(115, 15, 5, 5)],
    null,
    [clockwise(300, 0, 10, 10)],
  ];
  const fields = [
    { name: NAME_GBK, type: "C", length: 20 },
    { name: HEIGHT_GBK, type: "N", length: 8 },
    { name: utf8("listed"), type: "L", length: 1 },
  ];
  const rows = [
    [TOWER_GBK, utf8("   31.40"), utf8("T")],
    [utf8(""), utf8("   12.00"), utf8("F")],
    [utf8(""), utf8(""), utf8("?")],
    null,
  ];
  return memorySource("楼.shp", shpBytes(shapes), chunkBytes, {
    dbf: dbfBytes(fields, rows, 0x4d),
    prj: utf8(PRJ_4550),
  });
}

describe("shapefile", () => {
  it("comes in with GBK text, its system, holes and deleted rows", async () => {
    const city = await buildInMemory([source()]);
    expect(city.complaints).toEqual([]);
    expect(city.summary).toMatchObject({ read: 4, built: 2, refused: 2, crs: ["EPSG:4550"] });
    expect(city.issues.map(({ code }) => code)).toEqual(["geometry.unusable", "geometry.unusable"]);
    const found = [...featuresOf(city).values()];
    const tower = found.find(({ attributes }) => attributes.name === "和平大厦")!;
    expect(tower.attributes).toMatchObject({ height: expect.closeTo(31.4, 5), listed: 1 });
    const near = tower.vertices.filter(
      ([lon, lat]) => Math.hypot((lon - 123.4315) * 83000, (lat - 41.8057) * 111000) < 0.02,
    );
    expect(near).toHaveLength(5);
    // Walls of four rings, roofs of a square with a square hole and of two squares.
    expect(city.summary.triangles).toBe(8 + 2 + 4 * 8 + 8 + 2 + 2);
  });

  it("is the same in small chunks", async () => {
    const [whole, small] = [await buildInMemory([source()]), await buildInMemory([source(7)])];
    for (const [path, bytes] of whole.sink.files) expect(small.sink.files.get(path), path).toEqual(bytes);
  });

  it("decodes as the .cpg file says, or as fits", async () => {
    const build = async (cpg: string | null, name: Uint8Array) => {
      const dbf = dbfBytes([{ name: utf8("name"), type: "C", length: 24 }], [[name]]);
      const siblings = { dbf, prj: utf8(PRJ_4550), ...(cpg === null ? {} : { cpg: utf8(cpg) }) };
      const one = memorySource("a.shp", shpBytes([[clockwise(0, 0, 9, 9)]]), 1 << 20, siblings);
      return [...featuresOf(await buildInMemory([one])).values()][0]!.attributes.name;
    };
    expect(await build("GBK", TOWER_GBK)).toBe("和平大厦");
    expect(await build("UTF-8\n", utf8("和平大厦"))).toBe("和平大厦");
    expect(await build(null, TOWER_GBK)).toBe("和平大厦");
    expect(await build(null, utf8("和平大厦"))).toBe("和平大厦");
    expect(await build("no such thing", TOWER_GBK)).toBe("和平大厦");
  });

  it("takes heights of the ground from its third dimension", async () => {
    const shapes = [[clockwise(0, 0, 9, 9).map(([x, y]) => [x, y, 44.5])]];
    const one = memorySource("z.shp", shpBytes(shapes, 15), 1 << 20, { prj: utf8(PRJ_4550) });
    const [feature] = [...featuresOf(await buildInMemory([one])).values()];
    const heights = feature!.vertices.map(([, , h]) => Math.round(h * 100) / 100);
    expect([Math.min(...heights), Math.max(...heights)]).toEqual([44.5, 50.5]);
  });

  it("is refused when cut short", async () => {
    const bytes = shpBytes([[clockwise(0, 0, 9, 9)], [clockwise(20, 0, 9, 9)]]);
    const cut = memorySource("c.shp", bytes.slice(0, -30), 1 << 20, { prj: utf8(PRJ_4550) });
    await expect(buildInMemory([cut])).rejects.toThrow(
      /c\.shp is not a whole shapefile: shape 2 is cut short/,
    );
  });
});
