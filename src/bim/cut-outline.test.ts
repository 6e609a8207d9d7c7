import { Plane, Vector3 } from "three";
import { expect, it } from "vitest";
import { addCutLines } from "./cut-outline.ts";
import { liftLayer } from "./explode.ts";
import { EdgeBuffer } from "./feature-edges.ts";
import { cubes } from "./tile-layer.fixture.ts";
import { buildTileLayer } from "./tile-layer.ts";

function layer() {
  return buildTileLayer(
    [
      cubes([
        [0, 0, 0],
        [5, 0, 0],
        [0, 9, 0],
      ]),
    ],
    3,
  )!;
}

function outline(plane: Plane, isVisible: (feature: number) => boolean = () => true): Float32Array {
  const lines = new EdgeBuffer();
  addCutLines(layer(), plane, isVisible, lines);
  return lines.toArray();
}

it("a plane through two cubes draws two rings of length 4", () => {
  const lines = outline(new Plane(new Vector3(0, -1, 0), 0.25));
  let length = 0;
  for (let i = 0; i < lines.length; i += 6) {
    expect(lines[i + 1]).toBeCloseTo(0.254);
    length += Math.hypot(lines[i + 3]! - lines[i]!, lines[i + 5]! - lines[i + 2]!);
  }
  expect(length).toBeCloseTo(8);
});

it("leaves out what is hidden and what the plane does not meet", () => {
  const plane = new Plane(new Vector3(0, -1, 0), 0.25);
  expect(outline(plane, (feature) => feature === 0).length).toBe(outline(plane).length / 2);
  expect(outline(new Plane(new Vector3(0, -1, 0), 40)).length).toBe(0);
});

it("lifting moves vertices and boxes of a feature once, and back to where they were", () => {
  const lifted = layer();
  const before = lifted.positions.slice();
  liftLayer(lifted, (feature) => (feature === 1 ? 3 : 0));
  expect(lifted.boxes[1]).toBe(0);
  expect([lifted.boxes[7], lifted.boxes[10]]).toEqual([3, 4]);
  const moved = [...lifted.positions].filter((value, i) => value !== before[i]);
  expect(moved).toHaveLength(8);
  liftLayer(lifted, (feature) => (feature === 1 ? -3 : 0));
  expect(lifted.positions).toEqual(before);
});
