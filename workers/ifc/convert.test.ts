import { describe, expect, it } from "vitest";
import { PropertyStore } from "../../src/domain/ifc/property-store.ts";
import type { PropertySet } from "../../src/domain/model.ts";
import { ecefFromGeodetic } from "../../src/geo/ellipsoid.ts";
import { transformPoint } from "../../src/geo/matrix.ts";
import { createProjection } from "../../src/geo/projection.ts";
import { decodeGlb } from "../tiles/glb-checks.ts";
import { MemorySink } from "../tiles/tileset.ts";
import type { TilesetJson } from "../tiles/tileset-checks.ts";
import type { ConvertOptions } from "./contract.ts";
import { type ConvertHooks, convertIfc } from "./convert.ts";
import { IfcText, type Vec3 } from "./ifc-text.fixture.ts";

async function convert(file: IfcText, options: Partial<ConvertOptions> = {}, hooks: ConvertHooks = {}) {
  const sink = new MemorySink();
  const { model, summary } = await convertIfc(
    file.toBytes(),
    null,
    sink,
    { fileName: "test.ifc", ...options },
    hooks,
  );
  return { sink, model, summary };
}

/** ECEF of the decoded vertices of one element. */
async function ecefPoints(sink: MemorySink, row: number): Promise<Vec3[]> {
  const { transform } = (sink.json("tileset.json") as TilesetJson).root;
  const points: Vec3[] = [];
  for (const [path, bytes] of sink.files) {
    if (!path.endsWith(".glb")) continue;
    const { primitives, columns } = await decodeGlb(bytes);
    for (const { positions, featureIds } of primitives)
      featureIds.forEach((feature, vertex) => {
        const [x, y, z] = positions.subarray(vertex * 3, vertex * 3 + 3);
        if (columns.row![feature] === row) points.push(transformPoint(transform!, [x!, y!, z!]));
      });
  }
  return points;
}

function nearest(points: readonly Vec3[], target: Vec3): number {
  return Math.min(
    ...points.map((point) => Math.hypot(...[0, 1, 2].map((axis) => point[axis]! - target[axis]!))),
  );
}

/** Where IFC says an engineering point is: by the map formula and the projection alone. */
function mapped(crs: string, eastings: number, northings: number, height: number): Vec3 {
  return ecefFromGeodetic({ ...createProjection(crs).toGeodetic(eastings, northings), height });
}

