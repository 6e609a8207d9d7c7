import { describe, expect, it } from "vitest";
import type { PlaceEvidence } from "../../src/domain/place-candidate.ts";
import { MemorySink } from "../tiles/tileset.ts";
import { convertIfc } from "./convert.ts";
import { IfcText, type TextOptions, type Vec3 } from "./ifc-text.fixture.ts";

/** Shenyang, in EPSG:4550 535858.69, 4630145.72. */
const HOME = { longitudeDeg: 123.4315, latitudeDeg: 41.8057 };
const SITE = "(41,48,20,520000),(123,25,53,400000),50.";

async function weigh(
  options: TextOptions,
  change: (file: IfcText) => void = () => {},
  at: Vec3 = [0, 0, 0],
): Promise<PlaceEvidence> {
  const file = new IfcText(options);
  change(file);
  file.element("P", at, file.tetrahedron(2));
  const { model } = await convertIfc(file.toBytes(), null, new MemorySink(), { fileName: "a.ifc" });
  return model.evidence;
}

function summary({ candidates }: PlaceEvidence) {
  return candidates.map(({ method, crs, doubts, isTaken }) => [
    method,
    crs,
    isTaken,
    doubts.map(({ code }) => code.replace("georef.", "")).join(" "),
  ]);
}

function expectHome({ candidates }: PlaceEvidence, withinDeg = 2e-6): void {
  const { origin } = candidates.find(({ isTaken }) => isTaken)!;
  expect(Math.abs(origin.longitudeDeg - HOME.longitudeDeg)).toBeLessThan(withinDeg);
  expect(Math.abs(origin.latitudeDeg - HOME.latitudeDeg)).toBeLessThan(withinDeg);
}

const conversion = (crs: string, values: string) => (file: IfcText) => file.mapConversion(crs, values);

