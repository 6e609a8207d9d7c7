import { describe, expect, it } from "vitest";
import { buildInMemory, featuresOf, memorySource } from "./city-build.fixture.ts";

const CUBE = [
  [0, 0, 0],
  [10000, 0, 0],
  [10000, 10000, 0],
  [0, 10000, 0],
  [0, 0, 6000],
  [10000, 0, 6000],
  [10000, 10000, 6000],
  [0, 10000, 6000],
];
const SHELL = [
  [[0, 3, 2, 1]],
  [[4, 5, 6, 7]],
  [[0, 1, 5, 4]],
  [[1, 2, 6, 5]],
  [[2, 3, 7, 6]],
  [[3, 0, 4, 7]],
];
const SEMANTICS = {
  surfaces: [{ type: "GroundSurface" }, { type: "RoofSurface" }, { type: "WallSurface" }],
  values: [[0, 1, 2, 2, 2, 2]],
};
const FRAME = {
  type: "CityJSON",
  version: "2.0",
  transform: { scale: [0.001, 0.001, 0.001], translate: [535858.6908, 4630145.7181, 40] },
  metadata: { referenceSystem: "https://www.opengis.net/def/crs/EPSG/0/4550" },
};
const house = {
  type: "Building",
  attributes: { yearOfConstruction: 1999, usage: "office", 备注: "老楼" },
  geometry: [
    { type: "MultiSurface", lod: "0", boundaries: [[[0, 1, 2, 3]]] },
    { type: "Solid", lod: "2.2", boundaries: [SHELL], semantics: SEMANTICS },
    { type: "Solid", lod: "1.3", boundaries: [SHELL.slice(0, 2)] },
  ],
};

const build = (document: unknown, chunkBytes?: number) =>
  buildInMemory([memorySource("c.city.json", JSON.stringify(document), chunkBytes)]);

