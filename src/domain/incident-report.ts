import type { RuleAlert } from "./alert-rule.ts";
import type { Incident, IncidentEntry, IncidentPhase } from "./incident.ts";
import type { LocalText } from "./provenance.ts";
import type { Warning } from "./risk.ts";

/** What a report needs beside the incident itself: read from the log and the city when it is opened. */
export interface ReportMaterial {
  readonly entries: readonly IncidentEntry[];
  /** Alerts that the incident names, as the log last knew them. */
  readonly alerts: readonly { readonly title: LocalText | null; readonly alert: RuleAlert }[];
  /** Warnings that it names. */
  readonly warnings: readonly Warning[];
  readonly pictures: readonly ReportPicture[];
}

/** The incident's area as the city looked: a PNG or JPEG data URL and its moment. */
export interface ReportPicture {
  readonly url: string;
  readonly atMs: number;
  readonly kind: "area" | "city";
}

/** A phase and how long it lasted; `untilMs` null while it lasts. */
export interface ReportPhase {
  readonly phase: IncidentPhase;
  readonly fromMs: number;
  readonly untilMs: number | null;
  readonly by: string;
}

/** The figures that stand at the head of a report. */
export interface ReportSummary {
  readonly fromMs: number;
  /** Its close; null while it is open. */
  readonly untilMs: number | null;
  readonly phases: readonly ReportPhase[];
  /** How long nobody had acknowledged it; null when nobody has. */
  readonly acknowledgedAfterMs: number | null;
  readonly escalations: number;
  /** Worst levels that were set, null when none was. Two scales. */
  readonly worstWarning: number | null;
  readonly worstResponse: number | null;
  readonly people: readonly string[];
}

/** Adds up what was done. `entries` are of this incident, oldest first. */
export function summarize(incident: Incident, entries: readonly IncidentEntry[]): ReportSummary {
  const acknowledgement = entries.find(({ command }) => command.type === "incident.acknowledge");
  const levels = (type: "incident.setWarningLevel" | "incident.setResponseLevel") =>
    entries.flatMap(({ command }) =>
      command.type === type && command.level !== null ? [command.level] : [],
    );
  const opened = entries.flatMap(({ command }) =>
    command.type === "incident.open" && command.warningLevel ? [command.warningLevel] : [],
  );
  return {
    fromMs: incident.openedMs,
    untilMs: incident.closedMs,
    phases: phasesOf(incident, entries),
    acknowledgedAfterMs: acknowledgement ? acknowledgement.timeMs - incident.openedMs : null,
    escalations: entries.filter(({ command }) => command.type === "incident.escalate").length,
    worstWarning: worst([...opened, ...levels("incident.setWarningLevel")]),
    worstResponse: worst(levels("incident.setResponseLevel")),
    people: [...new Set(entries.map(({ actor }) => actor))],
  };
}

function phasesOf(incident: Incident, entries: readonly IncidentEntry[]): readonly ReportPhase[] {
  const first = entries[0];
  const starts: Omit<ReportPhase, "untilMs">[] = [
    { phase: "monitor", fromMs: incident.openedMs, by: first?.actor ?? "" },
  ];
  for (const { command, timeMs, actor } of entries)
    if (command.type === "incident.moveTo") starts.push({ phase: command.phase, fromMs: timeMs, by: actor });
  return starts.map((start, i) => ({ ...start, untilMs: starts[i + 1]?.fromMs ?? null }));
}

function worst(levels: readonly number[]): number | null {
  return levels.length === 0 ? null : Math.min(...levels);
}
