import { describe, expect, it } from "vitest";
import { ecefFromEnu } from "./ellipsoid.ts";
import { identity, invertAffine, mul, rotationZ, scaling, transformPoint, translation } from "./matrix.ts";
import { seededNumbers } from "./seeded.fixture.ts";

describe("matrices", () => {
  it("applies the right factor first", () => {
    const m = mul(translation(10, 0, 0), rotationZ(Math.PI / 2));
    const [x, y, z] = transformPoint(m, [1, 0, 5]);
    expect([x, y, z].map((v) => Math.round(v * 1e9) / 1e9)).toEqual([10, 1, 5]);
  });

  it("undoes an ECEF frame within a millimetre at the earth's radius", () => {
    const next = seededNumbers(7);
    for (let i = 0; i < 300; i++) {
      const place = {
        longitudeDeg: next() * 360 - 180,
        latitudeDeg: next() * 180 - 90,
        height: next() * 9000,
      };
      const ecefFromModel = mul(mul(ecefFromEnu(place), rotationZ(next() * 7)), scaling(0.1 + next() * 3));
      const p: [number, number, number] = [next() * 2e4 - 1e4, next() * 2e4 - 1e4, next() * 500];
      const back = transformPoint(invertAffine(ecefFromModel), transformPoint(ecefFromModel, p));
      expect(Math.hypot(back[0] - p[0], back[1] - p[1], back[2] - p[2])).toBeLessThan(1e-3);
    }
  });

  it("inverts products to the identity", () => {
    const m = mul(mul(translation(3, -4, 5), rotationZ(0.3)), scaling(0.001));
    const one = mul(m, invertAffine(m));
    identity().forEach((value, i) => {
      expect(one[i]).toBeCloseTo(value, 12);
    });
  });

  it("refuses a singular matrix", () => {
    expect(() => invertAffine(scaling(0))).toThrow(RangeError);
  });
});
