import { metersPerDegree } from "../geo/ellipsoid.ts";

const MIN_SAMPLES = 64;
const MAX_SAMPLES = 512;
/** Metres between samples where the line is neither short nor long. */
const STEP = 20;

export interface LineSamples {
  readonly longitudeDeg: readonly number[];
  readonly latitudeDeg: readonly number[];
  /** Metres from the start. */
  readonly distance: readonly number[];
}

/**
 * Places along a line of corners (longitude, latitude degrees), evenly apart within each leg, its corners among them.
 * Distances are of the ellipsoid at the middle of each leg: 0.01 % off at 50 km.
 */
export function sampleLine(corners: readonly (readonly [number, number])[]): LineSamples {
  const lengths = corners.slice(1).map((corner, k) => legLength(corners[k]!, corner));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const wanted = Math.min(MAX_SAMPLES, Math.max(MIN_SAMPLES, Math.round(total / STEP)));
  const [longitudeDeg, latitudeDeg, distance]: [number[], number[], number[]] = [[], [], []];
  let before = 0;
  lengths.forEach((length, leg) => {
    const [from, to] = [corners[leg]!, corners[leg + 1]!];
    const steps = Math.max(1, Math.round((wanted * length) / Math.max(total, 1e-9)));
    for (let k = leg === 0 ? 0 : 1; k <= steps; k++) {
      const share = k / steps;
      longitudeDeg.push(from[0] + (to[0] - from[0]) * share);
      latitudeDeg.push(from[1] + (to[1] - from[1]) * share);
      distance.push(before + length * share);
    }
    before += length;
  });
  return { longitudeDeg, latitudeDeg, distance };
}

function legLength(from: readonly [number, number], to: readonly [number, number]): number {
  const { east, north } = metersPerDegree((from[1] + to[1]) / 2);
  return Math.hypot((to[0] - from[0]) * east, (to[1] - from[1]) * north);
}
