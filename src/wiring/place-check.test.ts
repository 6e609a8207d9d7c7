import { describe, expect, it } from "vitest";
import { type ModelPlace, ringOfPlace } from "../domain/model-place.ts";
import type { PlaceCandidate } from "../domain/place-candidate.ts";
import { distanceM } from "../geo/local-plane.ts";
import { hasDoubtfulPlace } from "./place-doubts.ts";
import { placeOfDrag } from "./place-pointer.ts";
import { shapeOfModel } from "./place-shape.ts";

const CITY = { longitudeDeg: 123.4325, latitudeDeg: 41.799 };
const PLACE: ModelPlace = { ...CITY, height: 0, headingDeg: 10 };

function candidate(change: Partial<PlaceCandidate> = {}): PlaceCandidate {
  return {
    id: "#1",
    method: "IfcSite",
    statement: "#1",
    origin: { ...CITY, height: 0 },
    turnDeg: 0,
    crs: null,
    says: [],
    doubts: [],
    isTaken: true,
    ...change,
  };
}

describe("a doubtful place", () => {
  it("is one with a grave slip, with answers far apart, or far from the city", () => {
    const doubt = (code: string) => [{ code, params: {} }];
    const elsewhere = { longitudeDeg: 123.45, latitudeDeg: 41.8, height: 0 };
    const abroad = { longitudeDeg: -71.06, latitudeDeg: 42.36, height: 0 };
    expect(hasDoubtfulPlace([], CITY)).toBe(false);
    expect(hasDoubtfulPlace([candidate({ doubts: doubt("georef.no_height_datum") })], CITY)).toBe(false);
    expect(hasDoubtfulPlace([candidate({ doubts: doubt("georef.swapped") })], CITY)).toBe(true);
    expect(hasDoubtfulPlace([candidate(), candidate({ origin: elsewhere, isTaken: false })], CITY)).toBe(
      true,
    );
    expect(hasDoubtfulPlace([candidate({ origin: abroad })], CITY)).toBe(true);
    expect(hasDoubtfulPlace([candidate({ isTaken: false })], CITY)).toBe(true);
  });
});

describe("dragging a model", () => {
  const shape = { middle: [20, 5] as const };
  const [middle] = ringOfPlace([shape.middle], PLACE) as [readonly [number, number]];
  const at = (east: number, north: number) => ({
    longitudeDeg: middle[0] + east / 83_000,
    latitudeDeg: middle[1] + north / 111_100,
    height: 0,
  });

  it("moves it as far as the pointer went", () => {
    const moved = placeOfDrag({ from: at(0, 0), place: PLACE, isTurn: false }, at(30, -40), shape);
    expect(distanceM(moved.longitudeDeg, moved.latitudeDeg, CITY.longitudeDeg, CITY.latitudeDeg)).toBeCloseTo(
      50,
      0,
    );
    expect(moved.headingDeg).toBe(10);
  });

  it("with a turn keeps its middle", () => {
    const turned = placeOfDrag({ from: at(0, 50), place: PLACE, isTurn: true }, at(50, 0), shape);
    expect(turned.headingDeg).toBeCloseTo(100, 0);
    const [after] = ringOfPlace([shape.middle], turned) as [readonly [number, number]];
    expect(distanceM(after[0], after[1], middle[0], middle[1])).toBeLessThan(0.001);
  });

  it("has an outline to draw, even of a model without an extent", () => {
    const evidence = { turnDeg: 0, offset: [0, 0, 0] as const, lengthM: 1, outline: [], candidates: [] };
    const { hull } = shapeOfModel({ evidence, box: { min: [0, 0, 0], max: [0, 0, 0] } });
    expect(hull).toHaveLength(4);
  });
});
