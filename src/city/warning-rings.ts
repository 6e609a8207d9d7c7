import type { Warning } from "../domain/risk.ts";

/** Corners as lon, lat pairs in degrees, not closed. */
export type Ring = readonly (readonly [number, number])[];

const CIRCLE_CORNERS = 72;
const METERS_PER_DEG = 111_320;

export function ringOfCircle(circle: { longitudeDeg: number; latitudeDeg: number; radius: number }): Ring {
  const north = circle.radius / METERS_PER_DEG;
  const east = north / Math.cos((circle.latitudeDeg * Math.PI) / 180);
  return Array.from({ length: CIRCLE_CORNERS }, (_, k) => {
    const a = (k * 2 * Math.PI) / CIRCLE_CORNERS;
    return [circle.longitudeDeg + east * Math.sin(a), circle.latitudeDeg + north * Math.cos(a)] as const;
  });
}

/** Rings of a warning without their closing corner; rings of fewer than three corners are left out. */
export function ringsOfWarning(warning: Warning): Ring[] {
  return [...warning.polygons, ...warning.circles.map(ringOfCircle)]
    .map((ring) => {
      const first = ring[0];
      const last = ring.at(-1);
      return first && last && ring.length > 1 && first[0] === last[0] && first[1] === last[1]
        ? ring.slice(0, -1)
        : ring;
    })
    .filter((ring) => ring.length >= 3);
}
