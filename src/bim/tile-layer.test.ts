import { expect, test } from "vitest";
import { cubes, scalars } from "./tile-layer.fixture.ts";
import { buildTileLayer } from "./tile-layer.ts";
import { writeVisibleIndex } from "./visible-index.ts";

test("triangles of a feature stand together, whatever primitive they come from", () => {
  const layer = buildTileLayer(
    [
      cubes(
        [
          [0, 0, 0],
          [5, 0, 0],
        ],
        [2, 0],
      ),
      cubes([[0, 9, 0]], [2]),
    ],
    3,
  );
  expect(layer).not.toBeNull();
  expect([...(layer?.first ?? [])]).toEqual([0, 36, 36, 108]);
  const xs = [...(layer?.index.subarray(0, 36) ?? [])].map((vertex) => layer?.positions[vertex * 3]);
  expect(Math.min(...(xs as number[]))).toBe(5);
});

test("boxes are those of the features, in the scene frame", () => {
  const source = {
    ...cubes([
      [0, 0, 0],
      [5, 1, 2],
    ]),
    sceneFromMesh: [2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0, 10, 0, 0, 1],
  };
  const layer = buildTileLayer([source], 2);
  expect([...(layer?.boxes ?? [])]).toEqual([10, 0, 0, 12, 2, 2, 20, 2, 4, 22, 4, 6]);
});

test("colours and computed normals are in the vertices", () => {
  const layer = buildTileLayer([cubes([[0, 0, 0]])], 1);
  expect([...(layer?.colors.subarray(0, 4) ?? [])]).toEqual([65535, 32768, 0, 65535]);
  const lengths = Array.from({ length: 8 }, (_, i) =>
    Math.hypot(...(layer?.normals.subarray(i * 4, i * 4 + 3) ?? [])),
  );
  for (const length of lengths) expect(length).toBeCloseTo(127, -0.5);
});

test("triangles of features that are not in the table are left out; nothing left is no layer", () => {
  expect(
    buildTileLayer(
      [
        cubes(
          [
            [0, 0, 0],
            [3, 0, 0],
          ],
          [0, 7],
        ),
      ],
      1,
    )?.index.length,
  ).toBe(36);
  expect(buildTileLayer([cubes([[0, 0, 0]], [7])], 1)).toBeNull();
  expect(buildTileLayer([], 4)).toBeNull();
});

test("the visible index leaves out hidden features and keeps the order", () => {
  const layer = buildTileLayer(
    [
      cubes([
        [0, 0, 0],
        [3, 0, 0],
        [6, 0, 0],
      ]),
    ],
    3,
  );
  if (!layer) throw new Error("no layer");
  const target = new Uint32Array(layer.index.length);
  expect(writeVisibleIndex(layer.index, layer.first, (feature) => feature !== 1, target)).toBe(72);
  expect([...target.subarray(0, 36)]).toEqual([...layer.index.subarray(0, 36)]);
  expect([...target.subarray(36, 72)]).toEqual([...layer.index.subarray(72, 108)]);
  expect(writeVisibleIndex(layer.index, layer.first, () => false, target)).toBe(0);
});

test("copies of a primitive stand where their matrices say, each with the feature of its own", () => {
  const at = (x: number, y: number) => [0, 0, -1, 0, 0, 1, 0, 0, 1, 0, 0, 0, x, y, 0, 1];
  const shape = cubes([[2, 0, 0]]);
  const source = {
    ...shape,
    featureId: scalars([3, 1]),
    copies: { count: 2, meshFromPrimitive: [...at(10, 0), ...at(0, 20)] },
    sceneFromMesh: [2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0, 100, 0, 0, 1],
  };
  const layer = buildTileLayer([source, cubes([[0, 0, 0]], [2])], 4)!;
  expect([...layer.first]).toEqual([0, 0, 36, 72, 108]);
  // a quarter turn about y: x becomes -z
  expect([...layer.boxes.subarray(18, 24)]).toEqual([120, 0, -6, 122, 2, -4]);
  expect([...layer.boxes.subarray(6, 12)]).toEqual([100, 40, -6, 102, 42, -4]);
});
