import {
  INCIDENT_PHASES,
  type IncidentEntry,
  type IncidentPhase,
  NEXT_PHASES,
} from "../../domain/incident.ts";

export interface PhaseStep {
  readonly phase: IncidentPhase;
  readonly state: "now" | "allowed" | "refused";
  /** The usual next one. */
  readonly isNext: boolean;
  /** The incident has been there. */
  readonly isVisited: boolean;
}

/** The phases in their usual order, and what each means to an incident that is in `now`. `entries` are its own. */
export function phaseSteps(now: IncidentPhase, entries: readonly IncidentEntry[]): readonly PhaseStep[] {
  const visited = new Set<IncidentPhase>(["monitor", now]);
  for (const { command } of entries) if (command.type === "incident.moveTo") visited.add(command.phase);
  const at = INCIDENT_PHASES.indexOf(now);
  return INCIDENT_PHASES.map((phase, i) => ({
    phase,
    state: phase === now ? "now" : NEXT_PHASES[now].includes(phase) ? "allowed" : "refused",
    isNext: i === at + 1 && NEXT_PHASES[now].includes(phase),
    isVisited: visited.has(phase),
  }));
}
