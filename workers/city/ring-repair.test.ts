import { describe, expect, it } from "vitest";
import {
  cleanRing,
  type FlatRing,
  isConvex,
  type RingFault,
  signedArea,
  simpleRings,
} from "./ring-repair.ts";

function repaired(ring: FlatRing, isOuter = true) {
  const faults = new Set<RingFault>();
  const rings = simpleRings(cleanRing(ring, faults), isOuter, faults);
  return { rings, faults: [...faults].sort(), area: rings.reduce((sum, one) => sum + signedArea(one), 0) };
}

const SQUARE = [0, 0, 10, 0, 10, 10, 0, 10, 0, 0];

describe("ring repair", () => {
  it("leaves a good ring alone but for its closing vertex", () => {
    expect(repaired(SQUARE)).toEqual({ rings: [[0, 0, 10, 0, 10, 10, 0, 10]], faults: [], area: 100 });
  });

  it("closes, turns and drops what repeats", () => {
    expect(repaired(SQUARE.slice(0, 8)).faults).toEqual(["unclosed"]);
    const clockwise = repaired([0, 0, 0, 10, 10, 10, 10, 0, 0, 0]);
    expect(clockwise).toMatchObject({ faults: ["winding"], area: 100 });
    expect(repaired([0, 0, 10, 0, 10, 0, 10, 10, 0, 10, 0, 10.0001, 0, 0])).toMatchObject({
      faults: ["repeated_vertex"],
      area: 100,
    });
    expect(repaired(SQUARE, false).area).toBe(-100);
  });

  it("takes a bow tie apart", () => {
    const { rings, faults, area } = repaired([0, 0, 10, 10, 10, 0, 0, 10, 0, 0]);
    expect(rings).toHaveLength(2);
    expect(faults).toEqual(["self_intersection"]);
    expect(area).toBeCloseTo(50, 9);
  });

  it("takes a long ring apart that crosses itself twice", () => {
    const zigzag: FlatRing = [];
    for (let x = 0; x <= 40; x++) zigzag.push(x, x % 2 ? 0.5 : 0);
    zigzag.push(40, 20, 30.3, -5, 20, 20, 0, 20, 0, 0);
    const { rings, faults } = repaired(zigzag);
    expect(faults).toContain("self_intersection");
    expect(rings.length).toBeGreaterThan(2);
    for (const ring of rings) expect(signedArea(ring)).toBeGreaterThan(0);
  });

  it("finds the crossing of two edges of which one reaches farther", () => {
    // biome-ignore format: pairs
    const ring = [0, 0, 10, 10, 11, 10.5, 12, 11, 13, 11, 14, 11, 15, 11, 16, 10, 17, 9, 18, 8, 20, 2, 5, 8, 3, 8.5, 2, 9, 1, 9, 0, 8, 0, 0];
    const { rings, faults } = repaired(ring);
    expect(faults).toContain("self_intersection");
    expect(rings).toHaveLength(2);
  });

  it("refuses what has no area", () => {
    for (const ring of [[], [0, 0, 5, 5, 0, 0], [0, 0, 5, 0, 10, 0, 0, 0], [1, 1, 1, 1, 1, 1, 1, 1]]) {
      const { rings, faults } = repaired(ring);
      expect(rings).toEqual([]);
      expect(faults).toContain("zero_area");
    }
  });

  it("knows convex rings from stars", () => {
    expect(isConvex([0, 0, 10, 0, 10, 10, 0, 10])).toBe(true);
    const star = Array.from({ length: 5 }, (_, k) => [
      Math.cos((k * 4 * Math.PI) / 5),
      Math.sin((k * 4 * Math.PI) / 5),
    ]).flat();
    expect(isConvex(star)).toBe(false);
    expect(isConvex([0, 0, 10, 0, 5, 2, 5, 10])).toBe(false);
  });
});
