import { expect, it } from "vitest";
import { mapPointOf, placeOfPoint } from "./point-place.ts";
import { floorOf, liftsOf } from "./storey-plan.ts";

const georeference = {
  method: "IfcMapConversion",
  epsg: 4550,
  origin: { longitudeDeg: 123.432, latitudeDeg: 41.799, height: 44 },
  notes: [],
} as const;

it("a point of the model has its place and its map coordinates", () => {
  const place = placeOfPoint(georeference, [0, 100, 12])!;
  expect(place.longitudeDeg).toBeCloseTo(123.432, 9);
  expect((place.latitudeDeg - 41.799) * 111_070).toBeCloseTo(100, 0);
  expect(place.height).toBeCloseTo(56, 2);
  const [a, b] = [mapPointOf(georeference, [0, 0, 0])!, mapPointOf(georeference, [30, 40, 0])!];
  expect(a.crs).toBe("EPSG:4550");
  expect(Math.hypot(b.eastings - a.eastings, b.northings - a.northings)).toBeCloseTo(50, 1);
  expect(placeOfPoint({ method: "none", notes: [] }, [1, 2, 3])).toBe(null);
});

it("a storey's floor is where its walls stand, not its lowest slab", () => {
  const box = (low: number) => [0, 0, low, 1, 1, low + 3];
  const elements = {
    globalId: [],
    expressId: [],
    name: [],
    class: ["IfcWall", "IfcWall", "IfcSlab", "IfcWallStandardCase", "IfcLamp"],
    storey: [1, 1, 1, 0, 2],
    box: [4, 4, 3.7, 0, 9].flatMap(box),
  };
  expect(floorOf({ elements }, 1)).toBe(4);
  expect(floorOf({ elements }, 2)).toBe(9);
  expect(floorOf({ elements }, 7)).toBe(null);
});

it("storeys come apart in order, the lowest stays, equal ones stay together", () => {
  const storeys = [{ elevation: 4 }, { elevation: -3 }, { elevation: 0 }, { elevation: 4 }];
  expect(liftsOf(storeys, 2)).toEqual([4, 0, 2, 4]);
  expect(liftsOf(storeys, 0)).toEqual([]);
});
