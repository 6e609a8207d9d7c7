import type { CapDraft } from "./cap-message.ts";

export const CAP_NOW = Date.parse("2026-07-22T02:30:00.750Z");

/** A draft without a fault, an hour long from CAP_NOW. */
export function capDraft(part: Partial<CapDraft> = {}): CapDraft {
  return {
    category: "Met",
    event: { zh: "暴雨", en: "Rainstorm" },
    level: 2,
    urgency: "Expected",
    certainty: "Likely",
    responseType: "Avoid",
    senderName: { zh: "演练", en: "Exercise" },
    headline: { zh: "暴雨橙色预警", en: "Orange rainstorm warning" },
    description: { zh: "三小时 50 mm", en: "50 mm in three hours" },
    instruction: { zh: "避开低洼处", en: "Avoid low ground" },
    areaDesc: { zh: "沈河", en: "Shenhe" },
    polygons: [
      [
        [123.4, 41.7],
        [123.5, 41.7],
        [123.5, 41.8],
        [123.4, 41.7],
      ],
    ],
    circles: [{ longitudeDeg: 123.45, latitudeDeg: 41.75, radius: 1500 }],
    expiresMs: CAP_NOW + 3600_000,
    ...part,
  };
}
