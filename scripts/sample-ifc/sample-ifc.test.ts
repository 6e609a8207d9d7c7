import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as WebIFC from "web-ifc";
import { createProjection } from "../../src/geo/projection.ts";
import { writeSampleIfc } from "../sample-ifc.ts";
import { SAMPLE_SITE } from "../sample-site.ts";

const text = writeSampleIfc();
const lines = text.split("\n").filter((line) => line.startsWith("#"));

function countOf(type: string): number {
  return lines.filter((line) => line.includes(`=${type}(`)).length;
}

/** Top-level attributes of the only line of a type, as text. */
function attributesOf(type: string): string[] {
  const line = lines.find((one) => one.includes(`=${type}(`)) ?? "";
  const body = line.slice(line.indexOf("(") + 1, line.lastIndexOf(")"));
  return body.split(/,(?![^(]*\))/);
}

describe("text of the sample building", () => {
  test("is the same every time and between two and six megabytes", () => {
    const hash = (of: string) => createHash("sha256").update(of).digest("hex");
    expect(hash(writeSampleIfc())).toBe(hash(text));
    expect(text.length).toBeGreaterThan(2e6);
    expect(text.length).toBeLessThan(6e6);
  });

  test("every GlobalId is well formed and unique", () => {
    const ids = lines.map((line) => /^#\d+=IFC\w+\('([0-3][\w$]{21})',\$,/.exec(line)?.[1]).filter(Boolean);
    expect(ids.length).toBeGreaterThan(7000);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("stands at the sample site to a centimetre", () => {
    const [, , eastings, northings, height, abscissa, ordinate, scale] =
      attributesOf("IFCMAPCONVERSION").map(Number);
    const projection = createProjection("EPSG:4550");
    const place = projection.toGeodetic(eastings as number, northings as number);
    const metresPerDegree = 111_000;
    expect(Math.abs(place.longitudeDeg - SAMPLE_SITE.longitudeDeg) * metresPerDegree).toBeLessThan(0.01);
    expect(Math.abs(place.latitudeDeg - SAMPLE_SITE.latitudeDeg) * metresPerDegree).toBeLessThan(0.01);
    expect((Math.atan2(ordinate as number, abscissa as number) * 180) / Math.PI).toBeCloseTo(
      -SAMPLE_SITE.rotationDeg,
      6,
    );
    expect([height, scale]).toEqual([44, 1]);
    expect(attributesOf("IFCPROJECTEDCRS")[0]).toBe("'EPSG:4550'");
  });

  test("has what the demonstrations need", () => {
    expect(countOf("IFCBUILDINGSTOREY")).toBe(14);
    expect(countOf("IFCSPACE")).toBeGreaterThan(150);
    expect(countOf("IFCSTAIRFLIGHT")).toBeGreaterThan(48);
    expect(countOf("IFCDISTRIBUTIONSYSTEM")).toBeGreaterThanOrEqual(8);
    expect(
      lines.filter((line) => line.includes("=IFCSENSOR(") && line.includes(".GASSENSOR.")).length,
    ).toBeGreaterThan(6);
    const doorSets = lines.filter((line) => line.includes("'Pset_DoorCommon'"));
    const rated = lines.findIndex((line) => line.includes("'FireRating'") && line.includes("7532")) + 1;
    const ratedRef = lines[rated - 1]?.slice(0, lines[rated - 1]?.indexOf("="));
    expect(doorSets.some((line) => line.includes(`${ratedRef},`) || line.includes(`${ratedRef})`))).toBe(
      true,
    );
    expect(doorSets.length).toBeGreaterThan(5);
  });
});

describe("the sample building in web-ifc", () => {
  const api = new WebIFC.IfcAPI();
  let model = -1;
  beforeAll(async () => {
    await api.Init();
    model = api.OpenModel(new TextEncoder().encode(text), { TAPE_SIZE: 4 << 20 });
  });
  afterAll(() => api.CloseModel(model));

  test("every element with a representation has triangles, and the box is that of the plot", () => {
    const meshed = new Set<number>();
    const min = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    const max = min.map((value) => -value);
    api.StreamAllMeshes(model, (mesh) => {
      for (let i = 0; i < mesh.geometries.size(); i++) {
        const placed = mesh.geometries.get(i);
        const geometry = api.GetGeometry(model, placed.geometryExpressID);
        if (geometry.GetIndexDataSize() > 0) meshed.add(mesh.expressID);
        const vertices = api.GetVertexArray(geometry.GetVertexData(), geometry.GetVertexDataSize());
        growBox(min, max, vertices, placed.flatTransformation);
        geometry.delete();
      }
    });
    const silent = lines.filter((line) => {
      const match =
        /^#(\d+)=IFC(?!SPACE|SITE|BUILDING|OPENING|PROP)\w+\('[^']{22}',\$,'[^']*',\$,[^,]*,#\d+,#\d+,/.exec(
          line,
        );
      return match && !meshed.has(Number(match[1]));
    });
    expect(silent).toEqual([]);
    expect(meshed.size).toBeGreaterThan(3000);
    expect(meshed.size).toBeLessThanOrEqual(7000);
    expect(max[0]).toBeLessThanOrEqual(SAMPLE_SITE.halfEast);
    expect(min[0]).toBeGreaterThanOrEqual(-SAMPLE_SITE.halfEast);
    expect(-(min[2] as number)).toBeLessThanOrEqual(SAMPLE_SITE.halfNorth);
    expect(max[2]).toBeLessThanOrEqual(SAMPLE_SITE.halfNorth);
    expect(max[1]).toBeGreaterThan(55);
    expect(min[1]).toBeLessThan(-4);
  });

  test("the tree says storeys, rooms and what they contain, in Chinese", () => {
    const names = idsOf(api, model, WebIFC.IFCBUILDINGSTOREY).map(
      (id) => (api.GetLine(model, id) as { Name: { value: string } }).Name.value,
    );
    expect(names).toEqual(expect.arrayContaining(["地下一层", "一层", "十二层", "屋面"]));
    const contained = idsOf(api, model, WebIFC.IFCRELCONTAINEDINSPATIALSTRUCTURE).flatMap((id) => {
      const relation = api.GetLine(model, id) as {
        RelatingStructure: { value: number };
        RelatedElements: { value: number }[];
      };
      const place = api.GetLine(model, relation.RelatingStructure.value) as { Name: { value: string } };
      return relation.RelatedElements.map(({ value }) => ({ value, place: place.Name.value }));
    });
    expect(new Set(contained.map(({ value }) => value)).size).toBe(contained.length);
    const gas = contained.filter(({ value }) => {
      const line = api.GetLine(model, value) as { PredefinedType?: { value: string } };
      return line.PredefinedType?.value === "GASSENSOR";
    });
    expect(gas.length).toBeGreaterThan(6);
    for (const { place } of gas) expect(place).toMatch(/厨房|燃气|备餐/);
  });
});

function idsOf(api: WebIFC.IfcAPI, model: number, type: number): number[] {
  return [...api.GetLineIDsWithType(model, type)];
}

/** Grows the box by vertices of six floats, through a column-major matrix. */
function growBox(min: number[], max: number[], vertices: Float32Array, matrix: readonly number[]): void {
  for (let i = 0; i < vertices.length; i += 6)
    for (let axis = 0; axis < 3; axis++) {
      const value =
        (matrix[axis] as number) * (vertices[i] as number) +
        (matrix[4 + axis] as number) * (vertices[i + 1] as number) +
        (matrix[8 + axis] as number) * (vertices[i + 2] as number) +
        (matrix[12 + axis] as number);
      min[axis] = Math.min(min[axis] as number, value);
      max[axis] = Math.max(max[axis] as number, value);
    }
}
