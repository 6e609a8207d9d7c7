import { describe, expect, it } from "vitest";
import { metersPerDegree } from "../geo/ellipsoid.ts";
import { footprintRing, placeOfModel, tilesetPlacement } from "./model-placement.ts";

const ORIGIN = { longitudeDeg: 123.432, latitudeDeg: 41.799, height: 44.2 };
const SITE = { method: "IfcMapConversion", origin: ORIGIN, notes: [] } as const;
const BOX = { min: [-20, -10, -5], max: [40, 30, 50] } as const;

describe("model placement", () => {
  it("stands an authored height on the ellipsoid, which is the ground shown", () => {
    expect(tilesetPlacement(SITE, null)).toEqual({ lift: -44.2 });
  });
  it("prefers where the user put it", () => {
    const place = { longitudeDeg: 1, latitudeDeg: 2, height: 0, headingDeg: 30 };
    expect(placeOfModel(SITE, place)).toBe(place);
    expect(tilesetPlacement(SITE, place)).toEqual({ place });
    expect(placeOfModel({ method: "none", notes: [] }, null)).toBeNull();
  });
  it("draws the footprint in metres around the origin", () => {
    const ring = footprintRing(BOX, { ...ORIGIN, headingDeg: 0 })!;
    const { east, north } = metersPerDegree(ORIGIN.latitudeDeg);
    const inMeters = ring.map(([lon, lat]) => [
      Math.round((lon - ORIGIN.longitudeDeg) * east * 10) / 10,
      Math.round((lat - ORIGIN.latitudeDeg) * north * 10) / 10,
    ]);
    expect(inMeters).toEqual([
      [-20, -10],
      [40, -10],
      [40, 30],
      [-20, 30],
    ]);
  });
  it("turns clockwise with the heading", () => {
    const [first] = footprintRing(
      { min: [0, 0, 0], max: [10, 10, 10] },
      { ...ORIGIN, headingDeg: 90 },
    )!.slice(3);
    expect(first![0]).toBeGreaterThan(ORIGIN.longitudeDeg);
    expect(Math.abs(first![1] - ORIGIN.latitudeDeg)).toBeLessThan(1e-7);
  });
  it("cuts nothing under a model as large as a road", () => {
    expect(footprintRing({ min: [0, 0, 0], max: [2000, 30, 5] }, { ...ORIGIN, headingDeg: 0 })).toBeNull();
  });
});
