import type { LocalText, Provenance } from "./provenance.ts";

/** Strength of a tropical cyclone; the three above `typhoon` are of the Chinese scale (GB/T 19201), which splits it by wind. */
export type StormGrade =
  | "depression"
  | "storm"
  | "severe-storm"
  | "typhoon"
  | "severe-typhoon"
  | "super-typhoon"
  | "extratropical"
  | "unknown";

/** How far a wind reaches from the centre, metres. */
export interface StormWindReach {
  readonly longest: number;
  readonly shortest: number;
  /** Bearing of the longest radius, degrees from north clockwise; null when the wind reaches equally far all round. */
  readonly bearingDeg: number | null;
}

export interface StormTrackPoint {
  /** Epoch ms. */
  readonly timeMs: number;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly isForecast: boolean;
  readonly grade: StormGrade;
  /** Central pressure, hPa; null when it is not given. */
  readonly pressureHpa: number | null;
  /** Greatest sustained wind, m/s; null when it is not given. */
  readonly maxWind: number | null;
  /** Where the wind is 30 knots and more; null when it is not given. */
  readonly reach30Kn: StormWindReach | null;
  /** Where the wind is 50 knots and more; null when it is not given. */
  readonly reach50Kn: StormWindReach | null;
  /** For a forecast: radius of the circle in which the centre will lie with 70 %, metres; null when it is not given. */
  readonly probableRadius: number | null;
}

/** The way of a tropical cyclone: what was analysed, then what is forecast. */
export interface StormTrack {
  /** International number, such as `1909`, or what the source calls it. */
  readonly id: string;
  readonly name: LocalText;
  /** In the order of time, no two at the same time; forecast ones last. */
  readonly points: readonly StormTrackPoint[];
  readonly provenance: Provenance;
  readonly feedId: string;
}

/** Index of the last point that is no forecast and not after `nowMs`; -1 before the first. */
export function currentPoint(track: StormTrack, nowMs: number): number {
  let found = -1;
  for (const [i, point] of track.points.entries()) if (!point.isForecast && point.timeMs <= nowMs) found = i;
  return found;
}
