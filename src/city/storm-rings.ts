import type { StormGrade, StormWindReach } from "../domain/storm-track.ts";
import type { Ring } from "./warning-rings.ts";

const METERS_PER_DEG = 111_320;
const CORNERS = 96;

/** Strength as a number of steps, 0 (not known) to 6: what the mark's size and filling tell. */
export const STORM_STEPS: Readonly<Record<StormGrade, number>> = {
  unknown: 0,
  extratropical: 0,
  depression: 1,
  storm: 2,
  "severe-storm": 3,
  typhoon: 4,
  "severe-typhoon": 5,
  "super-typhoon": 6,
};

/** Short words as the weather services write them. */
export const STORM_WORDS: Readonly<Record<StormGrade, { readonly zh: string; readonly en: string }>> = {
  unknown: { zh: "未定级", en: "ungraded" },
  extratropical: { zh: "变性", en: "extratropical" },
  depression: { zh: "热带低压", en: "TD" },
  storm: { zh: "热带风暴", en: "TS" },
  "severe-storm": { zh: "强热带风暴", en: "STS" },
  typhoon: { zh: "台风", en: "TY" },
  "severe-typhoon": { zh: "强台风", en: "STY" },
  "super-typhoon": { zh: "超强台风", en: "SuperTY" },
};

/**
 * Where a wind reaches from a centre. The longest radius lies to `bearingDeg`, the shortest opposite, and between them the
 * reach goes evenly (Japan Meteorological Agency's best tracks give no more than these two).
 */
export function reachRing(longitudeDeg: number, latitudeDeg: number, reach: StormWindReach): Ring {
  const mean = (reach.longest + reach.shortest) / 2;
  const swing = (reach.longest - reach.shortest) / 2;
  const east = METERS_PER_DEG * Math.cos((latitudeDeg * Math.PI) / 180);
  return Array.from({ length: CORNERS }, (_, k) => {
    const bearing = (k * 2 * Math.PI) / CORNERS;
    const off = reach.bearingDeg === null ? Math.PI / 2 : bearing - (reach.bearingDeg * Math.PI) / 180;
    const radius = reach.bearingDeg === null ? reach.longest : mean + swing * Math.cos(off);
    return [
      longitudeDeg + (radius * Math.sin(bearing)) / east,
      latitudeDeg + (radius * Math.cos(bearing)) / METERS_PER_DEG,
    ] as const;
  });
}
