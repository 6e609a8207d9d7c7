import { describe, expect, it } from "vitest";
import { MemorySink } from "../tiles/tileset.ts";
import { convertIfc } from "./convert.ts";
import { IfcText } from "./ifc-text.fixture.ts";

describe("rooms", () => {
  it("have a box along the file's own axes, in the frame of the model, whether they are drawn or not", async () => {
    const file = new IfcText({
      prefix: ".MILLI.",
      trueNorth: [1, 0],
      siteReference: "(41,0,0),(123,0,0),0.",
    });
    const wall = file.element("P", [0, 0, 0], file.tetrahedron(9000));
    file.relate("IFCRELCONTAINEDINSPATIALSTRUCTURE", file.storey, [wall]);
    const place = file.add(`IFCLOCALPLACEMENT($,#${file.axes([1000, 2000, 500])})`);
    const shape = file.tetrahedron(3000);
    const room = file.add(`IFCSPACE('${file.guid()}',$,'R',$,$,#${place},#${shape},$,.ELEMENT.,$,$)`);
    const bare = file.add(`IFCSPACE('${file.guid()}',$,'B',$,$,$,$,$,.ELEMENT.,$,$)`);
    file.relate("IFCRELAGGREGATES", file.storey, [room, bare]);
    const { model } = await convertIfc(file.toBytes(), null, new MemorySink(), { fileName: "test.ifc" });
    const storey = model.spatialTree.children[0]!.children[0]!.children[0]!;
    const [withShape, without] = storey.children;
    expect([withShape!.name, without!.name, without!.space]).toEqual(["R", "B", undefined]);
    expect([withShape!.space!.bottom, withShape!.space!.top]).toEqual([0.5, 3.5]);
    // true north along the file's x axis: its x is north, its y is west
    expect(withShape!.space!.ring.map(([east, north]) => [Math.round(east), Math.round(north)])).toEqual([
      [-2, 1],
      [-2, 4],
      [-5, 4],
      [-5, 1],
    ]);
    expect(model.counts.elements).toBe(1);
  });
});