describe("what a file says of its place", () => {
  it("is nothing", async () => {
    expect((await weigh({})).candidates).toEqual([]);
  });

  it("is the site alone, with what makes it doubtful", async () => {
    const found = await weigh({ siteReference: "(41,48,0),(123,25,0),50." });
    expect(summary(found)).toEqual([["IfcSite", null, true, "coarse no_north no_height_datum"]]);
    expect(found.candidates[0]!.says).toEqual([
      ["RefLatitude", "41, 48, 0"],
      ["RefLongitude", "123, 25, 0"],
      ["RefElevation", "50 m"],
    ]);
    const tool = await weigh({ siteReference: "(42,21,30,240000),(-71,-3,-34,-920000),0." });
    expect(tool.candidates[0]!.doubts[0]).toEqual({
      code: "georef.default_place",
      params: { tool: "Revit" },
    });
  });

  it("is a conversion and a site, the conversion first", async () => {
    const found = await weigh(
      { siteReference: SITE },
      conversion("EPSG:4550", "535858.69,4630145.72,50.,1.,0.,$"),
    );
    expect(summary(found)).toEqual([
      ["IfcMapConversion", "EPSG:4550", true, "no_height_datum unit_guessed"],
      ["IfcSite", null, false, "no_north no_height_datum"],
    ]);
    expectHome(found);
  });

  it("is the same in a system that is named in Chinese, and in zones", async () => {
    for (const [crs, eastings] of [
      ["2000国家大地坐标系 3度带 中央经线123°E", "535858.69"],
      ["CGCS2000_3_Degree_GK_Zone_41", "41535858.69"],
      ["CGCS2000 3度带 第41带", "41535858.69"],
      ["EPSG:4529", "41535858.69"],
    ] as const)
      expectHome(await weigh({}, conversion(crs, `${eastings},4630145.72,50.,1.,0.,$`)));
  });

  it("is read with a slip mended: a thousandfold, swapped with a zone, twice on the map", async () => {
    const said = async (values: string, at: Vec3 = [0, 0, 0], unit = "$") => {
      const found = await weigh(
        {},
        (file) => {
          const id = unit === "$" ? "$" : `#${file.add(unit)}`;
          file.mapConversion("EPSG:4550", `${values},0.,1.,0.,$`, id);
        },
        at,
      );
      // the frame of a far model begins in its middle, on a whole metre
      expectHome(found, at[0] === 0 ? 2e-6 : 3e-5);
      return found.candidates[0]!.doubts[0]!.code;
    };
    const metre = "IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.)";
    expect(await said("535858690.,4630145720.", [0, 0, 0], metre)).toBe("georef.thousandfold");
    expect(await said("4630145.72,41535858.69")).toBe("georef.swapped");
    expect(await said("535858.69,4630145.72", [535_858.69, 4_630_145.72, 0])).toBe("georef.double");
  });

  it("believes the site when the conversion leads to another country", async () => {
    const found = await weigh(
      { siteReference: SITE },
      conversion("EPSG:32651", "4628293.66,535844.35,0.,1.,0.,$"),
    );
    expect(found.candidates[0]!.doubts.map(({ code }) => code)).toContain("georef.swapped");
    const metres = await weigh({ siteReference: SITE }, (file) => {
      const milli = file.add("IFCSIUNIT(*,.LENGTHUNIT.,.MILLI.,.METRE.)");
      file.mapConversion("EPSG:32651", "535844.35,4628293.66,0.,1.,0.,$", `#${milli}`);
    });
    expect(metres.candidates[0]!.doubts.map(({ code }) => code)).toContain("georef.thousandfold");
    expect(Math.abs(metres.candidates[0]!.origin.latitudeDeg - HOME.latitudeDeg)).toBeLessThan(0.1);
  });

  it("is the coordinates themselves, in a grid that is guessed", async () => {
    const found = await weigh({}, () => {}, [535_858.69, 4_630_145.72, 3]);
    expect(summary(found).map(([method, crs]) => [method, crs])).toEqual([
      ["coordinates", "EPSG:4549"],
      ["coordinates", "EPSG:4550"],
      ["coordinates", "EPSG:4551"],
    ]);
    expect(found.candidates[1]!.origin.longitudeDeg).toBeCloseTo(123.4315, 4);
    const zoned = await weigh({}, () => {}, [41_535_858.69, 4_630_145.72, 3]);
    expect(zoned.candidates.map(({ crs }) => crs)).toContain("EPSG:4529");
  });

  it("is a latitude and longitude of a geographic system (4x3), in either order", async () => {
    for (const pair of ["41.8057),IFCPLANEANGLEMEASURE(123.4315", "123.4315),IFCPLANEANGLEMEASURE(41.8057"]) {
      const found = await weigh({ schema: "IFC4X3_ADD2" }, (file) => {
        const radian = file.add("IFCSIUNIT(*,.PLANEANGLEUNIT.,$,.RADIAN.)");
        const factor = file.add(`IFCMEASUREWITHUNIT(IFCPLANEANGLEMEASURE(0.0174532925199433),#${radian})`);
        const exponents = file.add("IFCDIMENSIONALEXPONENTS(0,0,0,0,0,0,0)");
        const degree = file.add(`IFCCONVERSIONBASEDUNIT(#${exponents},.PLANEANGLEUNIT.,'DEGREE',#${factor})`);
        const crs = file.add(`IFCGEOGRAPHICCRS('EPSG:4490',$,'CGCS2000',$,#${degree},$)`);
        file.add(`IFCRIGIDOPERATION(#${file.context},#${crs},IFCPLANEANGLEMEASURE(${pair}),12.)`);
      });
      expectHome(found);
      expect(found.candidates[0]).toMatchObject({ method: "IfcRigidOperation", crs: "EPSG:4490" });
      expect(found.candidates[0]!.origin.height).toBe(12);
    }
  });

  it("is in property sets of an IFC2X3 file", async () => {
    const found = await weigh({ schema: "IFC2X3" }, (file) => {
      const value = (name: string, text: string) =>
        `#${file.add(`IFCPROPERTYSINGLEVALUE('${name}',$,${text},$)`)}`;
      const crs = [
        value("Name", "IFCLABEL('EPSG:4550')"),
        value("VerticalDatum", "IFCIDENTIFIER('1985国家高程基准')"),
      ];
      const map = [
        value("Eastings", "IFCLENGTHMEASURE(535858.69)"),
        value("Northings", "IFCLENGTHMEASURE(4630145.72)"),
        value("OrthogonalHeight", "IFCLENGTHMEASURE(50.)"),
        value("XAxisAbscissa", "IFCREAL(1.)"),
        value("XAxisOrdinate", "IFCREAL(0.)"),
      ];
      const sets = [
        file.add(`IFCPROPERTYSET('${file.guid()}',$,'ePSet_ProjectedCRS',$,(${crs}))`),
        file.add(`IFCPROPERTYSET('${file.guid()}',$,'ePSet_MapConversion',$,(${map}))`),
      ];
      for (const set of sets) file.relate("IFCRELDEFINESBYPROPERTIES", set, [file.site]);
    });
    expect(summary(found)).toEqual([["ePSet_MapConversion", "EPSG:4550", true, "unit_guessed"]]);
    expectHome(found);
  });
});
