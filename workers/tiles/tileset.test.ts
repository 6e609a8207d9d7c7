import { describe, expect, it } from "vitest";
import { boxVolume, createTileset, encodeJson, MemorySink, unionBoxes } from "./tileset.ts";

describe("createTileset", () => {
  it("writes a 1.1 tree with volumes, errors and contents", () => {
    const child = { box: { min: [0, 0, 0], max: [2, 4, 6] }, geometricError: 0, uri: "a.glb" } as const;
    const root = {
      box: child.box,
      geometricError: 8,
      children: [child],
      transform: new Float64Array(16).fill(1),
    };
    expect(createTileset({ root })).toEqual({
      asset: { version: "1.1", generator: "LiaoTwin" },
      geometricError: 16,
      root: {
        transform: new Array(16).fill(1),
        boundingVolume: { box: boxVolume(child.box) },
        geometricError: 8,
        refine: "ADD",
        children: [
          { boundingVolume: { box: boxVolume(child.box) }, geometricError: 0, content: { uri: "a.glb" } },
        ],
      },
    });
  });

  it("makes volumes that hold what quantization moved", () => {
    const volume = boxVolume({ min: [-1, -2, -3], max: [1, 2, 3] });
    expect(volume.slice(0, 3)).toEqual([0, 0, 0]);
    expect(volume[3]).toBeGreaterThan(1.001);
    expect(
      unionBoxes([
        { min: [0, 0, 0], max: [1, 1, 1] },
        { min: [-1, 2, 0], max: [0, 3, 5] },
      ]),
    ).toEqual({
      min: [-1, 0, 0],
      max: [1, 3, 5],
    });
  });
});

describe("MemorySink", () => {
  it("keeps copies", async () => {
    const sink = new MemorySink();
    const bytes = encodeJson({ a: 1 });
    await sink.write("x/y.json", bytes);
    bytes.fill(0);
    expect(sink.json("x/y.json")).toEqual({ a: 1 });
    expect(() => sink.json("z")).toThrow("z");
  });
});
