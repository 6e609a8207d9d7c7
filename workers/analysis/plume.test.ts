import { describe, expect, it } from "vitest";
import { STABILITIES } from "../../src/domain/substance.ts";
import { createLocalPlane } from "../../src/geo/local-plane.ts";
import { pointInRing, ringAreaM2 } from "../../src/geo/polygon.ts";
import type { ReleaseRequest } from "./contract.ts";
import { briggsSigmas, plumeAt, plumeConcentration, plumeOutline, reachOf } from "./plume.ts";
import { releaseZones } from "./release-zones.ts";

const close = (value: number, expected: number, relative: number) =>
  expect(Math.abs(value / expected - 1)).toBeLessThanOrEqual(relative);

describe("the reference cases", () => {
  it("A01: Briggs at 1 km, rural and urban", () => {
    const rural = [
      209.762, 200, 152.554, 120, 104.881, 73.03, 76.277, 37.947, 57.208, 23.077, 38.139, 12.308,
    ];
    const urban = [
      270.449, 339.411, 270.449, 339.411, 185.934, 200, 135.225, 122.788, 92.967, 50.596, 92.967, 50.596,
    ];
    for (const [terrain, values] of [
      ["rural", rural],
      ["urban", urban],
    ] as const)
      for (const [i, stability] of STABILITIES.entries()) {
        const { sigmaY, sigmaZ } = briggsSigmas(1000, stability, terrain);
        close(sigmaY, values[2 * i]!, 1e-4);
        close(sigmaZ, values[2 * i + 1]!, 1e-4);
      }
  });

  it("A02: De Visscher, example 2.1", () => {
    const source = { rate: 100, wind: 7, height: 90, stability: "D", terrain: "rural" } as const;
    close(briggsSigmas(1500, "D", "rural").sigmaY, 111.9006, 1e-4);
    close(briggsSigmas(1500, "D", "rural").sigmaZ, 49.923, 1e-4);
    expect(plumeConcentration(source, 1500, 0, 0) * 1e6).toBeCloseTo(160.3, 0);
  });

  it("A03: Turner, problem 1", () => {
    close(plumeAt({ rate: 3, wind: 7, height: 0 }, 190, 65, 0, 0), 1.1046e-5, 1e-3);
    close(plumeAt({ rate: 3, wind: 7, height: 0 }, 190, 65, 0, 0), 1.1e-5, 0.02);
  });

  it("A04: CCPS 1999, page 97", () => {
    const source = { rate: 0.1, wind: 2, height: 0, stability: "F", terrain: "rural" } as const;
    close(plumeConcentration(source, 500, 0, 0), 1.1722e-4, 1e-3);
  });
});

describe("reach and outline", () => {
  const source = { rate: 1e6, wind: 3, height: 0, stability: "D", terrain: "urban" } as const;

  it("ends where the concentration is the threshold, on the centre line and at the edge", () => {
    const reach = reachOf(source, 110);
    close(plumeConcentration(source, reach, 0, 0), 110, 1e-6);
    for (const [x, y] of plumeOutline(source, 110).slice(1))
      if (x < reach) close(plumeConcentration(source, x, y, 0), 110, 1e-6);
  });

  it("is nothing where the threshold is never reached, and is nothing upwind", () => {
    expect(reachOf({ ...source, rate: 1e-9 }, 110)).toBe(0);
    expect(plumeOutline({ ...source, rate: 1e-9 }, 110)).toEqual([]);
    expect(plumeConcentration(source, -5, 0, 0)).toBe(0);
  });
});

describe("releaseZones", () => {
  const request: ReleaseRequest = {
    substance: "ammonia",
    rate: 1.5,
    wind: 3,
    windFromDeg: 225,
    stability: "D",
    terrain: "urban",
    incidentId: "i",
    longitudeDeg: 123.334,
    latitudeDeg: 41.789,
  };
  const plane = createLocalPlane(request.longitudeDeg, request.latitudeDeg);
  const ringOf = (change: Partial<ReleaseRequest>, kind: string) =>
    releaseZones({ ...request, ...change }).zones.find((zone) => zone.kind === kind)!.ring;
  const has = (ring: readonly (readonly [number, number])[], east: number, north: number) =>
    pointInRing(...plane.toDegrees(east, north), ring);

  it("lies downwind and turns with the wind", () => {
    const { injuringReach } = releaseZones(request);
    const far = injuringReach * 0.7;
    const fromSouthWest = ringOf({}, "protective");
    expect(has(fromSouthWest, far * 0.7, far * 0.7)).toBe(true);
    expect(has(fromSouthWest, -far * 0.7, -far * 0.7)).toBe(false);
    const fromNorth = ringOf({ windFromDeg: 0 }, "protective");
    expect(has(fromNorth, 0, -far)).toBe(true);
    expect(has(fromNorth, 0, far)).toBe(false);
  });

  it("grows with what leaks and never has a circle smaller than 100 m", () => {
    const little = releaseZones({ ...request, rate: 0.001 });
    const much = releaseZones({ ...request, rate: 20 });
    expect(much.injuringReach).toBeGreaterThan(releaseZones(request).injuringReach);
    expect(ringAreaM2(little.zones[0]!.ring)).toBeGreaterThan(Math.PI * 99 ** 2);
    expect(ringAreaM2(much.zones[0]!.ring)).toBeLessThan(Math.PI * 1001 ** 2);
  });

  it("says what it is, for which incident, and when the method ends before the danger does", () => {
    const { zones, isCut } = releaseZones({
      ...request,
      rate: 500,
      substance: "chlorine",
      wind: 1,
      stability: "F",
    });
    expect(isCut).toBe(true);
    expect(releaseZones(request).isCut).toBe(false);
    for (const zone of zones)
      expect(zone).toMatchObject({ incidentId: "i", origin: "release", provenance: { kind: "SIMULATED" } });
    expect(new Set(zones.map(({ id }) => id)).size).toBe(2);
  });
});