describe("places", () => {
  it("puts a millimetre file where its map conversion says, convergence included", async () => {
    const file = new IfcText({ prefix: ".MILLI." });
    const [sin, cos] = [Math.sin(0.3), Math.cos(0.3)];
    const metre = file.add("IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.)");
    file.mapConversion("EPSG:4550", `535858.69,4630145.72,44.5,${cos},${sin},0.001`, `#${metre}`);
    const proxy = file.element("P", [20_000, 10_000, 3000], file.tetrahedron(2000));
    file.relate("IFCRELCONTAINEDINSPATIALSTRUCTURE", file.storey, [proxy]);
    const { sink, model } = await convert(file);
    const { origin, rotationDeg, epsg, method } = model.georeference;
    expect(method).toBe("IfcMapConversion");
    expect(epsg).toBe(4550);
    // DOMAIN test vector: Shenyang in EPSG:4550
    expect(origin!.longitudeDeg).toBeCloseTo(123.4315, 6);
    expect(origin!.latitudeDeg).toBeCloseTo(41.8057, 6);
    expect(rotationDeg).toBeCloseTo((-0.3 * 180) / Math.PI, 9);
    const points = await ecefPoints(sink, 0);
    for (const [x, y, z] of [
      [20, 10, 3],
      [22, 10, 3],
      [20, 12, 3],
      [20, 10, 5],
    ] as Vec3[]) {
      const target = mapped(
        "EPSG:4550",
        535858.69 + cos * x - sin * y,
        4630145.72 + sin * x + cos * y,
        44.5 + z,
      );
      expect(nearest(points, target)).toBeLessThan(0.01);
    }
  });

  it("keeps millimetres in map-sized coordinates, with an origin near the model", async () => {
    const file = new IfcText();
    file.mapConversion("EPSG:4550", "0.,0.,0.,1.,0.,1.");
    file.element("P", [535_858.694, 4_630_145.721, 44.5], file.tetrahedron(2));
    const { sink, model } = await convert(file);
    expect(model.georeference.offset).toEqual([535_860, 4_630_147, 0]);
    const points = await ecefPoints(sink, 0);
    expect(nearest(points, mapped("EPSG:4550", 535_858.694, 4_630_145.721, 44.5))).toBeLessThan(0.003);
    expect(nearest(points, mapped("EPSG:4550", 535_858.694, 4_630_147.721, 44.5))).toBeLessThan(0.003);
    expect(Math.max(...model.box.max.map(Math.abs))).toBeLessThan(50);
  });

  it("takes IfcSite's place at the site's placement, turned to true north", async () => {
    const file = new IfcText({
      siteReference: "(41,48,0,500000),(123,25,30),50.",
      sitePlacement: [10, 20, 5],
      trueNorth: [1, 0],
    });
    file.element("P", [10, 20, 5], file.tetrahedron(100));
    const { sink, model } = await convert(file);
    expect(model.georeference.method).toBe("IfcSite");
    const site = { longitudeDeg: 123.425, latitudeDeg: 41.8 + 0.5 / 3600, height: 50 };
    const points = await ecefPoints(sink, 0);
    expect(nearest(points, ecefFromGeodetic(site))).toBeLessThan(0.01);
    // +X of the model is north, +Y is west
    const degree = 111_069.6;
    const north = { ...site, latitudeDeg: site.latitudeDeg + 100 / degree };
    expect(nearest(points, ecefFromGeodetic(north))).toBeLessThan(0.05);
    expect(model.georeference.rotationDeg).toBeCloseTo(-90, 9);
  });

  it("reports what it cannot use: zero, out of range, unknown system", async () => {
    const make = (options: ConstructorParameters<typeof IfcText>[0], change?: (file: IfcText) => void) => {
      const file = new IfcText(options);
      change?.(file);
      file.element("P", [0, 0, 0], file.tetrahedron(2));
      return convert(file);
    };
    const zero = await make({ siteReference: "(0,0,0),(0,0,0),0." });
    const range = await make({ siteReference: "(95,0,0),(123,0,0),0." });
    const unknown = await make({ siteReference: "(41,0,0),(123,0,0),0." }, (file) =>
      file.mapConversion("沈阳市独立坐标系", "1234.5,6789.,12.,1.,0.,$"),
    );
    expect([zero, range, unknown].map(({ model }) => model.issues[0]?.code)).toEqual([
      "georef.zero",
      "georef.out_of_range",
      "georef.crs_unknown",
    ]);
    for (const { model } of [zero, range, unknown]) expect(model.georeference.method).toBe("none");
    expect(unknown.model.georeference).toMatchObject({
      eastings: 1234.5,
      northings: 6789,
      orthogonalHeight: 12,
    });
  });

  it("lets the user name the system, also for a file without a conversion", async () => {
    const file = new IfcText();
    file.mapConversion("沈阳市独立坐标系", "535858.69,4630145.72,0.,1.,0.,$");
    file.element("P", [0, 0, 0], file.tetrahedron(2));
    const named = await convert(file, { crs: "EPSG:4550" });
    expect(named.model.georeference).toMatchObject({ method: "IfcMapConversion", epsg: 4550 });
    const bare = new IfcText();
    bare.element("P", [535_858.69, 4_630_145.72, 3], bare.tetrahedron(2));
    const { sink, model } = await convert(bare, { crs: "EPSG:4550" });
    expect(model.georeference).toMatchObject({ method: "user", epsg: 4550 });
    expect(nearest(await ecefPoints(sink, 0), mapped("EPSG:4550", 535_858.69, 4_630_145.72, 3))).toBeLessThan(
      0.003,
    );
    await expect(convert(bare, { crs: "EPSG:1" })).rejects.toMatchObject({ code: "crs.unknown" });
  });

  it("reads eastings with a zone number too many, too few, and a swapped pair, and says so", async () => {
    const place = async (crs: string, values: string) => {
      const file = new IfcText();
      file.mapConversion(crs, `${values},0.,1.,0.,$`);
      file.element("P", [0, 0, 0], file.tetrahedron(2));
      const { model } = await convert(file);
      expect(model.georeference.origin!.longitudeDeg).toBeCloseTo(123.4315, 6);
      expect(model.georeference.origin!.latitudeDeg).toBeCloseTo(41.8057, 6);
      return model.issues.map(({ code }) => code);
    };
    expect(await place("EPSG:4550", "535858.69,4630145.72")).toEqual([]);
    expect(await place("EPSG:4529", "41535858.69,4630145.72")).toEqual([]);
    expect(await place("CGCS2000 / 3-degree Gauss-Kruger CM 123E", "535858.69,4630145.72")).toEqual([]);
    expect(await place("EPSG:4550", "41535858.69,4630145.72")).toEqual(["georef.zone_prefix"]);
    expect(await place("EPSG:4529", "535858.69,4630145.72")).toEqual(["georef.zone_prefix"]);
    expect(await place("EPSG:4550", "4630145.72,535858.69")).toEqual(["georef.swapped"]);
  });

  it("puts a model with map coordinates but only a site's place at that place", async () => {
    const file = new IfcText({ siteReference: "(41,48,0),(123,24,0),50." });
    file.element("P", [535_858.69, 4_630_145.72, 3], file.tetrahedron(2));
    const { model } = await convert(file);
    expect(model.issues.map(({ code }) => code)).toEqual(["georef.far_from_site"]);
    expect(model.georeference.origin!.latitudeDeg).toBeCloseTo(41.8, 9);
  });

  it("ignores a forgotten unit in Scale and says so", async () => {
    const file = new IfcText({ prefix: ".MILLI." });
    const metre = file.add("IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.)");
    file.mapConversion("EPSG:4550", "535858.69,4630145.72,0.,1.,0.,1.", `#${metre}`);
    file.element("P", [10_000, 0, 0], file.tetrahedron(2000));
    const { sink, model } = await convert(file);
    expect(model.issues.map(({ code }) => code)).toContain("georef.scale_ignored");
    expect(nearest(await ecefPoints(sink, 0), mapped("EPSG:4550", 535_868.69, 4_630_145.72, 0))).toBeLessThan(
      0.01,
    );
  });
});

