import { describe, expect, it } from "vitest";
import { invertAffine, mul } from "../../src/geo/matrix.ts";
import { decodeGlb } from "../tiles/glb-checks.ts";
import { MemorySink } from "../tiles/tileset.ts";
import { listTiles, type TilesetJson } from "../tiles/tileset-checks.ts";
import { convertIfc } from "./convert.ts";
import { IfcText } from "./ifc-text.fixture.ts";

/** Where surveyors put buildings: millimetres of a grid zone, 5 000 km from the origin. */
const FAR = [5_000_000_000.25, 4_600_000_000.5, 120_000] as const;
const LEG = 9000;

async function farModel() {
  const file = new IfcText({ prefix: ".MILLI.", siteReference: "(41,47,56),(123,25,55),0." });
  const shape = file.tetrahedron(LEG);
  const parts = [0, 1, 2].map((i) => file.element(`T${i}`, [FAR[0] + i * 50_000, FAR[1], FAR[2]], shape));
  file.relate("IFCRELCONTAINEDINSPATIALSTRUCTURE", file.storey, parts);
  const sink = new MemorySink();
  const { model } = await convertIfc(file.toBytes(), null, sink, { fileName: "far.ifc" });
  const tileset = sink.json("tileset.json") as TilesetJson;
  const tiles = listTiles(tileset.root).filter(({ content }) => content);
  const glbs = await Promise.all(tiles.map(({ content }) => decodeGlb(sink.files.get(content!.uri)!)));
  return { model, tileset, glbs };
}

describe("a building at coordinates of five thousand kilometres", () => {
  it("keeps its corners to a millimetre each, in numbers that floats hold to a fraction of that", async () => {
    const { model, glbs } = await farModel();
    expect(model.counts.elements).toBe(3);
    const points = glbs.flatMap(({ primitives }) =>
      primitives.flatMap(({ positions }) =>
        Array.from({ length: positions.length / 3 }, (_, i) => [...positions.subarray(i * 3, i * 3 + 3)]),
      ),
    );
    const origin = [0, 1, 2].map((axis) => Math.min(...points.map((point) => point[axis]!)));
    for (const point of points) {
      // what a shader gets is rounded to floats: their step there must not be seen
      for (const value of point) expect(Math.abs(value - Math.fround(value))).toBeLessThan(1e-4);
      // positions are quantized to half of two millimetres, the corner that they are compared with too
      const [x, y, z] = point.map((value, axis) => value - origin[axis]!) as [number, number, number];
      expect(Math.min(...[0, 9, 50, 59, 100, 109].map((e) => Math.abs(x - e)))).toBeLessThan(2e-3);
      expect(Math.min(...[0, 9].map((n) => Math.abs(y - n)))).toBeLessThan(2e-3);
      expect(Math.min(...[0, 9].map((h) => Math.abs(z - h)))).toBeLessThan(2e-3);
    }
    expect(Math.max(...points.flat().map(Math.abs))).toBeLessThan(1000);
  });

  it("is drawn close up around the middle of its own scene, so that no camera makes it tremble", async () => {
    const { tileset, glbs } = await farModel();
    const ecefFromModel = Float64Array.from(tileset.root.transform!);
    // what the close-up does but for the order of its axes
    const toScene = mul(invertAffine(ecefFromModel), ecefFromModel);
    for (const { primitives } of glbs)
      for (const { positions } of primitives)
        for (let i = 0; i < positions.length; i += 3) {
          const point = apply(toScene, positions[i]!, positions[i + 1]!, positions[i + 2]!);
          for (const value of point) {
            expect(Math.abs(value)).toBeLessThan(1000);
            expect(Math.abs(value - Math.fround(value))).toBeLessThan(1e-4);
          }
        }
  });
});

function apply(m: ArrayLike<number>, x: number, y: number, z: number): number[] {
  return [0, 1, 2].map((row) => m[row]! * x + m[4 + row]! * y + m[8 + row]! * z + m[12 + row]!);
}
