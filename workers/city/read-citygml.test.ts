import { describe, expect, it } from "vitest";
import { buildInMemory, featuresOf, memorySource } from "./city-build.fixture.ts";

const [LAT, LON] = [41.8057, 123.4315];
const D = 1e-4;

/** A polygon through corners of a box: latitude, longitude, height. */
function polygon(corners: readonly (readonly [number, number, number])[]): string {
  const list = [...corners, corners[0]!]
    .map(([y, x, z]) => `${LAT + y * D} ${LON + x * D} ${40 + z}`)
    .join(" ");
  return `<gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>${list}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>`;
}

const surface = (kind: string, corners: Parameters<typeof polygon>[0]) =>
  `<bldg:boundedBy><bldg:${kind} gml:id="s"><bldg:area>9</bldg:area><bldg:lod2MultiSurface><gml:MultiSurface>${polygon(corners)}</gml:MultiSurface></bldg:lod2MultiSurface></bldg:${kind}></bldg:boundedBy>`;
const SHELL =
  surface("RoofSurface", [
    [0, 0, 9],
    [0, 1, 9],
    [1, 1, 9],
    [1, 0, 9],
  ]) +
  surface("WallSurface", [
    [0, 0, 0],
    [0, 1, 0],
    [0, 1, 9],
    [0, 0, 9],
  ]) +
  surface("GroundSurface", [
    [0, 0, 0],
    [1, 0, 0],
    [1, 1, 0],
    [0, 1, 0],
  ]);
const FOOTPRINT = `<bldg:lod0FootPrint><gml:MultiSurface>${polygon([
  [0, 0, 0],
  [0, 1, 0],
  [1, 1, 0],
  [1, 0, 0],
])}</gml:MultiSurface></bldg:lod0FootPrint>`;
const ATTRIBUTES = `<gml:name>和平大厦</gml:name><bldg:usage>office</bldg:usage><bldg:measuredHeight uom="m">31.4</bldg:measuredHeight>
  <gen:intAttribute name="grade"><gen:value>3</gen:value></gen:intAttribute>
  <uro:detail><uro:Detail><uro:owner>A &amp; B</uro:owner></uro:Detail></uro:detail>`;

const model = (
  members: readonly string[],
  srs = "http://www.opengis.net/def/crs/EPSG/0/4979",
) => `<?xml version="1.0"?>
<core:CityModel><gml:boundedBy><gml:Envelope srsName="${srs}"/></gml:boundedBy>
${members.map((member) => `<core:cityObjectMember>${member}</core:cityObjectMember>`).join("\n")}</core:CityModel>`;
const building = (id: string, content: string) => `<bldg:Building gml:id="${id}">${content}</bldg:Building>`;

const build = (text: string, chunkBytes?: number) => buildInMemory([memorySource("c.gml", text, chunkBytes)]);

describe("CityGML", () => {
  it("keeps the finest surfaces, attributes and axes", async () => {
    const city = await build(model([building("b", ATTRIBUTES + FOOTPRINT + SHELL)]));
    expect(city.complaints).toEqual([]);
    expect(city.summary).toMatchObject({ read: 1, built: 1, triangles: 6 });
    const { attributes, vertices } = featuresOf(city).get("b")!;
    expect(attributes).toMatchObject({
      name: "和平大厦",
      use: 2,
      height: expect.closeTo(31.4, 4),
      grade: 3,
      owner: "A & B",
      lod: "2",
    });
    expect(attributes).not.toHaveProperty("area");
    const west = Math.min(...vertices.map(([lon]) => lon));
    const south = Math.min(...vertices.map(([, lat]) => lat));
    expect(Math.hypot((west - LON) * 83000, (south - LAT) * 111000)).toBeLessThan(0.02);
    expect(Math.max(...vertices.map(([, , h]) => h))).toBeCloseTo(49, 2);
  });

  it("raises footprints where there is nothing finer, and not the roof's outline as well", async () => {
    const edge = FOOTPRINT.replaceAll("lod0FootPrint", "lod0RoofEdge");
    const city = await build(model([building("b", ATTRIBUTES + FOOTPRINT + edge)]));
    expect(city.summary).toMatchObject({ built: 1, triangles: 10 });
    expect(
      Math.max(
        ...featuresOf(city)
          .get("b")!
          .vertices.map(([, , h]) => h),
      ),
    ).toBeCloseTo(71.4, 2);
  });

  it("gives parts the attributes of their building", async () => {
    const part = `<bldg:consistsOfBuildingPart><bldg:BuildingPart gml:id="p">${SHELL}</bldg:BuildingPart></bldg:consistsOfBuildingPart>`;
    const city = await build(model([building("b", ATTRIBUTES + part)]));
    expect(city.summary).toMatchObject({ read: 1, built: 1 });
    expect(featuresOf(city).get("p")!.attributes).toMatchObject({
      parent: "b",
      name: "和平大厦",
      cityObject: "BuildingPart",
    });
  });

  it("is the same in small chunks", async () => {
    const text = model(["a", "b", "c"].map((id) => building(id, ATTRIBUTES + SHELL)));
    const [whole, small] = [await build(text), await build(text, 11)];
    expect(whole.summary).toMatchObject({ read: 3, built: 3, refused: 0 });
    for (const [path, bytes] of whole.sink.files) expect(small.sink.files.get(path), path).toEqual(bytes);
  });

  it("lists what it cannot read and names broken files", async () => {
    const implicit =
      "<bldg:lod2ImplicitRepresentation><core:ImplicitGeometry/></bldg:lod2ImplicitRepresentation>";
    const city = await build(
      model([building("a", SHELL), building("i", implicit), building("n", ATTRIBUTES)]),
    );
    expect(city.summary).toMatchObject({ read: 3, built: 1, refused: 2 });
    expect(city.issues.map(({ id }) => id)).toEqual(["i", "n"]);
    await expect(build(model([building("a", SHELL)]).slice(0, -40))).rejects.toThrow(
      /c\.gml is not whole CityGML/,
    );
  });

  it("tells Chinese grids in north, east order from those in east, north", async () => {
    const point = (first: number, second: number) =>
      `<gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>${[
        [0, 0],
        [0, 9],
        [9, 9],
        [9, 0],
        [0, 0],
      ]
        .map(([a, b]) => `${first + a!} ${second + b!} 0`)
        .join(" ")}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>`;
    const [e, n] = [535858.6908, 4630145.7181];
    for (const [first, second] of [
      [e, n],
      [n, e],
    ] as const) {
      const member = building(
        "b",
        `<bldg:lod1MultiSurface><gml:MultiSurface>${point(first, second)}</gml:MultiSurface></bldg:lod1MultiSurface>`,
      );
      const city = await build(model([member], "urn:ogc:def:crs:EPSG::4550"));
      const { vertices } = featuresOf(city).get("b")!;
      const south = Math.min(...vertices.map(([, lat]) => lat));
      expect(Math.abs(south - LAT) * 111000).toBeLessThan(0.5);
    }
  });
});
