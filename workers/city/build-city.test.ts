import { describe, expect, it } from "vitest";
import { metersPerDegree } from "../../src/geo/ellipsoid.ts";
import { gcj02FromWgs84 } from "../../src/geo/gcj02.ts";
import type { TilesetJson } from "../tiles/tileset-checks.ts";
import {
  box,
  buildInMemory,
  collectionText,
  featuresOf,
  memorySource,
  polygonFeature,
} from "./city-build.fixture.ts";

const LON = 123.4315;
const LAT = 41.8057;
const M = metersPerDegree(LAT);

/** A rectangle in metres around Shenyang's test point, as longitude and latitude. */
function lot(x: number, y: number, w = 20, d = 12): number[][] {
  return box(x, y, w, d).map(([east, north]) => [LON + east / M.east, LAT + north / M.north]);
}

function many(count: number): unknown[] {
  return Array.from({ length: count }, (_, k) =>
    polygonFeature([lot((k % 100) * 40, Math.floor(k / 100) * 40)], {
      id: `B-${k}`,
      height: 3 + (k % 40),
      use: k % 3 ? "residential" : "office",
      grade: k % 2 ? "A" : "B",
      owner: `owner ${k}`,
      cost: k / 8,
      sold: k % 5 === 0,
      ...(k % 7 ? { rooms: k % 200 } : {}),
    }),
  );
}