describe("elements", () => {
  it("finds the storey directly, through an assembly, a space and an opening's host", async () => {
    const file = new IfcText();
    const shape = file.tetrahedron(1);
    const upper = file.addStorey("二层", 4);
    file.relate("IFCRELAGGREGATES", file.building, [upper]);
    const direct = file.element("direct", [0, 0, 0], shape);
    const assembly = file.element("assembly", [0, 0, 0], null, "IFCELEMENTASSEMBLY");
    const part = file.element("part", [2, 0, 4], shape);
    const space = file.add(`IFCSPACE('${file.guid()}',$,'101',$,$,$,$,'办公室',.ELEMENT.,$,$)`);
    const sensor = file.element("sensor", [4, 0, 4], shape);
    const stray = file.element("stray", [6, 0, 0], shape);
    file.relate("IFCRELCONTAINEDINSPATIALSTRUCTURE", file.storey, [direct]);
    file.relate("IFCRELCONTAINEDINSPATIALSTRUCTURE", upper, [assembly]);
    file.relate("IFCRELAGGREGATES", assembly, [part]);
    file.relate("IFCRELAGGREGATES", upper, [space]);
    file.relate("IFCRELCONTAINEDINSPATIALSTRUCTURE", space, [sensor]);
    const { model } = await convert(file);
    const storeyOf = (id: number) => model.elements.storey[model.elements.expressId.indexOf(id)];
    expect([direct, part, sensor, stray].map(storeyOf)).toEqual([0, 1, 1, -1]);
    expect(model.storeys.map(({ name, elevation, elements }) => [name, elevation, elements])).toEqual([
      ["一层", 0, 1],
      ["二层", 4, 2],
    ]);
    const [building] = model.spatialTree.children[0]!.children;
    const node = building!.children.find(({ name }) => name === "二层")!;
    expect(node.children[0]).toMatchObject({ class: "IfcSpace", name: "101 办公室" });
    expect(node.children[0]!.elements).toEqual([model.elements.expressId.indexOf(sensor)]);
    expect(model.spatialTree.elements).toEqual([model.elements.expressId.indexOf(stray)]);
  });

  it("keeps two elements with one GlobalId apart", async () => {
    const file = new IfcText();
    const shape = file.tetrahedron(1);
    file.element("a", [0, 0, 0], shape, undefined, "1234567890123456789012");
    const second = file.element("b", [5, 0, 0], shape, undefined, "1234567890123456789012");
    const { model } = await convert(file);
    expect(model.elements.globalId).toEqual(["1234567890123456789012", `1234567890123456789012#${second}`]);
    expect(model.issues.map(({ code }) => code)).toContain("ifc.duplicate_global_id");
  });

  it("writes property sets, quantities, type sets, materials and units", async () => {
    const file = new IfcText({ prefix: ".MILLI." });
    const wall = file.element("墙", [0, 0, 0], file.tetrahedron(1000), "IFCWALL");
    const property = (name: string, value: string) =>
      file.add(`IFCPROPERTYSINGLEVALUE('${name}',$,${value},$)`);
    const list = (ids: number[]) => `(${ids.map((id) => `#${id}`).join(",")})`;
    const states = file.add("IFCPROPERTYENUMERATEDVALUE('Status',$,(IFCLABEL('NEW'),IFCLABEL('OLD')),$)");
    const ids = [
      property("FireRating", "IFCLABEL('\\X2\\4E8C7EA7\\X0\\')"),
      property("IsExternal", "IFCBOOLEAN(.T.)"),
      property("Width", "IFCLENGTHMEASURE(240.)"),
      states,
    ];
    const set = file.add(`IFCPROPERTYSET('${file.guid()}',$,'Pset_WallCommon',$,${list(ids)})`);
    const area = file.add("IFCQUANTITYAREA('NetSideArea',$,$,12.5,$)");
    const quantities = file.add(`IFCELEMENTQUANTITY('${file.guid()}',$,'Qto_Wall',$,$,(#${area}))`);
    const typeSet = file.add(
      `IFCPROPERTYSET('${file.guid()}',$,'Pset_Type',$,${list([property("Code", "IFCINTEGER(7)")])})`,
    );
    const type = file.add(`IFCWALLTYPE('${file.guid()}',$,'内墙 200',$,$,(#${typeSet}),$,$,$,.SOLIDWALL.)`);
    const material = file.add("IFCMATERIAL('混凝土',$,$)");
    file.relate("IFCRELDEFINESBYPROPERTIES", set, [wall]);
    file.relate("IFCRELDEFINESBYPROPERTIES", quantities, [wall]);
    file.relate("IFCRELDEFINESBYTYPE", type, [wall]);
    file.relate("IFCRELASSOCIATESMATERIAL", material, [wall]);
    const { sink, model } = await convert(file);
    const store = await PropertyStore.open(
      async (path) => sink.files.get(path)!.slice().buffer as ArrayBuffer,
    );
    const sets = await store.setsOf(0, model.elements.expressId[0]!);
    const expected: PropertySet[] = [
      {
        name: "Attributes",
        properties: [
          { name: "Type", value: "内墙 200" },
          { name: "Material", value: "混凝土" },
        ],
      },
      {
        name: "Pset_WallCommon",
        properties: [
          { name: "FireRating", value: "二级" },
          { name: "IsExternal", value: true },
          { name: "Width", value: 240, unit: "mm" },
          { name: "Status", value: "NEW; OLD" },
        ],
      },
      { name: "Qto_Wall", properties: [{ name: "NetSideArea", value: 12.5, unit: "m²" }] },
      { name: "Pset_Type", properties: [{ name: "Code", value: 7 }], fromType: true },
    ];
    expect(sets).toEqual(expected);
  });

  it("knows classifications, documents and systems", async () => {
    const file = new IfcText();
    const pipe = file.element("管", [0, 0, 0], file.tetrahedron(1), "IFCPIPESEGMENT");
    const system = file.add("IFCCLASSIFICATION('NBS','2015',$,'Uniclass 2015',$,$,$)");
    const parent = file.add(`IFCCLASSIFICATIONREFERENCE($,'Pr_65','Pipes',#${system},$,$)`);
    const code = file.add(`IFCCLASSIFICATIONREFERENCE($,'Pr_65_52','Pipes and fittings',#${parent},$,$)`);
    const plan = file.add("IFCDOCUMENTREFERENCE('https://example.org/m.pdf','M-01','手册',$,$)");
    const heating = file.add(`IFCSYSTEM('${file.guid()}',$,'供热',$,$)`);
    file.relate("IFCRELASSOCIATESCLASSIFICATION", code, [pipe]);
    file.relate("IFCRELASSOCIATESDOCUMENT", plan, [pipe]);
    file.add(`IFCRELASSIGNSTOGROUP('${file.guid()}',$,$,$,(#${pipe}),.PRODUCT.,#${heating})`);
    const { sink, model } = await convert(file);
    const store = await PropertyStore.open(
      async (path) => sink.files.get(path)!.slice().buffer as ArrayBuffer,
    );
    expect(await store.setsOf(0, model.elements.expressId[0]!)).toEqual([
      {
        name: "Classification",
        properties: [{ name: "Uniclass 2015", value: "Pr_65_52 Pipes and fittings" }],
      },
      { name: "Documents", properties: [{ name: "M-01 手册", value: "https://example.org/m.pdf" }] },
      { name: "Groups", properties: [{ name: "IfcSystem", value: "供热" }] },
    ]);
  });

  it("leaves out the element whose shape refers to itself, and only that", async () => {
    const file = new IfcText();
    const good = file.element("good", [0, 0, 0], file.tetrahedron(1));
    const origin = file.axes([0, 0, 0]);
    const point = file.add("IFCCARTESIANPOINT((0.,0.,0.))");
    const operator = file.add(`IFCCARTESIANTRANSFORMATIONOPERATOR3D($,$,#${point},1.,$)`);
    const first = file.nextId;
    file.add(`IFCREPRESENTATIONMAP(#${origin},#${first + 1})`);
    file.add(`IFCSHAPEREPRESENTATION(#${file.context},'Body','MappedRepresentation',(#${first + 2}))`);
    file.add(`IFCMAPPEDITEM(#${first},#${operator})`);
    file.element("cyclic", [5, 0, 0], file.shape("MappedRepresentation", first + 2));
    const last = file.element("last", [9, 0, 0], file.tetrahedron(1));
    const { model } = await convert(file);
    expect(model.elements.expressId).toEqual([good, last]);
    expect(model.failures).toMatchObject([
      { class: "IfcBuildingElementProxy", name: "cyclic", reason: "cycle", detail: "IfcMappedItem" },
    ]);
  });
});

