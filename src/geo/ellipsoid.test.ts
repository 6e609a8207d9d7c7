import { describe, expect, it } from "vitest";
import { ecefFromEnu, ecefFromGeodetic, geodeticFromEcef, metersPerDegree } from "./ellipsoid.ts";
import { transformPoint } from "./matrix.ts";
import { seededNumbers } from "./seeded.fixture.ts";

const SHENYANG = { longitudeDeg: 123.4315, latitudeDeg: 41.8057, height: 50 };

describe("ECEF", () => {
  it("agrees with PROJ 9.1.1 at Shenyang to a millimetre", () => {
    const [x, y, z] = ecefFromGeodetic(SHENYANG);
    expect(x).toBeCloseTo(-2_623_271.3435, 3);
    expect(y).toBeCloseTo(3_973_644.4404, 3);
    expect(z).toBeCloseTo(4_229_574.7752, 3);
  });

  it("comes back within a millimetre from anywhere between the sea floor and orbit", () => {
    const next = seededNumbers(1);
    for (let i = 0; i < 2000; i++) {
      const place = {
        longitudeDeg: next() * 360 - 180,
        latitudeDeg: next() * 180 - 90,
        height: next() * 2_000_000 - 11_000,
      };
      const there = ecefFromGeodetic(place);
      const back = ecefFromGeodetic(geodeticFromEcef(...there));
      expect(Math.hypot(back[0] - there[0], back[1] - there[1], back[2] - there[2])).toBeLessThan(1e-3);
      expect(geodeticFromEcef(...there).height).toBeCloseTo(place.height, 3);
    }
  });

  it("gives the poles", () => {
    const pole = geodeticFromEcef(0, 0, 6_356_752.314245 + 10);
    expect(pole.latitudeDeg).toBeCloseTo(90, 9);
    expect(pole.height).toBeCloseTo(10, 3);
  });
});

describe("local frame", () => {
  it("puts east, north and up where they are", () => {
    const frame = ecefFromEnu(SHENYANG);
    const up = geodeticFromEcef(...transformPoint(frame, [0, 0, 100]));
    expect(up.height).toBeCloseTo(150, 6);
    expect(up.latitudeDeg).toBeCloseTo(SHENYANG.latitudeDeg, 9);
    const east = geodeticFromEcef(...transformPoint(frame, [100, 0, 0]));
    expect(east.longitudeDeg - SHENYANG.longitudeDeg).toBeCloseTo(100 / metersPerDegree(41.8057).east, 7);
    const north = geodeticFromEcef(...transformPoint(frame, [0, 100, 0]));
    expect(north.latitudeDeg - SHENYANG.latitudeDeg).toBeCloseTo(100 / metersPerDegree(41.8057).north, 7);
    expect(north.longitudeDeg).toBeCloseTo(SHENYANG.longitudeDeg, 9);
  });
});
