import { areaOfAlerts, areaRound, type OutlinePlaces, type Place } from "./alert-area.ts";
import type { AlertRule, RuleAlert } from "./alert-rule.ts";
import type { Incident, IncidentArea, IncidentCommand, IncidentOrigin } from "./incident.ts";
import type { Provenance } from "./provenance.ts";
import type { Zone } from "./response.ts";
import type { Warning } from "./risk.ts";

/** What an incident starts with: everything of its first entry but its id. */
export type IncidentOpening = Omit<
  Extract<IncidentCommand, { type: "incident.open" }>,
  "type" | "incidentId"
>;

/** Alerts that an incident names; its area is of all of them. */
const MAX_ALERT_IDS = 200;

export function openingOfWarning(warning: Warning): IncidentOpening {
  const { polygons, circles } = warning;
  return {
    title: warning.headline,
    alertIds: [warning.id],
    warningLevel: warning.level,
    origin: { kind: "warning", id: warning.id },
    provenance: warning.provenance,
    ...(polygons.length + circles.length > 0 && { area: { polygons, circles } }),
  };
}

/** `alerts` newest first. */
export async function openingOfAlerts(
  rule: AlertRule,
  alerts: readonly RuleAlert[],
  placeOf: (sensorId: string) => Place | null,
  provenance: Provenance | null,
  outline?: OutlinePlaces,
): Promise<IncidentOpening> {
  const area = await areaOfAlerts(rule, alerts, placeOf, outline);
  return {
    title: rule.title,
    alertIds: alerts.slice(0, MAX_ALERT_IDS).map(({ id }) => id),
    warningLevel: rule.level,
    origin: { kind: "rule", id: rule.id },
    ...(provenance && { provenance }),
    ...(area && { area }),
  };
}

/** Somebody's own word, round a place when one is given. */
export function openingByHand(
  title: string,
  at?: Place & { readonly radius?: number | undefined },
): IncidentOpening {
  return {
    title: { zh: title, en: title },
    alertIds: [],
    origin: { kind: "person" },
    ...(at && { area: areaRound(at, at.radius) }),
  };
}

/** The incident that was opened from the same warning or rule and is not closed. */
export function openIncidentOf(
  incidents: Iterable<Pick<Incident, "id" | "phase" | "origin">>,
  origin: IncidentOrigin,
): Pick<Incident, "id"> | null {
  if (origin.kind === "person") return null;
  for (const one of incidents)
    if (one.phase !== "close" && one.origin.kind === origin.kind && one.origin.id === origin.id) return one;
  return null;
}

/** Where it was opened, and what joined it since. Null when nothing says where. */
export function ownAreaOf({ area, joined = [] }: Pick<Incident, "area" | "joined">): IncidentArea | null {
  const areas = [area, ...joined.map((one) => one.area)].filter((one) => one !== null);
  const [first] = areas;
  if (first === undefined || areas.length === 1) return first ?? null;
  return {
    polygons: areas.flatMap(({ polygons }) => polygons),
    circles: areas.flatMap(({ circles }) => circles),
  };
}

/** Whom an incident concerns: where it was opened, what joined it, and the zones that belong to it. Null when nothing says where. */
export function areaOfIncident(incident: Incident, zones: readonly Zone[]): IncidentArea | null {
  const own = zones.filter(({ incidentId }) => incidentId === incident.id).map(({ ring }) => ring);
  const area = ownAreaOf(incident);
  if (area === null && own.length === 0) return null;
  return { polygons: [...(area?.polygons ?? []), ...own], circles: area?.circles ?? [] };
}
