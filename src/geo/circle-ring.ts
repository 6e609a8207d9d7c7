import { metersPerDegree } from "./ellipsoid.ts";

const CORNERS = 64;

/** Corners of a circle's outline as lon, lat pairs in degrees, counter-clockwise from the east; open. `radius` in metres. */
export function ringOfCircle({
  longitudeDeg,
  latitudeDeg,
  radius,
}: {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly radius: number;
}): readonly (readonly [number, number])[] {
  const { east, north } = metersPerDegree(latitudeDeg);
  return Array.from({ length: CORNERS }, (_, i) => {
    const angle = (i / CORNERS) * 2 * Math.PI;
    return [
      longitudeDeg + (radius * Math.cos(angle)) / east,
      latitudeDeg + (radius * Math.sin(angle)) / north,
    ] as const;
  });
}