describe("CityJSON", () => {
  it("keeps the finest geometry, its place and its attributes", async () => {
    const city = await build({ ...FRAME, vertices: CUBE, CityObjects: { h: house } });
    expect(city.complaints).toEqual([]);
    expect(city.summary).toMatchObject({ read: 1, built: 1, triangles: 12, crs: ["EPSG:4550"] });
    const { attributes, vertices } = featuresOf(city).get("h")!;
    expect(attributes).toMatchObject({
      year: 1999,
      use: 2,
      lod: "2.2",
      cityObject: "Building",
      height: 6,
      u5907u6ce8: "老楼",
    });
    expect(Math.min(...vertices.map(([, , h]) => h))).toBeCloseTo(40, 2);
    expect(Math.max(...vertices.map(([, , h]) => h))).toBeCloseTo(46, 2);
    const near = vertices.filter(
      ([lon, lat]) => Math.hypot((lon - 123.4315) * 83000, (lat - 41.8057) * 111000) < 0.02,
    );
    expect(near).toHaveLength(6);
  });

  it("puts windows on walls and none on roofs", async () => {
    const { tiles } = await build({ ...FRAME, vertices: CUBE, CityObjects: { h: house } });
    const { texcoords, normals } = tiles[0]!.glb.primitives[0]!;
    const most = { wall: 0, flat: 0 };
    texcoords!.forEach((value, at) => {
      const kind = Math.abs(normals[Math.floor(at / 2) * 3 + 2]!) > 0.9 ? "flat" : "wall";
      most[kind] = Math.max(most[kind], value);
    });
    expect(most).toEqual({ wall: 3 * 16, flat: 0 });
  });

  it("faces outwards", async () => {
    const { tiles } = await build({ ...FRAME, vertices: CUBE, CityObjects: { h: house } });
    const { positions, normals, indices } = tiles[0]!.glb.primitives[0]!;
    const at = (vertex: number) => [
      positions[vertex * 3]!,
      positions[vertex * 3 + 1]!,
      positions[vertex * 3 + 2]! - 3,
    ];
    for (let k = 0; k < indices.length; k += 3) {
      const [a, b, c] = [at(indices[k]!), at(indices[k + 1]!), at(indices[k + 2]!)] as [
        number[],
        number[],
        number[],
      ];
      const [u, v] = [b.map((x, i) => x - a[i]!), c.map((x, i) => x - a[i]!)] as [number[], number[]];
      const turn = [
        u[1]! * v[2]! - u[2]! * v[1]!,
        u[2]! * v[0]! - u[0]! * v[2]!,
        u[0]! * v[1]! - u[1]! * v[0]!,
      ];
      const normal = [0, 1, 2].map((i) => normals[indices[k]! * 3 + i]!);
      expect(turn[0]! * normal[0]! + turn[1]! * normal[1]! + turn[2]! * normal[2]!).toBeGreaterThan(0);
    }
  });

  it("gives parts the attributes of their building, and no feature to what only groups", async () => {
    const part = {
      type: "BuildingPart",
      parents: ["h"],
      geometry: house.geometry,
      attributes: { roofType: "flat" },
    };
    const parent = { type: "Building", attributes: house.attributes, children: ["p"] };
    const city = await build({ ...FRAME, vertices: CUBE, CityObjects: { h: parent, p: part } });
    expect(city.summary).toMatchObject({ read: 1, built: 1, refused: 0 });
    expect(featuresOf(city).get("p")!.attributes).toMatchObject({
      parent: "h",
      roofType: "flat",
      year: 1999,
    });
  });

  it("raises footprints of LoD 0 to the height given", async () => {
    const flat = { ...house, geometry: house.geometry.slice(0, 1), attributes: { measuredHeight: 20 } };
    const city = await build({ ...FRAME, vertices: CUBE, CityObjects: { h: flat } });
    expect(city.summary).toMatchObject({ built: 1, triangles: 10 });
    expect(
      Math.max(
        ...featuresOf(city)
          .get("h")!
          .vertices.map(([, , h]) => h),
      ),
    ).toBeCloseTo(60, 2);
  });

  it("tells of faces that it leaves out", async () => {
    const boundaries = [[...SHELL, [[0, 0, 0]], [[0, 1]]]];
    const torn = { type: "Building", geometry: [{ type: "Solid", lod: "2", boundaries }] };
    const city = await build({ ...FRAME, vertices: CUBE, CityObjects: { torn } });
    expect(city.summary).toMatchObject({ built: 1, triangles: 12, issues: { "geometry.parts": 1 } });
    expect(city.issues).toMatchObject([{ id: "torn", what: "2 parts without an area were left out" }]);
  });

  it("places templates", async () => {
    const matrix = [2, 0, 0, 5, 0, 2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1];
    const tree = {
      type: "SolitaryVegetationObject",
      geometry: [{ type: "GeometryInstance", template: 0, boundaries: [1], transformationMatrix: matrix }],
    };
    const city = await build({
      ...FRAME,
      vertices: CUBE,
      CityObjects: { tree },
      "geometry-templates": {
        templates: [{ type: "MultiSurface", lod: "2", boundaries: [[[0, 1, 2]]] }],
        "vertices-templates": [
          [0, 0, 0],
          [1, 0, 0],
          [0, 0, 3],
        ],
      },
    });
    expect(city.complaints).toEqual([]);
    const { vertices } = featuresOf(city).get("tree")!;
    expect(Math.max(...vertices.map(([, , h]) => h))).toBeCloseTo(46, 2);
    const west = Math.min(...vertices.map(([lon]) => lon));
    expect((west - 123.4315) * 83150).toBeGreaterThan(14.9);
  });

  it("reads a sequence line by line", async () => {
    const line = (id: string) =>
      JSON.stringify({ type: "CityJSONFeature", id, CityObjects: { [id]: house }, vertices: CUBE });
    const text = [JSON.stringify({ ...FRAME, CityObjects: {}, vertices: [] }), line("a"), line("b"), ""].join(
      "\n",
    );
    for (const chunkBytes of [1 << 20, 700]) {
      const city = await buildInMemory([memorySource("s.city.jsonl", text, chunkBytes)]);
      expect(city.summary).toMatchObject({ read: 2, built: 2 });
    }
  });

  it("lists what has no surfaces, and names broken files", async () => {
    const objects = {
      h: house,
      none: { type: "Building" },
      line: { type: "Road", geometry: [{ type: "MultiLineString", lod: "0", boundaries: [[0, 1]] }] },
      gone: { type: "Building", geometry: [{ type: "MultiSurface", lod: "1", boundaries: [[[0, 1, 99]]] }] },
    };
    const city = await build({ ...FRAME, vertices: CUBE, CityObjects: objects });
    expect(city.summary).toMatchObject({ read: 4, built: 1, refused: 3 });
    expect(city.issues.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
      "none refused",
      "line refused",
      "gone refused",
    ]);
    const broken = memorySource("b.json", '{"type":"CityJSON","CityObjects":{');
    await expect(buildInMemory([broken])).rejects.toThrow(/b\.json is not readable CityJSON/);
  });
});
