import { expect, it } from "vitest";
import { reachRing } from "./storm-rings.ts";

const distances = (ring: readonly (readonly [number, number])[]) =>
  ring.map(([lon, lat]) =>
    Math.hypot((lon - 123) * 111_320 * Math.cos((30 * Math.PI) / 180), (lat - 30) * 111_320),
  );

it("reaches farthest to its bearing and least to the other side", () => {
  const ring = reachRing(123, 30, { longest: 300_000, shortest: 100_000, bearingDeg: 90 });
  const all = distances(ring);
  const quarter = ring.length / 4;
  expect(all[quarter]).toBeCloseTo(300_000, 0);
  expect(all[3 * quarter]).toBeCloseTo(100_000, 0);
  expect(all[0]).toBeCloseTo(200_000, 0);
});

it("is a circle when the wind reaches equally far", () => {
  for (const one of distances(reachRing(123, 30, { longest: 2e5, shortest: 2e5, bearingDeg: null })))
    expect(one).toBeCloseTo(2e5, 0);
});
