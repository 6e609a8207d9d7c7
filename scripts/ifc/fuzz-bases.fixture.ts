/** Test support: small files that hold something of everything. */
import { IfcText } from "../../workers/ifc/ifc-text.fixture.ts";
import { BuildingModel } from "../sample-ifc/building-model.ts";
import { addHallStairs } from "../sample-ifc/hall-stairs.ts";

/** Stairs of the sample building, by its own generator. */
function stairs(): string {
  const model = new BuildingModel();
  addHallStairs(model);
  model.relations.flush(model.project.building.ref);
  return model.step.toText({
    description: "",
    fileName: "stairs.ifc",
    timestamp: "2026-10-01T08:00:00",
    author: "LiaoTwin",
    organization: "LiaoTwin",
    system: "LiaoTwin",
    schema: "IFC4",
  });
}

function solid(file: IfcText, height: number): number {
  const profile = file.add(`IFCRECTANGLEPROFILEDEF(.AREA.,$,$,${height}.,2.)`);
  const up = file.add("IFCDIRECTION((0.,0.,1.))");
  return file.add(`IFCEXTRUDEDAREASOLID(#${profile},#${file.axes([0, 0, 0])},#${up},${height}.)`);
}

/** Cuts, mapped shapes, openings, properties, units and a place. */
function parts(schema: string): string {
  const file = new IfcText({ schema, prefix: ".MILLI.", siteReference: "(41,48,20,520000),(123,25,53),50." });
  if (schema !== "IFC2X3") file.mapConversion("EPSG:4550", "535858.69,4630145.72,50.,1.,0.,$");
  const cut = file.add(`IFCBOOLEANRESULT(.DIFFERENCE.,#${solid(file, 3)},#${solid(file, 1)})`);
  const again = file.add(`IFCBOOLEANCLIPPINGRESULT(.DIFFERENCE.,#${cut},#${solid(file, 2)})`);
  const wall = file.element("墙", [0, 0, 0], file.shape("CSG", again), "IFCWALL");
  const body = file.add(`IFCSHAPEREPRESENTATION(#${file.context},'Body','SweptSolid',(#${solid(file, 4)}))`);
  const map = file.add(`IFCREPRESENTATIONMAP(#${file.axes([0, 0, 0])},#${body})`);
  const point = file.add("IFCCARTESIANPOINT((0.,0.,0.))");
  const operator = file.add(`IFCCARTESIANTRANSFORMATIONOPERATOR3D($,$,#${point},1.,$)`);
  const things: number[] = [wall];
  for (let i = 0; i < 12; i++) {
    const item = file.add(`IFCMAPPEDITEM(#${map},#${operator})`);
    things.push(
      file.element(`柱 ${i}`, [i * 10, 3, 0], file.shape("MappedRepresentation", item), "IFCCOLUMN"),
    );
  }
  file.relate("IFCRELCONTAINEDINSPATIALSTRUCTURE", file.storey, things);
  const opening = file.element(
    "洞",
    [0, 0, 0],
    file.shape("SweptSolid", solid(file, 1)),
    "IFCOPENINGELEMENT",
  );
  file.add(`IFCRELVOIDSELEMENT('${file.guid()}',$,$,$,#${wall},#${opening})`);
  for (const thing of things) {
    const value = file.add("IFCPROPERTYSINGLEVALUE('FireRating',$,IFCLABEL('\\X2\\4E8C7EA7\\X0\\'),$)");
    const set = file.add(`IFCPROPERTYSET('${file.guid()}',$,'Pset_Common',$,(#${value}))`);
    file.relate("IFCRELDEFINESBYPROPERTIES", set, [thing]);
  }
  return file.toString();
}

export function fuzzBases(): [name: string, text: string][] {
  return [
    ["stairs", stairs()],
    ["parts IFC4", parts("IFC4")],
    ["parts IFC2X3", parts("IFC2X3")],
    ["parts IFC4X3", parts("IFC4X3_ADD2")],
  ];
}
