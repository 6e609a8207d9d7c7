import { expect, it } from "vitest";
import { ecefFromGeodetic } from "../geo/ellipsoid.ts";
import { LocalFrame } from "./local-frame.ts";

it("gives offsets that lead back to the place, near the origin and far from it", () => {
  const frame = new LocalFrame(123.4, 41.8);
  const offset = new Float64Array(5);
  for (const degrees of [0, 0.001, 0.3, 1.14, 2.86, 2.87, 40])
    for (const [east, north] of [
      [1, 1],
      [-1, 0.5],
      [0.2, -1],
    ]) {
      const place = {
        longitudeDeg: 123.4 + east! * degrees,
        latitudeDeg: 41.8 + north! * degrees,
        height: 31,
      };
      frame.write(place.longitudeDeg, place.latitudeDeg, place.height, offset, 1);
      const exact = ecefFromGeodetic(place);
      for (let axis = 0; axis < 3; axis++)
        expect(Math.abs(frame.origin[axis]! + offset[1 + axis]! - exact[axis]!)).toBeLessThan(2e-8);
    }
});
