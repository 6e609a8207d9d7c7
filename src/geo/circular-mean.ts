import { RAD_PER_DEG } from "./ellipsoid.ts";

/** Below this share of all weight the directions cancel out: there is no mean. */
const LEAST_RESULTANT = 0.02;

/**
 * Mean direction in degrees, 0 to under 360; NaN when there is none. The vector mean: atan2(sum of w sin, sum of w cos) (Mardia and Jupp,
 * Directional Statistics, 2000, section 2.2); with wind speeds as weights the resultant direction of EPA-454/R-99-005, section
 * 6.2. 350 and 10 mean 0, and not 180. `weights` are positive, one for each direction; all alike when absent.
 */
export function circularMeanDeg(directionsDeg: readonly number[], weights?: readonly number[]): number {
  let [east, north, total] = [0, 0, 0];
  directionsDeg.forEach((direction, i) => {
    const weight = weights?.[i] ?? 1;
    east += weight * Math.sin(direction * RAD_PER_DEG);
    north += weight * Math.cos(direction * RAD_PER_DEG);
    total += weight;
  });
  if (!(total > 0) || Math.hypot(east, north) < LEAST_RESULTANT * total) return Number.NaN;
  return (Math.atan2(east, north) / RAD_PER_DEG + 360) % 360;
}
