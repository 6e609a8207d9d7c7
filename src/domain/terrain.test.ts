import { describe, expect, it } from "vitest";
import { sampleLine } from "./profile-line.ts";
import { profileCsv, profileFacts, type TerrainProfile } from "./terrain.ts";

describe("sampleLine", () => {
  it("keeps the corners, in order, at their distance on the ellipsoid", () => {
    const line = [
      [123.4, 41.8],
      [123.5, 41.8],
      [123.5, 41.9],
    ] as const;
    const { longitudeDeg, latitudeDeg, distance } = sampleLine(line);
    const corner = longitudeDeg.findIndex((lon, k) => lon === 123.5 && latitudeDeg[k] === 41.8);
    // 0.1 degrees of a parallel and of a meridian there, by the radii of WGS 84
    expect(distance[corner]).toBeCloseTo(8310.9, -1);
    expect(distance.at(-1)! - distance[corner]!).toBeCloseTo(11_107, -2);
    expect(distance.every((metres, k) => k === 0 || metres > distance[k - 1]!)).toBe(true);
    expect([longitudeDeg.at(-1), latitudeDeg.at(-1)]).toEqual([123.5, 41.9]);
    expect(distance.length).toBeLessThanOrEqual(514);
  });
});

describe("a profile", () => {
  const profile: TerrainProfile = {
    line: [],
    longitudeDeg: [123, 123.001, 123.002],
    latitudeDeg: [41, 41, 41],
    distance: [0, 100, 200],
    height: [10, 110, 60],
  };
  it("tells its figures", () => {
    expect(profileFacts(profile)).toEqual({
      length: 200,
      lowest: 10,
      highest: 110,
      up: 100,
      down: 50,
      steepestDeg: expect.closeTo(45, 9) as number,
    });
  });
  it("goes out as CSV", () => {
    expect(profileCsv(profile).split("\r\n")).toEqual([
      "distance_m,height_m,longitude_deg,latitude_deg",
      "0.0,10.00,123.0000000,41.0000000",
      "100.0,110.00,123.0010000,41.0000000",
      "200.0,60.00,123.0020000,41.0000000",
      "",
    ]);
  });
});
