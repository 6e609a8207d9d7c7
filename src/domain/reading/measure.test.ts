import { expect, it } from "vitest";
import { angleDegOf, areaOf, distanceOf, figureOf, type ModelPoint, perimeterOf } from "./measure.ts";

const square: ModelPoint[] = [
  [10, 10, 5],
  [14, 10, 5],
  [14, 13, 5],
  [10, 13, 5],
];

it("measures distances, also slanting ones", () => {
  expect(distanceOf([1, 2, 3], [4, 6, 15])).toBeCloseTo(13);
});

it("measures angles at the middle point", () => {
  expect(angleDegOf([1, 0, 0], [0, 0, 0], [0, 0, 2])).toBeCloseTo(90);
  expect(angleDegOf([1, 0, 0], [0, 0, 0], [-3, 0, 0])).toBeCloseTo(180);
  expect(angleDegOf([1, 1, 1], [0, 0, 0], [2, 2, 2])).toBeCloseTo(0);
  expect(angleDegOf([1, 1, 1], [1, 1, 1], [2, 2, 2])).toBe(null);
});

it("measures areas in any plane, whichever way round", () => {
  expect(areaOf(square)).toBeCloseTo(12);
  expect(areaOf([...square].reverse())).toBeCloseTo(12);
  expect(areaOf(square.map(([x, y]) => [x, 7, y]))).toBeCloseTo(12);
  expect(perimeterOf(square)).toBeCloseTo(14);
  const notch: ModelPoint[] = [
    [0, 0, 0],
    [4, 0, 0],
    [4, 4, 0],
    [2, 2, 0],
    [0, 4, 0],
  ];
  expect(areaOf(notch), "an inward corner").toBeCloseTo(12);
});

it("gives no figure before a measure is complete", () => {
  expect(figureOf({ id: 1, kind: "distance", points: [[0, 0, 0]] })).toBe(null);
  expect(figureOf({ id: 1, kind: "area", points: square.slice(0, 2) })).toBe(0);
});
