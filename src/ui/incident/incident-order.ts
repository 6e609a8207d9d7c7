import type { Incident } from "../../domain/incident.ts";
import { waitingIncidents } from "../../domain/incident-log.ts";

export interface IncidentOrder {
  /** Open ones: what nobody has acknowledged first, the longest passed on before the others; then by warning level, newest first. */
  readonly open: readonly Incident[];
  /** Newest close first. */
  readonly closed: readonly Incident[];
  /** How many of the open ones nobody has acknowledged. */
  readonly waiting: number;
}

export function orderIncidents(incidents: readonly Incident[]): IncidentOrder {
  const waiting = waitingIncidents(new Map(incidents.map((incident) => [incident.id, incident])));
  const seen = incidents
    .filter(({ phase, acknowledged }) => phase !== "close" && acknowledged !== null)
    .sort((a, b) => (a.warningLevel ?? 5) - (b.warningLevel ?? 5) || b.openedMs - a.openedMs);
  const closed = incidents
    .filter(({ phase }) => phase === "close")
    .sort((a, b) => (b.closedMs ?? 0) - (a.closedMs ?? 0));
  return { open: [...waiting, ...seen], closed, waiting: waiting.length };
}
