import { describe, expect, it } from "vitest";
import { metersPerDegree } from "./ellipsoid.ts";
import { pointInRing, ringAreaM2, ringCentroid } from "./polygon.ts";

const SQUARE = [
  [123.4, 41.8],
  [123.41, 41.8],
  [123.41, 41.81],
  [123.4, 41.81],
] as const;

describe("rings", () => {
  it("tells inside from outside, with a notch and with either winding", () => {
    const notched = [
      [0, 0],
      [4, 0],
      [4, 4],
      [2, 1],
      [0, 4],
    ] as const;
    expect(pointInRing(2, 0.5, notched)).toBe(true);
    expect(pointInRing(2, 2, notched)).toBe(false);
    expect(pointInRing(2, 0.5, [...notched].reverse())).toBe(true);
    expect(pointInRing(5, 1, notched)).toBe(false);
  });

  it("measures a city block to a part in ten thousand", () => {
    const m = metersPerDegree(41.805);
    expect(ringAreaM2(SQUARE) / (m.east * 0.01 * m.north * 0.01)).toBeCloseTo(1, 6);
    expect(ringAreaM2([...SQUARE, SQUARE[0]])).toBeCloseTo(ringAreaM2(SQUARE), 3);
    expect(ringAreaM2([...SQUARE].reverse())).toBeCloseTo(ringAreaM2(SQUARE), 3);
  });

  it("gives the whole earth's area (510.0656 million square kilometres)", () => {
    const earth = [
      [-180, -90],
      [180, -90],
      [180, 90],
      [-180, 90],
    ] as const;
    expect(ringAreaM2(earth) / 5.100656217e14).toBeCloseTo(1, 8);
  });

  it("finds the centroid, also of a ring without area", () => {
    const c = ringCentroid(SQUARE);
    expect(c.longitudeDeg).toBeCloseTo(123.405, 9);
    expect(c.latitudeDeg).toBeCloseTo(41.805, 9);
    expect(
      ringCentroid([
        [1, 1],
        [3, 1],
      ]),
    ).toEqual({ longitudeDeg: 2, latitudeDeg: 1 });
  });
});
