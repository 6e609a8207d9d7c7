import { type Zippable, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { TwinError } from "../../src/base/errors.ts";
import { createProjection } from "../../src/geo/projection.ts";
import { dbfBytes, shpBytes } from "../city/shapefile.fixture.ts";
import type { OpenedData, OpenedFeatures, OpenedTiles } from "./contract.ts";
import { GeodataSession } from "./geodata-session.ts";

const NEAR = [123.43, 41.8] as const;
const utf8 = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

async function open(name: string, content: string | Uint8Array<ArrayBuffer>, beside: readonly File[] = []) {
  const session = new GeodataSession();
  const opened = await session.open([new File([content], name), ...beside], { near: NEAR }, () => {});
  return { session, opened };
}

function features(opened: OpenedData): OpenedFeatures {
  if (opened.kind !== "features") throw new Error(`opened as ${opened.kind}`);
  return opened;
}

function tiles(opened: OpenedData): OpenedTiles {
  if (opened.kind !== "tiles") throw new Error(`opened as ${opened.kind}`);
  return opened;
}

async function refusal(name: string, content: string | Uint8Array<ArrayBuffer>): Promise<TwinError> {
  const error = await open(name, content).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TwinError)) throw new Error(`${name} was not refused: ${String(error)}`);
  return error;
}

function zip(files: Zippable): Uint8Array<ArrayBuffer> {
  return zipSync(files) as Uint8Array<ArrayBuffer>;
}

const MIXED = {
  type: "FeatureCollection",
  features: [
    {
      type: "Feature",
      id: "p",
      properties: { name: "站" },
      geometry: { type: "Point", coordinates: [123.4, 41.8] },
    },
    {
      type: "Feature",
      properties: {},
      geometry: {
        type: "LineString",
        coordinates: [
          [123.4, 41.8],
          [123.5, 41.9],
        ],
      },
    },
    {
      type: "Feature",
      properties: { kind: "park" },
      geometry: {
        type: "Polygon",
        coordinates: [
          [
            [123.4, 41.8],
            [123.5, 41.8],
            [123.5, 41.9],
            [123.4, 41.9],
            [123.4, 41.8],
          ],
          [
            [123.44, 41.84],
            [123.44, 41.86],
            [123.46, 41.86],
            [123.46, 41.84],
            [123.44, 41.84],
          ],
        ],
      },
    },
    { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [500, 41] } },
    { type: "Feature", properties: {}, geometry: null },
  ],
};

describe("GeoJSON", () => {
  it("gives points, lines and areas together, and lists what it cannot show by place", async () => {
    const { opened } = await open("mixed.geojson", JSON.stringify(MIXED));
    const found = features(opened);
    expect([found.features, found.refused, found.isDraped]).toEqual([3, 2, true]);
    expect(found.points.map(({ features: rows, isFlat }) => [...rows, isFlat])).toEqual([[0, true]]);
    expect(found.issues.map(({ code, place }) => [code, place])).toEqual([
      ["coordinates.range", "#4"],
      ["geometry.unusable", "#5"],
    ]);
  });

  it("finds what lies at a place: areas but not their holes, lines within a few pixels", async () => {
    const { session } = await open("mixed.geojson", JSON.stringify(MIXED));
    expect(session.pick(123.42, 41.88, 1)?.attributes).toEqual({ kind: "park" });
    expect(session.pick(123.45, 41.848, 1)).toBeNull();
    expect(session.pick(123.43, 41.83002, 1)?.feature).toBe(1);
    expect(session.pick(123.7, 41.8, 1)).toBeNull();
    expect(session.describe(0)).toMatchObject({ title: "站", attributes: { id: "p", name: "站" } });
    expect(session.describe(9)).toBeNull();
  });

  it("keeps heights, which are not draped", async () => {
    const line = {
      type: "LineString",
      coordinates: [
        [123.4, 41.8, 50],
        [123.5, 41.8, 80],
      ],
    };
    const found = features((await open("air.geojson", JSON.stringify(line))).opened);
    expect([found.isDraped, found.lines?.ends.length]).toEqual([false, 1]);
  });

  it("is read in GBK as well as in UTF-8", async () => {
    const text =
      '{"type":"Feature","properties":{"name":"AB"},"geometry":{"type":"Point","coordinates":[123,41]}}';
    const bytes = utf8(text);
    bytes.set([0xc9, 0xf2], text.indexOf("AB"));
    const { session } = await open("gbk.geojson", bytes);
    expect(session.describe(0)?.title).toBe("沈");
  });

  it("of buildings with heights becomes tiles, by the builder", async () => {
    const building = {
      type: "Feature",
      properties: { height: 12 },
      geometry: {
        type: "Polygon",
        coordinates: [
          [
            [123.4, 41.8],
            [123.4003, 41.8],
            [123.4003, 41.8002],
            [123.4, 41.8002],
            [123.4, 41.8],
          ],
        ],
      },
    };
    const { session, opened } = await open(
      "b.geojson",
      JSON.stringify({ type: "FeatureCollection", features: [building] }),
    );
    expect([tiles(opened).features, tiles(opened).refused]).toEqual([1, 0]);
    const tileset = JSON.parse(new TextDecoder().decode(await session.readTile("tileset.json")));
    expect(tileset.asset.version).toBe("1.1");
    await expect(session.readTile("nowhere.glb")).rejects.toThrow(/tiles have no file/);
  });
});

