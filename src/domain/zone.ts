import { ringAreaM2 } from "../geo/polygon.ts";
import { ringMeetsItself } from "../geo/ring-crossing.ts";
import type { LocalText } from "./provenance.ts";
import type { Zone, ZoneKind } from "./response.ts";

export const ZONE_TITLES: Readonly<Record<ZoneKind, LocalText>> = {
  affected: { zh: "影响区", en: "Affected area" },
  isolation: { zh: "隔离区", en: "Isolation zone" },
  evacuation: { zh: "疏散区", en: "Evacuation zone" },
  protective: { zh: "防护区", en: "Protective action zone" },
  inspection: { zh: "排查区", en: "Inspection zone" },
};

type Corner = readonly [number, number];

/** A zone while it is drawn, corner by corner: lon, lat pairs in degrees. */
export interface ZoneDrawing {
  readonly kind: ZoneKind;
  readonly incidentId: string | null;
  readonly ring: readonly Corner[];
}

/** Why a corner or a ring cannot be taken; null when it can. */
export type RingProblem = "few" | "crosses" | null;

/** Whether the outline so far may get this corner; the closing edge is not looked at yet. */
export function problemOfCorner(ring: readonly Corner[], corner: Corner): RingProblem {
  return ringMeetsItself([...ring, corner], false) ? "crosses" : null;
}

export function problemOfRing(ring: readonly Corner[]): RingProblem {
  if (ring.length < 3) return "few";
  return ringMeetsItself(ring, true) ? "crosses" : null;
}

/** km², 0 while there are fewer than three corners. */
export function zoneAreaKm2(ring: readonly Corner[]): number {
  return ring.length < 3 ? 0 : ringAreaM2(ring) / 1e6;
}

/** The kind's name with the lowest number that no other zone has. */
export function freshTitle(kind: ZoneKind, zones: readonly Zone[]): LocalText {
  const { zh, en } = ZONE_TITLES[kind];
  for (let n = 1; ; n++) {
    const title = { zh: `${zh} ${n}`, en: `${en} ${n}` };
    if (!zones.some((zone) => zone.title.zh === title.zh)) return title;
  }
}
