import { describe, expect, it } from "vitest";
import { gcj02FromWgs84, wgs84FromGcj02 } from "./gcj02.ts";
import { seededNumbers } from "./seeded.fixture.ts";

describe("GCJ-02", () => {
  it.each([
    [116.404, 39.915, 116.41024449916938, 39.91640428150164],
    [121.5272106, 31.1774276, 121.531541859215, 31.17530398364597],
  ])("agrees with the public vectors at %f, %f", (lon, lat, gcjLon, gcjLat) => {
    const gcj = gcj02FromWgs84(lon, lat);
    expect(gcj.longitudeDeg).toBeCloseTo(gcjLon, 9);
    expect(gcj.latitudeDeg).toBeCloseTo(gcjLat, 9);
  });

  it("comes back within a millimetre anywhere in Liaoning", () => {
    const next = seededNumbers(3);
    for (let i = 0; i < 500; i++) {
      const [lon, lat] = [118.8 + next() * 7, 38.7 + next() * 4.8];
      const gcj = gcj02FromWgs84(lon, lat);
      const back = wgs84FromGcj02(gcj.longitudeDeg, gcj.latitudeDeg);
      expect(Math.abs(back.longitudeDeg - lon)).toBeLessThan(1e-8);
      expect(Math.abs(back.latitudeDeg - lat)).toBeLessThan(1e-8);
    }
  });

  it("is the identity outside China", () => {
    expect(gcj02FromWgs84(2.35, 48.85)).toEqual({ longitudeDeg: 2.35, latitudeDeg: 48.85 });
    expect(wgs84FromGcj02(2.35, 48.85)).toEqual({ longitudeDeg: 2.35, latitudeDeg: 48.85 });
  });
});
