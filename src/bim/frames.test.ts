import { expect, test } from "vitest";
import { axisPlane, flipped } from "../domain/reading/section-plane.ts";
import { ecefFromEnu, ecefFromGeodetic } from "../geo/ellipsoid.ts";
import { transformPoint } from "../geo/matrix.ts";
import {
  keptHalfSpace,
  modelPointFromScene,
  sceneBoxFromVolume,
  sceneFromEcef,
  scenePointFromModel,
} from "./frames.ts";

const PLACE = { longitudeDeg: 123.432, latitudeDeg: 41.799, height: 44 };

test("the georeference lands at the scene's origin, a metre above it at a metre", () => {
  const matrix = sceneFromEcef(ecefFromEnu(PLACE));
  const origin = transformPoint(matrix, ecefFromGeodetic(PLACE));
  const above = transformPoint(matrix, ecefFromGeodetic({ ...PLACE, height: 45 }));
  for (const value of origin) expect(Math.abs(value)).toBeLessThan(1e-6);
  expect(above[1]).toBeCloseTo(1, 6);
  expect(Math.hypot(above[0], above[2])).toBeLessThan(1e-6);
});

test("north is away from the viewer, east to the right", () => {
  const matrix = sceneFromEcef(ecefFromEnu(PLACE));
  const north = transformPoint(matrix, ecefFromGeodetic({ ...PLACE, latitudeDeg: 41.8 }));
  const east = transformPoint(matrix, ecefFromGeodetic({ ...PLACE, longitudeDeg: 123.433 }));
  expect(north[2]).toBeLessThan(-100);
  expect(Math.abs(north[0])).toBeLessThan(0.01);
  expect(east[0]).toBeGreaterThan(80);
  expect(scenePointFromModel([1, 2, 3])).toEqual([1, 3, -2]);
  expect(modelPointFromScene([1, 3, -2])).toEqual([1, 2, 3]);
});

function isKept(section: Parameters<typeof keptHalfSpace>[0], model: [number, number, number]): boolean {
  const { normal, constant } = keptHalfSpace(section);
  const [x, y, z] = scenePointFromModel(model);
  return normal[0] * x + normal[1] * y + normal[2] * z + constant >= 0;
}

test("a section keeps what lies before its offset, flipped what lies beyond", () => {
  for (const [axis, low, high] of [
    ["east", [4, 0, 0], [6, 0, 0]],
    ["north", [0, 4, 0], [0, 6, 0]],
    ["up", [0, 0, 4], [0, 0, 6]],
  ] as const) {
    const plane = axisPlane(axis, 5, false);
    expect(isKept(plane, [...low])).toBe(true);
    expect(isKept(plane, [...high])).toBe(false);
    expect(isKept(flipped(plane), [...low])).toBe(false);
    expect(isKept(flipped(plane), [...high])).toBe(true);
  }
});

test("a bounding volume becomes a box of the scene", () => {
  expect(sceneBoxFromVolume([10, 20, 30, 1, 0, 0, 0, 2, 0, 0, 0, 3])).toEqual({
    min: [9, 27, -22],
    max: [11, 33, -18],
  });
  expect(sceneBoxFromVolume([0, 0, 0, 1])).toBeNull();
  expect(sceneBoxFromVolume(undefined)).toBeNull();
});