describe("city builder", () => {
  it("builds every feature once, clean before the validators", async () => {
    const city = await buildInMemory([memorySource("a.geojson", collectionText(many(6000)))]);
    expect(city.complaints).toEqual([]);
    expect(city.summary).toMatchObject({ read: 6000, built: 6000, refused: 0, issues: {} });
    expect(city.summary.triangles).toBe(6000 * 10);
    expect(featuresOf(city).size).toBe(6000);
    expect(city.tiles.length).toBe(city.summary.tiles);
    expect(city.tiles.length).toBeGreaterThan(3);
  });

  it("types all attributes", async () => {
    const { tiles, sink } = await buildInMemory([memorySource("a.geojson", collectionText(many(300)))]);
    const { schema } = tiles[0]!.glb.json.extensions.EXT_structural_metadata;
    const { properties } = schema.classes.building!;
    expect(Object.keys(properties)).toEqual([
      "id",
      "use",
      "height",
      "grade",
      "owner",
      "cost",
      "sold",
      "rooms",
    ]);
    expect(properties.use).toMatchObject({ type: "ENUM", enumType: "useEnum" });
    expect(properties.height).toMatchObject({ componentType: "FLOAT32", extras: { unit: "m" } });
    expect(properties.grade).toMatchObject({ type: "ENUM" });
    expect(properties.owner).toMatchObject({ type: "STRING" });
    expect(properties.cost).toMatchObject({ componentType: "FLOAT64" });
    expect(properties.sold).toMatchObject({ type: "BOOLEAN" });
    expect(properties.rooms).toMatchObject({ componentType: "UINT8", noData: 255 });
    const found = featuresOf({ tiles } as Parameters<typeof featuresOf>[0]);
    expect(found.get("B-7")!.attributes).toMatchObject({
      owner: "owner 7",
      cost: 0.875,
      rooms: 255,
      sold: 0,
      use: 0,
    });
    expect(found.get("B-15")!.attributes).toMatchObject({ height: 18, sold: 1, use: 2, rooms: 15 });
    expect(sink.json("source.json")).toMatchObject({ features: { read: 300, built: 300, refused: 0 } });
  });

  it("gives the windows whole bays and floors, and the shader its four bytes", async () => {
    const feature = polygonFeature([lot(0, 0)], { height: 18, use: "office", year: 1987, 层数: 6 }, "x");
    const { tiles } = await buildInMemory([memorySource("a.geojson", collectionText([feature]))]);
    const { texcoords, facade, normals } = tiles[0]!.glb.primitives[0]!;
    expect([...new Set(texcoords!)].sort((a, b) => a - b)).toEqual([0, 48, 96]);
    expect([...facade!.subarray(0, 4)]).toMatchObject({ 0: 2, 2: 87, 3: 9 });
    const roof = [...normals].flatMap((value, at) =>
      at % 3 === 2 && value > 0.99 ? [texcoords![((at - 2) / 3) * 2]] : [],
    );
    expect(roof).toEqual([0, 0, 0, 0]);
  });

  it("shows the largest first and says how large the rest is", async () => {
    const features = many(6000) as { properties: { height: number; id: string } }[];
    for (const k of [17, 2500, 5999]) features[k]!.properties.height = 200;
    const city = await buildInMemory([memorySource("a.geojson", collectionText(features))]);
    const { root } = city.sink.json("tileset.json") as TilesetJson;
    const first = city.tiles.find(({ tile }) => tile.content!.uri === root.content!.uri)!;
    expect(first.glb.columns.id).toEqual(expect.arrayContaining(["B-17", "B-2500", "B-5999"]));
    const shown = first.glb.columns.height as number[];
    const diagonal = Math.hypot(20, 12);
    const left = city.tiles
      .filter((tile) => tile !== first)
      .flatMap(({ glb }) => glb.columns.height as number[]);
    expect(Math.max(...left)).toBeLessThanOrEqual(Math.min(...shown));
    expect(root.geometricError).toBeCloseTo(1.5 * Math.hypot(2 * Math.max(...left), diagonal), 1);
  });

  it("gives the same bytes again, and the same ids from another order", async () => {
    const features = many(3000).map((feature) => {
      const { id: _, ...properties } = (feature as { properties: Record<string, unknown> }).properties;
      return { ...(feature as object), properties };
    });
    const build = (list: unknown[], chunk?: number) =>
      buildInMemory([memorySource("a.geojson", collectionText(list), chunk)]);
    const [first, again, turned] = [
      await build(features),
      await build(features, 777),
      await build(features.toReversed()),
    ];
    for (const [path, bytes] of first.sink.files) expect(again.sink.files.get(path), path).toEqual(bytes);
    expect([...featuresOf(turned).keys()].sort()).toEqual([...featuresOf(first).keys()].sort());
  });

  it("repairs or lists what is bad, and loses nothing", async () => {
    const bow = [lot(100, 0)[0]!, lot(100, 0)[2]!, lot(100, 0)[1]!, lot(100, 0)[3]!, lot(100, 0)[0]!];
    const features = [
      polygonFeature([lot(0, 0)], { height: 10 }, "good"),
      polygonFeature([lot(40, 0).toReversed()], { height: 10 }, "clockwise"),
      polygonFeature([bow], { height: 10 }, "bow"),
      polygonFeature([lot(160, 0).slice(0, 4)], { height: 10 }, "open"),
      polygonFeature([lot(200, 0)], {}, "flat"),
      polygonFeature([lot(240, 0)], { floors: 5 }, "floors"),
      polygonFeature([lot(280, 0)], { height: -4 }, "below"),
      polygonFeature([lot(320, 0)], { height: 10 }, "good"),
      polygonFeature([lot(0, 0)], { height: 10 }, "good"),
      polygonFeature([lot(0, 40, 0, 0)], { height: 10 }, "nothing"),
      polygonFeature(
        [
          [
            [500_000, 4_000_000],
            [500_010, 4_000_000],
            [500_000, 4_000_010],
          ],
        ],
        {},
        "metres",
      ),
      { type: "Feature", id: "point", properties: {}, geometry: { type: "Point", coordinates: [LON, LAT] } },
    ];
    const city = await buildInMemory([memorySource("a.geojson", collectionText(features))]);
    expect(city.complaints).toEqual([]);
    expect(city.summary).toMatchObject({ read: 12, built: 8, refused: 4 });
    expect(city.issues.map(({ id, code, outcome }) => `${id} ${code} ${outcome}`)).toEqual([
      "clockwise ring.winding repaired",
      "bow ring.self_intersection repaired",
      "open ring.unclosed repaired",
      "flat height.missing repaired",
      "below height.implausible repaired",
      "good#2 id.duplicate repaired",
      "good feature.duplicate refused",
      "nothing geometry.no_area refused",
      "metres coordinates.range refused",
      "point geometry.unusable refused",
    ]);
    const found = featuresOf(city);
    expect(found.get("floors")!.attributes).toMatchObject({ height: 15, floors: 5, heightSource: 1 });
    expect(found.get("flat")!.attributes).toMatchObject({ height: 6, heightSource: 2 });
  });

  it("says in one sentence when nothing can be built", async () => {
    const feature = polygonFeature([
      [
        [500_000, 4_000_000],
        [500_010, 4_000_000],
        [500_000, 4_000_010],
      ],
    ]);
    await expect(buildInMemory([memorySource("m.geojson", collectionText([feature]))])).rejects.toThrow(
      /None of 1 features could be built.*--crs/,
    );
  });

  it("takes the system that a file names, and refuses one that comes too late", async () => {
    const ring = box(535858.6908, 4630145.7181, 20, 10);
    const crs = { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::4550" } };
    const features = [polygonFeature([ring], { height: 9 }, "a")];
    const early = await buildInMemory([memorySource("e.geojson", collectionText(features, { crs }))]);
    expect(early.summary).toMatchObject({ built: 1, crs: ["EPSG:4550"] });
    const late = JSON.stringify({ type: "FeatureCollection", features, crs });
    await expect(buildInMemory([memorySource("l.geojson", late)])).rejects.toThrow(
      /l\.geojson names its coordinate system.*--crs/,
    );
    const told = await buildInMemory([memorySource("l.geojson", late)], { crs: "EPSG:4550" });
    expect(told.summary).toMatchObject({ built: 1 });
  });

  it("keeps attributes of any name", async () => {
    const properties = JSON.parse(
      '{"__proto__": 5, "constructor": "c", "a b": 1, "a:b": 2, "楼": 3, "1st": 4, "height": 9}',
    ) as Record<string, unknown>;
    const city = await buildInMemory([
      memorySource("n.geojson", collectionText([polygonFeature([lot(0, 0)], properties, "n")])),
    ]);
    expect(city.complaints).toEqual([]);
    expect(featuresOf(city).get("n")!.attributes).toMatchObject({
      p__proto__: 5,
      constructor: "c",
      a_b: 1,
      a_b_2: 2,
      u697c: 3,
      _1st: 4,
    });
  });

  it("keeps holes and parts", async () => {
    const feature = {
      type: "Feature",
      id: "yard",
      properties: { height: 10 },
      geometry: {
        type: "MultiPolygon",
        coordinates: [[lot(0, 0, 40, 40), lot(10, 10, 20, 20)], [lot(60, 0)]],
      },
    };
    const { summary, complaints } = await buildInMemory([
      memorySource("a.geojson", collectionText([feature])),
    ]);
    expect(complaints).toEqual([]);
    expect(summary.issues).toEqual({ "ring.winding": 1 });
    expect(summary.triangles).toBe((4 + 4) * 2 + 8 + 4 * 2 + 2);
  });
});

/** Independent points: PROJ 9.1 and GeographicLib for 4550, 4549 and 3857; public test vectors for GCJ-02. */
const POINTS = [
  { crs: "EPSG:4550", x: 535858.6908, y: 4630145.7181, lon: 123.4315, lat: 41.8057 },
  { crs: "EPSG:4529", x: 41535858.6908, y: 4630145.7181, lon: 123.4315, lat: 41.8057 },
  { crs: "EPSG:4549", x: 640048.7746, y: 4310196.5139, lon: 121.6147, lat: 38.914 },
  { crs: "EPSG:3857", x: 13740331.7278, y: 5131918.5358, lon: 123.4315, lat: 41.8057 },
  { crs: "EPSG:4490", x: 123.4315, y: 41.8057, lon: 123.4315, lat: 41.8057 },
  { crs: "EPSG:4326", x: 123.4315, y: 41.8057, lon: 123.4315, lat: 41.8057 },
  { crs: "GCJ-02", x: 116.41024449916938, y: 39.91640428150164, lon: 116.404, lat: 39.915 },
];

describe("positions", () => {
  it.each(POINTS)("come back within 2 cm and 1 cm from $crs", async ({ crs, x, y, lon, lat }) => {
    const isDegrees = Math.abs(x) < 180;
    const unit = isDegrees ? 1e-5 : 1;
    // The point is the south-west corner; others fill the tile out to its full width, so that every place in it counts.
    const corner = box(x, y, 20 * unit, 10 * unit);
    const far = [-600, 600].flatMap((dx) =>
      [-600, 600].map((dy) => box(x + dx * unit, y + dy * unit, 15 * unit, 15 * unit)),
    );
    const features = [corner, ...far].map((ring, k) =>
      polygonFeature([ring.map(([a, b]) => [a, b, 43.21])], { height: 31.4 }, `p${k}`),
    );
    const city = await buildInMemory([memorySource("p.geojson", collectionText(features))], {
      ...(crs === "GCJ-02" ? { gcj02: true } : { crs }),
      heightDatum: "orthometric",
      geoid: 10.18,
    });
    expect(city.complaints).toEqual([]);
    const { vertices } = featuresOf(city).get("p0")!;
    const scale = metersPerDegree(lat);
    const near = vertices.filter(
      ([a, b]) => Math.hypot((a - lon) * scale.east, (b - lat) * scale.north) < 0.02,
    );
    expect(near.length).toBe(5);
    const heights = near.map(([, , h]) => h).sort((a, b) => a - b);
    for (const h of heights.slice(0, 2)) expect(Math.abs(h - 53.39)).toBeLessThan(0.01);
    for (const h of heights.slice(2)) expect(Math.abs(h - 84.79)).toBeLessThan(0.01);
  });

  it("hold for a tower at the edge of a wide tile", async () => {
    const features = [0, 1].map((k) =>
      polygonFeature([lot(k * 18_000, k * 18_000, 60, 60)], { height: 600 }, `t${k}`),
    );
    const city = await buildInMemory([memorySource("p.geojson", collectionText(features))]);
    const { vertices } = featuresOf(city).get("t1")!;
    const [lon, lat] = lot(18_000, 18_000)[0] as [number, number];
    const near = vertices.filter(([a, b]) => Math.hypot((a - lon) * M.east, (b - lat) * M.north) < 0.02);
    expect(near.map(([, , h]) => Math.abs(Math.round(h * 50) / 50)).sort((a, b) => a - b)).toEqual([
      0, 0, 600, 600, 600,
    ]);
  });

  it("agree with the reverse formula of GCJ-02", () => {
    const { longitudeDeg, latitudeDeg } = gcj02FromWgs84(116.404, 39.915);
    expect(longitudeDeg).toBeCloseTo(116.41024449916938, 9);
    expect(latitudeDeg).toBeCloseTo(39.91640428150164, 9);
  });
});
