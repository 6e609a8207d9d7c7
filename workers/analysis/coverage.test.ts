import { describe, expect, it } from "vitest";
import { createLocalPlane } from "../../src/geo/local-plane.ts";
import { cityOf } from "./city.fixture.ts";
import { coverageOf } from "./coverage.ts";
import { RoadNetwork } from "./road-network.ts";

const plane = createLocalPlane(123.4, 41.8);
const at = (x: number, y: number) => plane.toDegrees(x, y);
const index = cityOf([at(100, 100), at(5500, 100), at(20_500, 100), at(9500, 9500)], {
  residentsDay: Uint32Array.of(500, 900, 300, 10),
  residentsNight: Uint32Array.of(500, 100, 300, 10),
  district: Uint8Array.of(0, 1, 1, 0),
  districts: ["和平区", "铁西区"],
});
const sensorAt = (x: number, y: number) => Float64Array.from(at(x, y));
const unitAt = (x: number, y: number) => {
  const [longitudeDeg, latitudeDeg] = at(x, y);
  return { longitudeDeg, latitudeDeg };
};
/** 20 km of secondary road: 34 km/h is 5.7 km in ten minutes. */
const line = Array.from({ length: 43 }, (_, i) => at(i * 500, 90));
const roads = new RoadNetwork([{ line, roadClass: 3 }]);

describe("coverageOf", () => {
  it("names districts whose squares with people no live sensor watches, the fullest first", () => {
    const { cells, blind } = coverageOf(index, { kind: null, sensors: sensorAt(300, 300), units: [] }, null);
    expect(cells).toBe(3);
    expect(blind).toEqual([
      expect.objectContaining({ district: "铁西区", cells: 2, people: 1200, longitudeDeg: at(5500, 100)[0] }),
    ]);
  });

  it("names squares that no unit reaches by road within ten minutes", () => {
    const request = { kind: null, sensors: new Float64Array(0), units: [unitAt(1000, 90)] };
    expect(coverageOf(index, request, roads).unreached).toEqual([
      expect.objectContaining({ district: "铁西区", cells: 1, people: 300 }),
    ]);
  });

  it("calls everything blind without a sensor and unreached without a unit, never covered", () => {
    const { cells, blind, unreached } = coverageOf(
      index,
      { kind: "gas", sensors: new Float64Array(0), units: [] },
      roads,
    );
    const count = (gaps: typeof blind) => gaps.reduce((sum, gap) => sum + gap.cells, 0);
    expect([count(blind), count(unreached)]).toEqual([cells, cells]);
  });
});
