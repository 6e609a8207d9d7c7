import { expect, it } from "vitest";
import { Arena } from "./arena.ts";
import { bakeTile, engineeringBoxOf } from "./bake.ts";
import type { ElementMesh } from "./element-mesh.ts";
import { ShapeIndex } from "./instances.ts";
import { weld } from "./weld.ts";

const IDENTITY = Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);

function pane(expressId: number, color: number): ElementMesh {
  const corners = [0, 0, 0, 1, 0, 0, 0, 0, 1].flatMap((value, i, all) =>
    i % 3 === 0 ? [value, all[i + 1]! + expressId, all[i + 2]!, 0, 1, 0] : [],
  );
  const geometry = weld(Float32Array.from(corners), Uint32Array.of(0, 1, 2));
  return { expressId, parts: [{ geometry, engineeringFromGeometry: [...IDENTITY], color }], triangles: 1 };
}

it("what is seen through comes after all that is not, whatever the order of the file and the colours", () => {
  const elements = [pane(1, 0x10203040), pane(2, 0xf0f0f0ff), pane(3, 0xffffff80), pane(4, 0x000000ff)];
  const boxes = elements.map(engineeringBoxOf);
  const { meshes } = bakeTile(elements, boxes, IDENTITY, new Arena(), new ShapeIndex());
  const opacities = meshes.map(({ material }) => material.color[3]);
  expect(opacities.map((opacity) => opacity < 1)).toEqual([false, false, true, true]);
  expect(meshes.map(({ featureIds }) => [...featureIds!.slice(0, 1)][0])).toEqual([3, 1, 0, 2]);
});
