import { describe, expect, it } from "vitest";
import { createRelief, type ReliefCity } from "./relief.ts";

const PLAINS = { longitudeDeg: [121.63, 121.6], latitudeDeg: [38.915, 38.884] };

function city(): ReliefCity {
  const ring = [
    [121.3, 38.85],
    [121.75, 38.85],
    [121.75, 39.2],
    [121.3, 39.2],
    [121.3, 38.85],
  ];
  const road = [
    [121.5, 38.95],
    [121.6, 38.95],
  ];
  return {
    id: "dalian",
    features: [
      { properties: { kind: "land" }, geometry: { type: "Polygon", coordinates: [ring] } },
      { properties: { kind: "road" }, geometry: { type: "LineString", coordinates: road } },
    ],
    buildings: PLAINS,
  };
}

describe("demo relief", () => {
  const relief = createRelief(city());
  const { columns, affine } = relief.frame;
  const postOf = (longitudeDeg: number, latitudeDeg: number) =>
    Math.round((latitudeDeg - affine[1]) / affine[5]) * columns +
    Math.round((longitudeDeg - affine[0]) / affine[2]);

  it("stays at 0 under buildings, roads and the sea, and rises where nothing is", () => {
    for (const [lon, lat] of [
      [121.63, 38.915],
      [121.6, 38.884],
      [121.55, 38.95],
      [121.6, 38.8],
    ] as const)
      expect(relief.heights[postOf(lon, lat)], `${lon}, ${lat}`).toBe(0);
    expect(relief.heights[postOf(121.5, 38.885)]).toBeGreaterThan(60);
    expect([relief.water[postOf(121.6, 38.8)], relief.water[postOf(121.6, 38.9)]]).toEqual([1, 0]);
  });

  it("comes out the same", () => {
    const again = createRelief(city()).heights;
    expect(again.findIndex((height, k) => height !== relief.heights[k])).toBe(-1);
  });
});
