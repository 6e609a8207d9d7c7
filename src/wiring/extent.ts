import type { PlaceDeg } from "../domain/pose.ts";
import type { Warning } from "../domain/risk.ts";
import { metersPerDegree } from "../geo/ellipsoid.ts";

/** Centre and radius (m) of what rings and circles cover; null when there are none. */
export function extentOf({
  polygons,
  circles,
}: Pick<Warning, "polygons" | "circles">): { readonly center: PlaceDeg; readonly radius: number } | null {
  const corners = [
    ...polygons.flat(),
    ...circles.flatMap(({ longitudeDeg, latitudeDeg, radius }) => {
      const { east, north } = metersPerDegree(latitudeDeg);
      return [
        [longitudeDeg - radius / east, latitudeDeg - radius / north],
        [longitudeDeg + radius / east, latitudeDeg + radius / north],
      ] as const;
    }),
  ];
  if (corners.length === 0) return null;
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [longitudeDeg, latitudeDeg] of corners) {
    [west, east] = [Math.min(west, longitudeDeg), Math.max(east, longitudeDeg)];
    [south, north] = [Math.min(south, latitudeDeg), Math.max(north, latitudeDeg)];
  }
  const center = { longitudeDeg: (west + east) / 2, latitudeDeg: (south + north) / 2, height: 0 };
  const metres = metersPerDegree(center.latitudeDeg);
  const across = Math.hypot((east - west) * metres.east, (north - south) * metres.north);
  const isOneCircle = polygons.length === 0 && circles.length === 1;
  return { center, radius: isOneCircle ? circles[0]!.radius : across / 2 };
}
