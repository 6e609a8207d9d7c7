import { describe, expect, it } from "vitest";
import { convexHull } from "../geo/convex-hull.ts";
import { createProjection } from "../geo/projection.ts";
import { gridAt, mapConversionOf } from "./map-conversion.ts";
import {
  bearingOf,
  type ModelPlace,
  movedPlace,
  placeOfCandidate,
  ringOfPlace,
  withBearing,
} from "./model-place.ts";
import type { PlaceEvidence } from "./place-candidate.ts";
import { placeFileName, placeOfFile, readPlaceFile, writePlaceFile } from "./place-file.ts";

const PLACE: ModelPlace = { longitudeDeg: 123.4315, latitudeDeg: 41.8057, height: 2, headingDeg: 20 };
const EVIDENCE: PlaceEvidence = {
  turnDeg: 15,
  offset: [100, -40, 0],
  lengthM: 0.001,
  outline: [],
  candidates: [],
};
const CONVERSION = mapConversionOf(EVIDENCE, PLACE, "EPSG:4550", 51);

/** Metres between corners of the same number. */
function apart(a: readonly (readonly [number, number])[], b: readonly (readonly [number, number])[]): number {
  const worst = a.map(([lon, lat], i) => Math.hypot((lon - b[i]![0]) * 83_147, (lat - b[i]![1]) * 111_067));
  return Math.max(...worst);
}

describe("a model's place", () => {
  it("turns about the middle of the model", () => {
    const middle = [30, 10] as const;
    const turned = movedPlace(PLACE, { turnDeg: 77 }, middle);
    expect(apart(ringOfPlace([middle], PLACE), ringOfPlace([middle], turned))).toBeLessThan(0.001);
    expect(turned.headingDeg).toBe(97);
    expect(bearingOf(EVIDENCE, withBearing(EVIDENCE, PLACE, -170, middle))).toBeCloseTo(-170, 9);
  });

  it("moves by metres and comes back", () => {
    const there = movedPlace(PLACE, { east: 120, north: -35, up: 1.5, turnDeg: 200 }, [5, 5]);
    expect(apart(ringOfPlace([[5, 5]], there), ringOfPlace([[5, 5]], PLACE))).toBeCloseTo(125, 0);
    const back = movedPlace(there, { turnDeg: -200 }, [5, 5]);
    const home = movedPlace(back, { east: -120, north: 35, up: -1.5 }, [5, 5]);
    expect(
      apart([[home.longitudeDeg, home.latitudeDeg]], [[PLACE.longitudeDeg, PLACE.latitudeDeg]]),
    ).toBeLessThan(0.01);
    expect(home.height).toBe(2);
  });

  it("of a candidate undoes the turn that the tiles have inside", () => {
    const origin = { longitudeDeg: 123, latitudeDeg: 41, height: 30 };
    const place = placeOfCandidate(EVIDENCE, { origin, turnDeg: -30 });
    expect(place).toEqual({ longitudeDeg: 123, latitudeDeg: 41, height: 0, headingDeg: 45 });
    expect(bearingOf(EVIDENCE, place)).toBe(30);
  });

  it("is the same by way of its map conversion", () => {
    const { eastings, northings, abscissa, ordinate, scale, orthogonalHeight, crs } = CONVERSION;
    expect([crs, scale, orthogonalHeight]).toEqual(["EPSG:4550", 0.001, 51]);
    // IfcMapConversion by its definition, for the engineering point at the frame's origin
    const [x, y] = [100_000 * scale, -40_000 * scale];
    const e = eastings + x * abscissa - y * ordinate;
    const n = northings + x * ordinate + y * abscissa;
    const { longitudeDeg, latitudeDeg } = createProjection(crs).toGeodetic(e, n);
    expect(apart([[longitudeDeg, latitudeDeg]], [[PLACE.longitudeDeg, PLACE.latitudeDeg]])).toBeLessThan(
      0.001,
    );
  });

  it("goes into a file and comes back, also when the frame begins elsewhere now", () => {
    const known = { file: "a.ifc", contentHash: "00", statement: "", savedAt: "2026-11-29T00:00:00Z" };
    const text = writePlaceFile({ ...known, mapConversion: CONVERSION }, EVIDENCE, PLACE);
    const file = readPlaceFile(text, "a.ifc.place.json");
    const same = placeOfFile(file, EVIDENCE);
    expect(same.headingDeg).toBeCloseTo(20, 9);
    expect(
      apart([[same.longitudeDeg, same.latitudeDeg]], [[PLACE.longitudeDeg, PLACE.latitudeDeg]]),
    ).toBeLessThan(1e-6);
    const moved: PlaceEvidence = { ...EVIDENCE, turnDeg: -5, offset: [0, 0, 0] };
    const other = placeOfFile(file, moved);
    // the engineering point (100, -40) is the origin of one frame, and a turned point of the other
    const [c, s] = [Math.cos((-5 * Math.PI) / 180), Math.sin((-5 * Math.PI) / 180)];
    const inOther = [100 * c + 40 * s, 100 * s - 40 * c] as const;
    expect(apart(ringOfPlace([[0, 0]], PLACE), ringOfPlace([inOther], other))).toBeLessThan(0.001);
    expect(bearingOf(moved, other)).toBeCloseTo(bearingOf(EVIDENCE, PLACE), 9);
  });

  it("refuses files that are no places", () => {
    for (const text of ["", "{", "[]", "null", '{"format":"liaotwin-place","version":1,"longitudeDeg":"x"}'])
      expect(() => readPlaceFile(text, "x.json")).toThrow(
        expect.objectContaining({ code: "place.not_a_place" }),
      );
    expect(() => readPlaceFile('{"format":"liaotwin-place","version":9}', "x.json")).toThrow(
      expect.objectContaining({ code: "place.version" }),
    );
    expect(placeFileName("市政厅.ifczip")).toBe("市政厅.ifc.place.json");
  });

  it("has the grid of its longitude", () => {
    expect([gridAt(123.43, 41.8), gridAt(121.6, 38.9), gridAt(121.4, 38.9), gridAt(8.4, 49)]).toEqual([
      "EPSG:4550",
      "EPSG:4550",
      "EPSG:4549",
      "EPSG:32632",
    ]);
  });
});

describe("convex hulls", () => {
  it("are the outer corners, counter-clockwise, and nothing of what lies inside or on an edge", () => {
    expect(convexHull([0, 0, 4, 0, 2, 0, 4, 3, 0, 3, 1, 1, 2, 2])).toEqual([
      [0, 0],
      [4, 0],
      [4, 3],
      [0, 3],
    ]);
    expect(convexHull([1, 1])).toEqual([[1, 1]]);
  });
});