const KML = `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<StyleMap id="m"><Pair><key>normal</key><styleUrl>#red</styleUrl></Pair><Pair><key>highlight</key><styleUrl>#x</styleUrl></Pair></StyleMap>
<Placemark id="a"><name>Gate</name><styleUrl>#m</styleUrl><ExtendedData><Data name="level"><value>3</value></Data></ExtendedData>
<MultiGeometry><Point><coordinates>123.4,41.8,0</coordinates></Point><LineString><coordinates>123.4,41.8 123.5,41.9</coordinates></LineString></MultiGeometry></Placemark>
<Placemark><name>Empty</name></Placemark><NetworkLink><Link><href>http://elsewhere.example/x.kml</href></Link></NetworkLink>
<Style id="red"><LineStyle><color>ff0000ff</color><width>5</width></LineStyle></Style></Document></kml>`;

describe("other formats", () => {
  it("KML, with styles that stand below, data, and a list of what is not shown", async () => {
    const { session, opened } = await open("a.kml", KML);
    const found = features(opened);
    expect([found.features, found.refused]).toEqual([1, 1]);
    expect(found.points[0]?.colors?.[0]).toBe(0xff0000ff);
    expect(session.describe(0)?.attributes).toMatchObject({ name: "Gate", level: 3 });
    expect(found.issues.map(({ code }) => code)).toEqual(["geometry.unusable", "kml.not_shown"]);
  });

  it("KMZ, a zip whose doc.kml counts", async () => {
    const { opened } = await open("a.kmz", zip({ "files/x.png": utf8("x"), "doc.kml": utf8(KML) }));
    expect(features(opened)).toMatchObject({ format: "KML", features: 1 });
  });

  it("GPX, on the ground, with the heights of a track as attributes", async () => {
    const gpx = `<gpx><wpt lat="41.8" lon="123.4"><ele>45</ele><name>W</name></wpt><trk><name>T</name><trkseg>
      <trkpt lat="41.8" lon="123.4"><ele>40</ele></trkpt><trkpt lat="41.9" lon="123.5"><ele>60</ele></trkpt></trkseg></trk></gpx>`;
    const { session, opened } = await open("t.gpx", gpx);
    expect(features(opened)).toMatchObject({ features: 2, isDraped: true, lines: null });
    expect(session.describe(1)?.attributes).toMatchObject({ name: "T", points: 2, lowest: 40, highest: 60 });
  });

  it("CZML, what moves as the whole of its way", async () => {
    const czml = JSON.stringify([
      { id: "document", version: "1.0" },
      {
        id: "car",
        position: {
          epoch: "2020-01-01T00:00:00Z",
          cartographicDegrees: [0, 123.4, 41.8, 9, 10, 123.5, 41.9, 9],
        },
      },
      { id: "box", box: {} },
    ]);
    const found = features((await open("a.czml", czml)).opened);
    expect([found.features, found.refused, found.lines?.positions.length]).toEqual([1, 1, 6]);
  });

  it("a zipped shapefile, by its .prj", async () => {
    const zone = createProjection("EPSG:4550");
    const corner = zone.fromGeodetic(123.4, 41.8);
    const ring = [
      [0, 0],
      [0, 100],
      [100, 100],
      [100, 0],
      [0, 0],
    ].map(([e, n]) => [corner.eastings + e!, corner.northings + n!]);
    const dbf = dbfBytes([{ name: utf8("NAME"), type: "C", length: 8 }], [[utf8("plot    ")]]);
    const prj =
      'PROJCS["CGCS2000_3_Degree_GK_CM_123E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",123.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]';
    const { session, opened } = await open(
      "plots.zip",
      zip({ "d/p.shp": shpBytes([[ring]]), "d/p.dbf": dbf, "d/p.prj": utf8(prj) }),
    );
    const found = features(opened);
    expect(found).toMatchObject({ format: "Shapefile", features: 1 });
    expect(found.bounds[0]).toBeCloseTo(123.4, 7);
    expect(found.bounds[1]).toBeCloseTo(41.8, 5);
    expect(session.describe(0)?.title).toBe("plot");
  });

  it("an archive with a tileset, unpacked tile by tile", async () => {
    const { session, opened } = await open(
      "t.3tz",
      zip({ "t/tileset.json": utf8('{"asset":{}}'), "t/a/b.glb": utf8("glb") }),
    );
    expect(tiles(opened).format).toBe("3D Tiles");
    expect(new TextDecoder().decode(await session.readTile("a/b.glb"))).toBe("glb");
    expect(new TextDecoder().decode(await session.readTile("tileset.json"))).toContain("asset");
  });

  it("passes IFC and incidents on to those who open them", async () => {
    expect((await open("m.zip", zip({ "model.ifc": utf8("ISO-10303-21;") }))).opened).toEqual({
      kind: "passed",
      to: "ifc",
    });
    const incident = zip({ "manifest.json": utf8('{"format":"liaotwin-incident","version":1}') });
    expect((await open("i.zip", incident)).opened).toEqual({ kind: "passed", to: "incident" });
  });
});

