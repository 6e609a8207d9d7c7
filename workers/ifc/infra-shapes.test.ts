import { describe, expect, it } from "vitest";
import { MemorySink } from "../tiles/tileset.ts";
import { convertIfc } from "./convert.ts";
import { IfcText } from "./ifc-text.fixture.ts";

async function modelOf(file: IfcText) {
  return (await convertIfc(file.toBytes(), null, new MemorySink(), { fileName: "a.ifc" })).model;
}

/** A way: 100 m straight east, then a left arc of 50 m radius; rising by 2 %. */
function way(file: IfcText): number {
  const point = (x: number, y: number) => file.add(`IFCCARTESIANPOINT((${x.toFixed(6)},${y.toFixed(6)}))`);
  const direction = (x: number, y: number) => file.add(`IFCDIRECTION((${x.toFixed(9)},${y.toFixed(9)}))`);
  const at = (x: number, y: number, u = 1, v = 0) =>
    file.add(`IFCAXIS2PLACEMENT2D(#${point(x, y)},#${direction(u, v)})`);
  const line = file.add(`IFCLINE(#${point(0, 0)},#${file.add(`IFCVECTOR(#${direction(1, 0)},1.)`)})`);
  const circle = file.add(`IFCCIRCLE(#${at(0, 0)},50.)`);
  const piece = (place: number, length: string, parent: number) =>
    file.add(`IFCCURVESEGMENT(.CONTINUOUS.,#${place},IFCLENGTHMEASURE(0.),${length},#${parent})`);
  const plan = [
    piece(at(0, 0), "IFCLENGTHMEASURE(100.)", line),
    piece(at(100, 0), `IFCPARAMETERVALUE(${(Math.PI / 2).toFixed(9)})`, circle),
  ];
  const base = file.add(`IFCCOMPOSITECURVE((#${plan.join(",#")}),.U.)`);
  const slope = Math.atan(0.02);
  const rise = piece(at(0, 10, Math.cos(slope), Math.sin(slope)), "IFCLENGTHMEASURE(500.)", line);
  return file.add(`IFCGRADIENTCURVE((#${rise}),.U.,#${base},$)`);
}

describe("roads and ground", () => {
  it("show an alignment along its curve, in plan and height", async () => {
    const file = new IfcText({ schema: "IFC4X3_ADD2" });
    const shape = file.add(`IFCSHAPEREPRESENTATION(#${file.context},'Axis','Curve3D',(#${way(file)}))`);
    const product = file.add(`IFCPRODUCTDEFINITIONSHAPE($,$,(#${shape}))`);
    const place = file.add(`IFCLOCALPLACEMENT($,#${file.axes([0, 0, 0])})`);
    file.add(`IFCALIGNMENT('${file.guid()}',$,'主线',$,$,#${place},#${product},$)`);
    const { elements, failures } = await modelOf(file);
    expect([elements.class, elements.name, failures]).toEqual([["IfcAlignment"], ["主线"], []]);
    const length = 100 + 25 * Math.PI;
    const [minE, minN, minU, maxE, maxN, maxU] = elements.box as number[];
    expect([minE, maxE, minN, maxN]).toEqual([
      expect.closeTo(0, 0),
      expect.closeTo(150, 0),
      expect.closeTo(0, 0),
      expect.closeTo(50, 0),
    ]);
    expect(minU).toBeCloseTo(10 - 0.2, 1);
    expect(maxU).toBeCloseTo(10 + 0.02 * length + 0.2, 1);
  });

  it("show an alignment that has no curve, only its designer's segments", async () => {
    const file = new IfcText({ schema: "IFC4X3_ADD2" });
    const place = file.add(`IFCLOCALPLACEMENT($,#${file.axes([0, 0, 0])})`);
    const whole = (entity: string, name: string) =>
      file.add(
        `${entity}('${file.guid()}',$,'${name}',$,$,#${place},$${entity === "IFCALIGNMENT" ? ",$" : ""})`,
      );
    const segment = (parameters: string) =>
      file.add(`IFCALIGNMENTSEGMENT('${file.guid()}',$,$,$,$,#${place},$,#${file.add(parameters)})`);
    const point = (x: number, y: number) =>
      `#${file.add(`IFCCARTESIANPOINT((${x.toFixed(4)},${y.toFixed(4)}))`)}`;
    const straight = segment(`IFCALIGNMENTHORIZONTALSEGMENT($,$,${point(0, 0)},0.,0.,0.,100.,$,.LINE.)`);
    const arc = segment(
      `IFCALIGNMENTHORIZONTALSEGMENT($,$,${point(100, 0)},0.,50.,50.,${(25 * Math.PI).toFixed(6)},$,.CIRCULARARC.)`,
    );
    const rise = segment("IFCALIGNMENTVERTICALSEGMENT($,$,0.,100.,10.,0.02,0.02,$,.CONSTANTGRADIENT.)");
    const crest = segment("IFCALIGNMENTVERTICALSEGMENT($,$,100.,80.,12.,0.02,-0.02,$,.PARABOLICARC.)");
    const [plan, profile] = [
      whole("IFCALIGNMENTHORIZONTAL", "平面"),
      whole("IFCALIGNMENTVERTICAL", "纵断面"),
    ];
    const alignment = whole("IFCALIGNMENT", "支线");
    file.relate("IFCRELNESTS", plan, [straight, arc]);
    file.relate("IFCRELNESTS", profile, [rise, crest]);
    file.relate("IFCRELNESTS", alignment, [plan, profile]);
    const { elements, failures } = await modelOf(file);
    expect([elements.class, elements.name, failures]).toEqual([["IfcAlignment"], ["支线"], []]);
    const [minE, minN, minU, maxE, maxN, maxU] = elements.box as number[];
    expect([minE, maxE, minN, maxN]).toEqual([
      expect.closeTo(0, 0),
      expect.closeTo(150, 0),
      expect.closeTo(0, 0),
      expect.closeTo(50, 0),
    ]);
    expect(minU).toBeCloseTo(10 - 0.2, 1);
    // the crest stands where the slope has come to nought: 40 m into its 80 m
    expect(maxU).toBeCloseTo(12 + 0.02 * 40 - (0.04 / 80) * 800 + 0.2, 1);
  });

  it("put a thing beside the way where its distance and offsets say", async () => {
    const file = new IfcText({ schema: "IFC4X3_ADD2" });
    const curve = way(file);
    // at the end of the arc the way runs north at (150, 50): four metres to its left is west
    const distance = (100 + 25 * Math.PI).toFixed(6);
    const point = file.add(`IFCPOINTBYDISTANCEEXPRESSION(IFCLENGTHMEASURE(${distance}),4.,1.,0.,#${curve})`);
    const linear = file.add(`IFCAXIS2PLACEMENTLINEAR(#${point},$,$)`);
    const place = file.add(`IFCLINEARPLACEMENT($,#${linear},$)`);
    file.add(`IFCSIGN('${file.guid()}',$,'牌',$,$,#${place},#${file.tetrahedron(1)},$,$)`);
    const [minE, minN, minU] = (await modelOf(file)).elements.box as number[];
    // the tetrahedron's own x runs along the way, its y to the left
    expect([minE, minN]).toEqual([expect.closeTo(145, 2), expect.closeTo(50, 2)]);
    expect(minU).toBeCloseTo(10 + 0.02 * Number(distance) + 1, 2);
  });

  it("show an irregular network without its holes and what lies outside", async () => {
    const file = new IfcText({ schema: "IFC4X3_ADD2" });
    const list = file.add(
      "IFCCARTESIANPOINTLIST3D(((0.,0.,0.),(10.,0.,1.),(0.,10.,2.),(10.,10.,3.),(9000.,0.,0.)))",
    );
    const net = file.add(
      `IFCTRIANGULATEDIRREGULARNETWORK(#${list},$,.F.,((1,2,3),(2,4,3),(2,5,4)),$,(0,-2,-1))`,
    );
    file.element("地面", [0, 0, 0], file.shape("Tessellation", net), "IFCGEOGRAPHICELEMENT");
    const { counts, box } = await modelOf(file);
    expect([counts.elements, counts.triangles]).toEqual([1, 1]);
    expect(box.max).toEqual([expect.closeTo(10, 3), expect.closeTo(10, 3), expect.closeTo(2, 3)]);
  });
});
