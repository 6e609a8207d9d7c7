import { describe, expect, it } from "vitest";
import { identity, type Mat4 } from "../../src/geo/matrix.ts";
import { emptyBox } from "../tiles/tileset.ts";
import type { ElementMesh, Part } from "./element-mesh.ts";
import { instanceParts, ShapeIndex } from "./instances.ts";
import { type WeldedGeometry, weld } from "./weld.ts";

/** A fan of `corners` triangles, all vertices different. */
function fan(corners: number, size = 1): WeldedGeometry {
  const vertices = new Float32Array((corners + 2) * 6);
  for (let i = 0; i < corners + 2; i++)
    vertices.set([Math.cos(i) * size, Math.sin(i) * size, i * 0.01 * size, 0, 0, 1], i * 6);
  const indices = Uint32Array.from(
    { length: corners * 3 },
    (_, i) => [0, 1 + ((i / 3) | 0), 2 + ((i / 3) | 0)][i % 3]!,
  );
  return weld(vertices, indices);
}

function placedAt(geometry: WeldedGeometry, linear: readonly number[], x: number, color = 0x808080ff): Part {
  const [a, b, c, d, e, f, g, h, i] = linear as number[];
  const engineeringFromGeometry = [a!, b!, c!, 0, d!, e!, f!, 0, g!, h!, i!, 0, x, 0, 0, 1];
  return { geometry, engineeringFromGeometry, color };
}

const UPRIGHT = [1, 0, 0, 0, 1, 0, 0, 0, 1];
const TURNED = [0, 1, 0, -1, 0, 0, 0, 0, 1];
const MIRRORED = [-1, 0, 0, 0, 1, 0, 0, 0, 1];
const STRETCHED = [2, 0, 0, 0, 1, 0, 0, 0, 1];

function instance(parts: readonly Part[], frame: Mat4 = identity()) {
  const elements = parts.map((part, i): ElementMesh => ({ expressId: i, parts: [part], triangles: 1 }));
  const boxes = elements.map(emptyBox);
  return { ...instanceParts(elements, frame, new ShapeIndex(), boxes), boxes };
}

describe("instanceParts", () => {
  it("joins equal shapes of one colour, whatever their ids, and says where they are", () => {
    const parts = Array.from({ length: 6 }, (_, i) => placedAt(fan(60), i % 2 ? UPRIGHT : TURNED, i * 10));
    const { groups, boxes, parts: instanced } = instance(parts);
    expect(groups).toHaveLength(1);
    expect([...groups[0]!.featureIds]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(instanced.size).toBe(6);
    expect(boxes[3]!.min[0]).toBeCloseTo(29, 1);
    expect(boxes[3]!.max[0]).toBeCloseTo(31, 1);
  });

  it("leaves out what is mirrored, stretched, of another colour or another size", () => {
    const shape = fan(60);
    const odd = [
      placedAt(shape, MIRRORED, 0),
      placedAt(shape, STRETCHED, 0),
      placedAt(shape, UPRIGHT, 0, 0xff0000ff),
      placedAt(
        shape,
        UPRIGHT.map((value) => value * 3),
        0,
      ),
    ];
    const alike = Array.from({ length: 4 }, (_, i) => placedAt(shape, UPRIGHT, i));
    const { groups, parts } = instance([...alike, ...odd]);
    expect(groups.map(({ featureIds }) => [...featureIds])).toEqual([[0, 1, 2, 3]]);
    expect(odd.some((part) => parts.has(part))).toBe(false);
  });

  it("writes out few copies, small shapes and shapes too long for the grid", () => {
    const three = Array.from({ length: 3 }, (_, i) => placedAt(fan(100), UPRIGHT, i));
    const small = Array.from({ length: 5 }, (_, i) => placedAt(fan(4), UPRIGHT, i));
    const long = Array.from({ length: 5 }, (_, i) => placedAt(fan(100, 90), UPRIGHT, i));
    expect(instance([...three, ...small, ...long]).groups).toEqual([]);
  });
});