describe("the conversion as a whole", () => {
  function twoBoxes(): IfcText {
    const file = new IfcText();
    file.element("a", [0, 0, 0], file.tetrahedron(3));
    file.element("b", [5, 0, 0], file.tetrahedron(2));
    return file;
  }

  it("gives the same bytes twice, model.json last", async () => {
    const [one, two] = await Promise.all([convert(twoBoxes()), convert(twoBoxes())]);
    expect([...one.sink.files]).toEqual([...two.sink.files]);
    expect([...one.sink.files.keys()].at(-1)).toBe("model.json");
  });

  it("passes through its stages in order and says what it made", async () => {
    const stages: string[] = [];
    const { summary } = await convert(twoBoxes(), {}, { onProgress: ({ stage }) => stages.push(stage) });
    expect([...new Set(stages)]).toEqual(["read", "open", "geometry", "properties", "encode", "write"]);
    expect(summary).toMatchObject({ elements: 2, triangles: 8, tiles: 1, schema: "IFC4" });
  });

  it("stops when told to", async () => {
    const stop = new AbortController();
    const running = convert(twoBoxes(), {}, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
  });

  it("turns a mirrored placement's faces the right way out", async () => {
    const file = new IfcText();
    const point = file.add("IFCCARTESIANPOINT((0.,0.,0.))");
    const left = file.add("IFCDIRECTION((-1.,0.,0.))");
    const [y, z] = [file.add("IFCDIRECTION((0.,1.,0.))"), file.add("IFCDIRECTION((0.,0.,1.))")];
    const mirror = file.add(`IFCCARTESIANTRANSFORMATIONOPERATOR3D(#${left},#${y},#${point},1.,#${z})`);
    const points = "((0.,0.,0.),(2.,0.,0.),(0.,2.,0.),(0.,0.,2.))";
    const list = file.add(`IFCCARTESIANPOINTLIST3D(${points})`);
    const faces = file.add(`IFCTRIANGULATEDFACESET(#${list},$,.T.,((1,3,2),(1,2,4),(1,4,3),(2,3,4)),$)`);
    const body = file.add(`IFCSHAPEREPRESENTATION(#${file.context},'Body','Tessellation',(#${faces}))`);
    const map = file.add(`IFCREPRESENTATIONMAP(#${file.axes([0, 0, 0])},#${body})`);
    const item = file.add(`IFCMAPPEDITEM(#${map},#${mirror})`);
    file.element("mirrored", [10, 0, 0], file.shape("MappedRepresentation", item));
    const { sink } = await convert(file);
    const { primitives } = await decodeGlb(sink.files.get("0.glb")!);
    const { positions, normals, indices } = primitives[0]!;
    for (let i = 0; i < indices.length; i += 3) {
      const [a, b, c] = [0, 1, 2].map((k) =>
        positions.subarray(indices[i + k]! * 3, indices[i + k]! * 3 + 3),
      );
      const [u, v] = [b!, c!].map((corner) => corner.map((value, axis) => value - a![axis]!));
      const face = [0, 1, 2].map(
        (k) => u![(k + 1) % 3]! * v![(k + 2) % 3]! - u![(k + 2) % 3]! * v![(k + 1) % 3]!,
      );
      const normal = normals.subarray(indices[i]! * 3, indices[i]! * 3 + 3);
      expect(face.reduce((sum, value, axis) => sum + value * normal[axis]!, 0)).toBeGreaterThan(0);
      const outward = [a, b, c].reduce((sum, corner) => sum + corner![0]!, 0) / 3 - 9.5;
      expect(Math.sign(face[0]!) === 0 || Math.sign(face[0]!) === Math.sign(outward)).toBe(true);
    }
  });
});