describe("CSV", () => {
  it.each([
    ["name,lon,lat\nA,123.4,41.8\n", 123.4, 41.8],
    ['名称;经度;纬度\n"甲;乙";123.4;41.8\n', 123.4, 41.8],
    ["id\tx\ty\n1\t533225.1\t4629000.5\n", 123.4, 41.8],
    ["点号,x,y\n1,4629000.5,533225.1\n", 123.4, 41.8],
    ["A,123.40000,41.80000\nB,123.50000,41.90000\n", 123.4, 41.8],
  ])("%j finds its columns and coordinates", async (text, longitudeDeg, latitudeDeg) => {
    const { session } = await open("t.csv", text);
    const { place } = session.describe(0)!;
    expect(place.longitudeDeg).toBeCloseTo(longitudeDeg, 1);
    expect(place.latitudeDeg).toBeCloseTo(latitudeDeg, 1);
  });

  it("lists rows without a place by their line, and keeps quoted line ends together", async () => {
    const text = 'name,lon,lat\n"two\nlines, ""quoted""",123.4,41.8\nlost,,41.8\n';
    const { session, opened } = await open("t.csv", text);
    expect(session.describe(0)?.title).toBe('two\nlines, "quoted"');
    expect(features(opened).issues[0]?.message).toContain("line 4");
  });
});

describe("broken files", () => {
  const good = zip({ "a.geojson": utf8(JSON.stringify(MIXED)) });
  const flipped = good.slice();
  flipped[60]! ^= 0xff;
  it.each([
    ["empty.geojson", "", "data.empty"],
    ["cut.geojson", JSON.stringify(MIXED).slice(0, 300), "geojson.invalid"],
    ["magic.shp", new Uint8Array([9, 9, 0, 0, 1, 2, 3, 0]), "data.unknown"],
    ["cut.kml", KML.slice(0, 600), "xml.invalid"],
    ["cut.zip", good.slice(0, good.length - 40), "zip.invalid"],
    ["flipped.zip", flipped, "zip.invalid"],
    ["bomb.zip", zip({ "a.geojson": [new Uint8Array(40 << 20), { level: 9 }] }), "zip.bomb"],
    ["pictures.zip", zip({ "a.png": utf8("x") }), "zip.nothing"],
    ["page.geojson", "<!doctype html><html><body>404</body></html>", "data.unknown"],
    ["dem.tif", new Uint8Array([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0]), "geotiff.unreadable"],
    ["plain.json", '{"a":1}', "data.unknown"],
    ["words.csv", "first,second\nhello,world\n", "csv.no_coordinates"],
    ["far.csv", "id,x,y\n1,99999999999.5,5.25\n", "crs.missing"],
    ["cut.glb", new Uint8Array([0x67, 0x6c, 0x54, 0x46, 2, 0, 0, 0, 99, 0, 0, 0]), "gltf.invalid"],
  ])("%s: %#", async (name, content, code) => {
    expect((await refusal(name, content as string)).code).toBe(code);
  });
});
