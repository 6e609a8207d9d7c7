import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { mapConversionOf } from "../../src/domain/map-conversion.ts";
import type { IfcModel } from "../../src/domain/model.ts";
import { bearingOf, type ModelPlace, turnedDeg } from "../../src/domain/model-place.ts";
import { distanceM } from "../../src/geo/local-plane.ts";
import { MemorySink } from "../tiles/tileset.ts";
import { convertIfc } from "./convert.ts";
import { IfcText, type TextOptions } from "./ifc-text.fixture.ts";
import { applyPatches, copyName, planCopy } from "./write-copy.ts";

const PLACE: ModelPlace = { longitudeDeg: 123.4315, latitudeDeg: 41.8057, height: 0, headingDeg: 33 };

async function modelOf(bytes: Uint8Array): Promise<IfcModel> {
  return (await convertIfc(bytes, null, new MemorySink(), { fileName: "a.ifc" })).model;
}

/** The copy placed at PLACE, and both texts' lines that are not in the other. */
async function copyOf(bytes: Uint8Array, crs = "EPSG:4550", fileName = "a.ifc") {
  const { evidence } = await modelOf(bytes);
  const conversion = mapConversionOf(evidence, PLACE, crs, 51.5);
  const { step, patches } = await planCopy(bytes, fileName, conversion);
  const copy = applyPatches(step, patches);
  const [before, after] = [step, copy].map((text) => new TextDecoder("latin1").decode(text).split(/\r?\n/));
  return {
    evidence,
    copy,
    gone: before!.filter((line) => !after!.includes(line)),
    come: after!.filter((line) => !before!.includes(line)),
  };
}

/** Reads the copy again: it stands where it was put. */
async function expectPlaced({ evidence, copy }: Awaited<ReturnType<typeof copyOf>>): Promise<void> {
  const { evidence: again, georeference } = await modelOf(copy);
  const { origin } = again.candidates.find(({ isTaken }) => isTaken)!;
  const { longitudeDeg, latitudeDeg } = PLACE;
  expect(distanceM(origin.longitudeDeg, origin.latitudeDeg, longitudeDeg, latitudeDeg)).toBeLessThan(0.002);
  expect(origin.height).toBeCloseTo(51.5, 6);
  const bearing = turnedDeg(-again.turnDeg);
  expect(turnedDeg(bearing - bearingOf(evidence, PLACE))).toBeCloseTo(0, 6);
  expect(georeference.method).toMatch(/MapConversion/);
}

function text(options: TextOptions = {}, change: (file: IfcText) => void = () => {}): IfcText {
  const file = new IfcText(options);
  change(file);
  file.element("P", [0, 0, 0], file.tetrahedron(2000));
  return file;
}

describe("a copy that says where it stands", () => {
  it("gets a conversion at the end of the data, in millimetres too, and differs in nothing else", async () => {
    for (const prefix of ["$", ".MILLI."]) {
      const copied = await copyOf(text({ prefix, trueNorth: [0.3, 1] }).toBytes());
      expect(copied.gone).toEqual([]);
      expect(copied.come.map((line) => /=(\w+)/.exec(line)?.[1])).toEqual(
        expect.arrayContaining(["IFCPROJECTEDCRS", "IFCMAPCONVERSION"]),
      );
      expect(copied.come.length).toBeLessThanOrEqual(3);
      await expectPlaced(copied);
    }
  });

  it("changes the conversions that are there, under their numbers", async () => {
    const wrong = text({}, (file) => {
      const crs = file.add("IFCPROJECTEDCRS('EPSG:32651',$,'WGS84','1985','UTM','51',$)");
      file.add(`IFCMAPCONVERSION(#${file.context},#${crs},1.,2.,3.,1.,0.,$)`);
      file.add("IFCWALL('0000000000000000000000',$,'a ; ''b'' (#1',$,$,$,$,$,$)");
    });
    const copied = await copyOf(wrong.toBytes());
    expect(copied.gone.length).toBe(2);
    expect(copied.come.find((line) => line.includes("PROJECTEDCRS"))).toContain(
      "'EPSG:4550','CGCS2000 / 3-degree Gauss-Kruger CM 123E','CGCS2000','1985',",
    );
    await expectPlaced(copied);
  });

  it("of a far model and of a rigid operation is read back at the same place", async () => {
    const far = new IfcText({ schema: "IFC4X3_ADD2" });
    const crs = far.add("IFCPROJECTEDCRS('EPSG:3857',$,$,$,$,$,$)");
    far.add(`IFCRIGIDOPERATION(#${far.context},#${crs},IFCLENGTHMEASURE(1.),IFCLENGTHMEASURE(1.),$)`);
    far.element("P", [535_858.69, 4_630_145.72, 3], far.tetrahedron(2));
    await expectPlaced(await copyOf(far.toBytes()));
  });

  it("of an IFC2X3 file gets the two property sets of its site, or changes those it has", async () => {
    const plain = text({ schema: "IFC2X3", prefix: ".MILLI." });
    const copied = await copyOf(plain.toBytes());
    expect(copied.gone).toEqual([]);
    expect(copied.come.filter((line) => line.includes("IFCPROPERTYSET("))).toHaveLength(2);
    await expectPlaced(copied);
    const again = await copyOf(copied.copy, "EPSG:4529");
    expect(again.come.every((line) => line.includes("IFCPROPERTYSINGLEVALUE"))).toBe(true);
    await expectPlaced(again);
  });

  it("keeps line ends, and unpacks a zip", async () => {
    const crlf = new TextEncoder().encode(text().toString().replaceAll("\n", "\r\n"));
    const { copy, come } = await copyOf(zipSync({ "a.ifc": crlf }), "EPSG:4550", "a.ifczip");
    const lines = new TextDecoder().decode(copy).split("\r\n");
    expect(lines.filter((line) => line.includes("\n"))).toEqual([]);
    expect(come.length).toBeGreaterThan(0);
    expect([copyName("市政厅.ifczip"), copyName("a.ifc"), copyName("b.ifc.gz")]).toEqual([
      "市政厅-placed.ifc",
      "a-placed.ifc",
      "b-placed.ifc",
    ]);
  });

  it("is refused with a sentence where there is nothing to write to", async () => {
    const bare =
      "ISO-10303-21;\nHEADER;\nFILE_SCHEMA(('IFC2X3'));\nENDSEC;\nDATA;\nENDSEC;\nEND-ISO-10303-21;\n";
    const conversion = mapConversionOf({ turnDeg: 0, offset: [0, 0, 0], lengthM: 1 }, PLACE, "EPSG:4550", 0);
    const plan = (schema: string) =>
      planCopy(new TextEncoder().encode(bare.replace("IFC2X3", schema)), "a.ifc", conversion);
    await expect(plan("IFC2X3")).rejects.toMatchObject({ code: "ifc.no_site" });
    await expect(plan("IFC4")).rejects.toMatchObject({ code: "ifc.no_context" });
  });
});
