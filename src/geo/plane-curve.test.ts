import { describe, expect, it } from "vitest";
import { chainPieces, evenPiece, heightOnProfile, polynomialPiece } from "./plane-curve.ts";

const ORIGIN = { x: 0, y: 0, heading: 0 };

describe("pieces of a way", () => {
  it("run straight and round a circle", () => {
    expect(evenPiece({ x: 1, y: 2, heading: Math.PI / 2 }, 10, 0).at(10).y).toBeCloseTo(12, 9);
    const quarter = evenPiece(ORIGIN, 50 * Math.PI, 0.01).at(50 * Math.PI);
    expect([quarter.x, quarter.y]).toEqual([expect.closeTo(100, 6), expect.closeTo(100, 6)]);
    const right = evenPiece(ORIGIN, 50 * Math.PI, -0.01).at(50 * Math.PI);
    expect(right.y).toBeCloseTo(-100, 6);
  });

  it("follow a clothoid as its series does", () => {
    // A = 200, L = 100: the first terms of the Fresnel integrals
    const [a, l] = [200, 100];
    const { x, y, heading } = evenPiece(ORIGIN, l, 0, 1 / a ** 2).at(l);
    expect(heading).toBeCloseTo(l ** 2 / (2 * a ** 2), 12);
    expect(x).toBeCloseTo(l - l ** 5 / (40 * a ** 4) + l ** 9 / (3456 * a ** 8), 6);
    expect(y).toBeCloseTo(l ** 3 / (6 * a ** 2) - l ** 7 / (336 * a ** 6) + l ** 11 / (42_240 * a ** 10), 6);
  });

  it("chain, and go on beyond the end", () => {
    const first = evenPiece(ORIGIN, 100, 0);
    const chain = chainPieces([first, evenPiece(first.at(100), 50, 0)]);
    expect(chain.length).toBe(150);
    expect([chain.at(120).x, chain.at(170).x]).toEqual([expect.closeTo(120, 9), expect.closeTo(170, 9)]);
  });

  it("give heights on a profile with a parabola and an arc", () => {
    const up = evenPiece({ x: 0, y: 10, heading: Math.atan(0.02) }, 100.02, 0);
    const round = polynomialPiece({ x: 100, y: 12, heading: Math.atan(0.02) }, 100, [0, 0.02, -0.0001], 0);
    expect(heightOnProfile([up, round], 50).height).toBeCloseTo(11, 9);
    expect(heightOnProfile([up, round], 200)).toEqual({
      height: expect.closeTo(13, 6),
      slope: expect.closeTo(0, 6),
    });
    expect(heightOnProfile([], 3)).toEqual({ height: 0, slope: 0 });
  });
});
