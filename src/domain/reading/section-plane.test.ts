import { expect, it } from "vitest";
import {
  axisOf,
  axisPlane,
  boxPlanes,
  cuttingPlanes,
  flipped,
  MAX_PLANES,
  type SectionPlane,
  travelOf,
} from "./section-plane.ts";

const box = { min: [-4, -2, 0], max: [6, 8, 30] } as const;

function keeps({ normal, offset }: SectionPlane, point: readonly number[]): boolean {
  return normal.reduce((sum, part, axis) => sum + part * point[axis]!, 0) <= offset;
}

it("keeps what lies before the offset, flipped what lies beyond", () => {
  expect(keeps(axisPlane("up", 12, false), [0, 0, 11])).toBe(true);
  expect(keeps(axisPlane("up", 12, false), [0, 0, 13])).toBe(false);
  expect(keeps(flipped(axisPlane("up", 12, false)), [0, 0, 13])).toBe(true);
});

it("says where a plane stands, and nothing of a slanting one", () => {
  for (const axis of ["east", "north", "up"] as const)
    for (const isFlipped of [false, true])
      expect(axisOf(axisPlane(axis, 3.5, isFlipped))).toEqual({ axis, offset: 3.5, flipped: isFlipped });
  expect(axisOf({ normal: [0.8, 0.6, 0], offset: 1 })).toBe(null);
});

it("travels from face to face of the box, in its own direction", () => {
  expect(travelOf([0, 0, -1], box)).toEqual([-30, 0]);
  const [low, high] = travelOf([0.8, 0.6, 0], box);
  expect(low).toBeCloseTo(-4.4);
  expect(high).toBeCloseTo(9.6);
});

it("a box keeps its inside and nothing else", () => {
  const planes = boxPlanes(box);
  const isInside = (point: readonly number[]) => planes.every((plane) => keeps(plane, point));
  expect(planes).toHaveLength(6);
  expect(isInside([1, 1, 1])).toBe(true);
  for (const outside of [
    [-5, 1, 1],
    [7, 1, 1],
    [1, -3, 1],
    [1, 9, 1],
    [1, 1, -1],
    [1, 1, 31],
  ])
    expect(isInside(outside)).toBe(false);
});

it("all that cuts a model stands in one list: the bar's plane and a plan's first, the box last, no more than shaders hold", () => {
  const slanting = { normal: [0.6, 0.8, 0], offset: 3 } as const;
  const section = { axis: "up", offset: 9, flipped: true } as const;
  const all = cuttingPlanes(section, [slanting], box, 1.2);
  expect(all.slice(0, 3)).toEqual([axisPlane("up", 9, true), axisPlane("up", 1.2, false), slanting]);
  expect(all).toHaveLength(9);
  expect(cuttingPlanes(null, [], null)).toEqual([]);
  expect(
    cuttingPlanes(
      section,
      Array.from({ length: 12 }, () => slanting),
      box,
    ),
  ).toHaveLength(MAX_PLANES);
});
