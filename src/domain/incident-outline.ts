import { ringOfCircle } from "../geo/circle-ring.ts";
import { outlineOfAreaCircles } from "./alert-area.ts";
import type { Incident } from "./incident.ts";
import { ownAreaOf } from "./incident-opening.ts";
import type { Provenance } from "./provenance.ts";
import type { Zone } from "./response.ts";

const PREFIX = "incident-area:";
const NO_TITLE = { zh: "", en: "" };
const BY_HAND: Provenance = { kind: "LIVE", source: { zh: "手工登记", en: "opened by hand" } };

/**
 * An incident's own area as zones to be drawn; its further zones are drawn anyway. None for one that was opened from a warning: that
 * one's area is on the map.
 */
export function outlineZones(incident: Incident): readonly Zone[] {
  const { id, title, origin, provenance } = incident;
  const area = ownAreaOf(incident);
  if (!area || origin.kind === "warning") return [];
  const [circle, ...others] = area.circles;
  const round = circle && others.length === 0 ? [ringOfCircle(circle)] : outlineOfAreaCircles(area.circles);
  return [...area.polygons, ...round].map((ring, i) => ({
    id: `${PREFIX}${id}/${i}`,
    kind: "affected",
    // said once: an area of many parts would write its name over the city
    title: i === 0 ? title : NO_TITLE,
    ring,
    incidentId: id,
    origin: "incident",
    provenance: provenance ?? BY_HAND,
  }));
}

/** Whether a zone on the map is such an outline, and none that somebody drew. */
export function isOutlineZone(zoneId: string): boolean {
  return zoneId.startsWith(PREFIX);
}
