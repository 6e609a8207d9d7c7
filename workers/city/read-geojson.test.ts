import { describe, expect, it } from "vitest";
import type { TwinError } from "../../src/base/errors.ts";
import { memorySource } from "./city-build.fixture.ts";
import type { RawFeature } from "./raw-feature.ts";
import { readGeoJson } from "./read-geojson.ts";

interface Told {
  readonly crs: string[];
  readonly features: Record<string, unknown>[];
}

const copy = (raw: RawFeature) => ({
  id: raw.id,
  index: raw.index,
  kind: raw.kind,
  problem: raw.problem,
  skipped: raw.skippedParts,
  xyz: [...raw.xyz.subarray(0, raw.vertices * 3)],
  hasZ: raw.hasZ,
  rings: [...raw.ringEnds],
  polygons: [...raw.polygonEnds],
  attributes: Object.fromEntries(raw.keys.map((key, k) => [key, raw.values[k]])),
});

async function read(text: string, chunkBytes?: number): Promise<Told> {
  const told: Told = { crs: [], features: [] };
  await readGeoJson(memorySource("x.geojson", text, chunkBytes), {
    crs: (name) => told.crs.push(name),
    feature: (raw) => told.features.push(copy(raw)),
  });
  return told;
}

const FEATURE = {
  type: "Feature",
  id: 7,
  bbox: [0, 0, 1, 1],
  properties: {
    name: '和平"大厦"\n',
    height: 12.5,
    tiny: -1.25e-3,
    yes: true,
    none: null,
    list: [1, { a: "]}" }],
    emoji: "楼🏢",
  },
  geometry: {
    type: "MultiPolygon",
    coordinates: [
      [
        [
          [123.4, 41.8],
          [123.5, 41.8],
          [123.5, 41.9],
          [123.4, 41.8],
        ],
        [
          [123.44, 41.81],
          [123.45, 41.82],
          [123.46, 41.81],
          [123.44, 41.81],
        ],
      ],
      [
        [
          [1, 2, 3],
          [4, 5, 6, 7],
          [-8.125, 9, 10],
          [1, 2, 3],
        ],
      ],
    ],
  },
};

describe("GeoJSON reader", () => {
  it("reads geometry, id and attributes", async () => {
    const { features } = await read(
      JSON.stringify({ type: "FeatureCollection", features: [FEATURE] }, null, 1),
    );
    expect(features).toHaveLength(1);
    const [one] = features;
    expect(one).toMatchObject({
      id: "7",
      index: 0,
      kind: "footprint",
      problem: null,
      hasZ: true,
      rings: [4, 8, 12],
      polygons: [2, 3],
    });
    const attributes = one!.attributes as Record<string, unknown>;
    expect({ ...attributes, list: JSON.parse(String(attributes.list)) }).toEqual(FEATURE.properties);
    expect((one!.xyz as number[]).slice(0, 3)).toEqual([123.4, 41.8, 0]);
    expect((one!.xyz as number[]).slice(24)).toEqual([1, 2, 3, 4, 5, 6, -8.125, 9, 10, 1, 2, 3]);
  });

  it("tells the same whatever the chunks", async () => {
    const many = Array.from({ length: 9 }, (_, k) => ({ ...FEATURE, id: `f${k}` }));
    const crs = { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::4549" } };
    const text = JSON.stringify({
      type: "FeatureCollection",
      crs,
      name: "楼",
      features: many,
      more: { a: [1] },
    });
    const whole = await read(text);
    expect(whole.features).toHaveLength(9);
    expect(new Set(whole.crs)).toEqual(new Set(["urn:ogc:def:crs:EPSG::4549"]));
    for (const chunkBytes of [1, 2, 7, 64, 1000])
      expect((await read(text, chunkBytes)).features).toEqual(whole.features);
  });

  it("reads lines, text sequences, single features and bare geometries", async () => {
    const line = JSON.stringify(FEATURE);
    expect((await read(`${line}\n${line}\r\n${line}`)).features).toHaveLength(3);
    expect((await read(`\x1e${line}\n\x1e${line}\n`, 13)).features).toHaveLength(2);
    expect((await read(`\ufeff${line}`)).features).toHaveLength(1);
    const bare = await read(JSON.stringify(FEATURE.geometry));
    expect(bare.features[0]).toMatchObject({ kind: "footprint", polygons: [2, 3] });
  });

  it("says what stands in the way of a feature", async () => {
    const geometries = [
      null,
      { type: "Point", coordinates: [1, 2] },
      {
        type: "LineString",
        coordinates: [
          [1, 2],
          [3, 4],
        ],
      },
      { type: "Polygon", coordinates: [] },
      {
        type: "MultiLineString",
        coordinates: [
          [
            [1, 2],
            [3, 4],
          ],
        ],
      },
    ];
    const lines = geometries.map((geometry) => JSON.stringify({ type: "Feature", properties: {}, geometry }));
    const { features } = await read(lines.join("\n"));
    expect(features.map(({ problem }) => problem)).toEqual([
      "it has no geometry",
      "its geometry is a Point, not a polygon",
      "its geometry is a LineString, not a polygon",
      "its Polygon has no proper coordinates",
      "its geometry is a MultiLineString, not a polygon",
    ]);
  });

  it("keeps the polygons of a collection and counts the rest", async () => {
    const polygon = { type: "Polygon", coordinates: [FEATURE.geometry.coordinates[0]![0]] };
    const geometry = {
      type: "GeometryCollection",
      geometries: [{ type: "Point", coordinates: [1, 2] }, polygon, polygon],
    };
    const { features } = await read(JSON.stringify({ type: "Feature", properties: {}, geometry }));
    expect(features[0]).toMatchObject({ kind: "footprint", skipped: 1, rings: [4, 8], polygons: [1, 2] });
  });

  it("gives broken coordinates as no numbers", async () => {
    const text = JSON.stringify({
      type: "Feature",
      properties: {},
      geometry: { type: "Polygon", coordinates: [[[null, 2], ["3", 4], [5], [6, 7]]] },
    });
    expect((await read(text)).features[0]!.xyz).toEqual([
      Number.NaN,
      2,
      0,
      Number.NaN,
      4,
      0,
      5,
      Number.NaN,
      0,
      6,
      7,
      0,
    ]);
  });

  it("names the byte at which a file breaks off", async () => {
    const text = JSON.stringify({ type: "FeatureCollection", features: [FEATURE] });
    for (const broken of [
      text.slice(0, 300),
      text.replace('"geometry":', '"geometry"'),
      `${text.slice(0, -2)} {} ]}`,
      "[1,2]",
    ])
      await expect(read(broken, 50)).rejects.toThrow(
        /x\.geojson is not whole GeoJSON\. The JSON is broken at byte \d+/,
      );
    const error = await read("").catch((cause: unknown) => cause);
    expect((error as TwinError).code).toBe("geojson.empty");
  });
});
