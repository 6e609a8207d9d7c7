import { TwinError } from "../base/errors.ts";
import { recordCap, recordDelivery } from "./cap-records.ts";
import {
  type Incident,
  type IncidentCommand,
  type IncidentEntry,
  type IncidentPhase,
  type Incidents,
  type IncidentView,
  NEXT_PHASES,
  SYSTEM_ACTOR,
} from "./incident.ts";

const MAX_NOTE = 4000;
/** What a closed incident still takes: words after the event, and what goes out. */
const FOR_CLOSED: ReadonlySet<IncidentCommand["type"]> = new Set([
  "incident.note",
  "incident.recordCap",
  "incident.recordDelivery",
  "incident.attachView",
]);

/** A refusal as plain data; an entry that is refused changes nothing and is not to be logged. */
export interface IncidentRefusal {
  readonly code: string;
  readonly message: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/**
 * Whether an entry can be applied: null, or why not. Codes: `incident.unknown`, `incident.exists`, `incident.closed`,
 * `incident.phase`, `incident.text`.
 */
export function checkIncidentEntry(incidents: Incidents, entry: IncidentEntry): IncidentRefusal | null {
  const { command } = entry;
  const { incidentId } = command;
  const incident = incidents.get(incidentId);
  if (command.type === "incident.open") {
    if (incident)
      return refusal("incident.exists", `Incident ${incidentId} is open already.`, { id: incidentId });
    return null;
  }
  if (!incident)
    return refusal("incident.unknown", `There is no incident ${incidentId}.`, { id: incidentId });
  if (command.type === "incident.moveTo") return checkMove(incident, command.phase);
  const isForClosed = FOR_CLOSED.has(command.type);
  if (incident.phase === "close" && !isForClosed)
    return refusal(
      "incident.closed",
      `Incident ${incidentId} is closed. Move it back to verification first.`,
      { id: incidentId },
    );
  if (command.type === "incident.note" && !(command.text.trim() !== "" && command.text.length <= MAX_NOTE))
    return refusal("incident.text", `A note has 1 to ${MAX_NOTE} characters.`, { limit: MAX_NOTE });
  return null;
}

/**
 * The state after one more entry, as new data; the old one stays as it was. Throws TwinError with the code of
 * `checkIncidentEntry` when the entry cannot be applied.
 */
export function applyIncidentEntry(incidents: Incidents, entry: IncidentEntry): Incidents {
  const refused = checkIncidentEntry(incidents, entry);
  if (refused) throw new TwinError(refused.code, refused.message, refused.params);
  const { command } = entry;
  const before = incidents.get(command.incidentId);
  const after = before === undefined ? opened(entry) : changed(before, entry, command);
  return after === before ? incidents : new Map(incidents).set(command.incidentId, after);
}

/**
 * Entries that are due by themselves at a time: the escalation of what nobody has acknowledged for `afterS` seconds since
 * it was opened or last passed on, at most `most` times. The caller logs them like any other; ids and times follow from the state,
 * so that two pages that do this write the same entry.
 */
export function dueEscalations(
  incidents: Incidents,
  nowMs: number,
  { afterS, most }: { readonly afterS: number; readonly most: number },
): readonly IncidentEntry[] {
  const due: IncidentEntry[] = [];
  for (const incident of incidents.values()) {
    const timeMs = incident.waitingSinceMs + afterS * 1000;
    const isDone =
      incident.acknowledged !== null || incident.phase === "close" || incident.escalation >= most;
    if (isDone || timeMs > nowMs) continue;
    due.push({
      id: `${incident.id}/escalate/${incident.escalation + 1}/${timeMs}`,
      timeMs,
      actor: SYSTEM_ACTOR,
      command: { type: "incident.escalate", incidentId: incident.id },
    });
  }
  return due;
}

function checkMove(incident: Incident, phase: IncidentPhase): IncidentRefusal | null {
  if (NEXT_PHASES[incident.phase].includes(phase)) return null;
  const params = { id: incident.id, from: incident.phase, to: phase };
  return refusal(
    "incident.phase",
    `Incident ${incident.id} cannot go from ${incident.phase} to ${phase}.`,
    params,
  );
}

function opened({ timeMs, command }: IncidentEntry): Incident {
  if (command.type !== "incident.open") throw new Error("only an opening makes an incident");
  return {
    id: command.incidentId,
    title: command.title,
    phase: "monitor",
    openedMs: timeMs,
    closedMs: null,
    alertIds: [...new Set(command.alertIds)],
    acknowledged: null,
    assignee: null,
    warningLevel: command.warningLevel ?? null,
    responseLevel: null,
    eventGrade: null,
    origin: command.origin ?? { kind: "person" },
    provenance: command.provenance ?? null,
    area: command.area ?? null,
    views: [],
    notes: [],
    escalation: 0,
    waitingSinceMs: timeMs,
    issued: [],
  };
}

function changed(incident: Incident, entry: IncidentEntry, command: IncidentCommand): Incident {
  const { timeMs, actor } = entry;
  switch (command.type) {
    case "incident.open":
      return incident;
    case "incident.attachAlert":
      return incident.alertIds.includes(command.alertId)
        ? incident
        : { ...incident, alertIds: [...incident.alertIds, command.alertId] };
    case "incident.joinAlerts":
      return joined(incident, entry.id, command);
    case "incident.leaveAlerts":
      return left(incident, command.alertIds);
    case "incident.moveTo":
      return moved(incident, command.phase, timeMs);
    case "incident.acknowledge":
      return incident.acknowledged ? incident : { ...incident, acknowledged: { by: actor, atMs: timeMs } };
    case "incident.assign":
      return { ...incident, assignee: command.assignee };
    case "incident.note":
      return {
        ...incident,
        notes: [...incident.notes, { entryId: entry.id, atMs: timeMs, by: actor, text: command.text }],
      };
    case "incident.setWarningLevel":
      return { ...incident, warningLevel: command.level };
    case "incident.setResponseLevel":
      return { ...incident, responseLevel: command.level };
    case "incident.setEventGrade":
      return { ...incident, eventGrade: command.grade };
    case "incident.attachView":
      return {
        ...incident,
        views: [...incident.views, viewOf(entry, command)],
      };
    case "incident.recordCap":
      return recordCap(incident, command, entry);
    case "incident.recordDelivery":
      return recordDelivery(incident, command, timeMs);
    case "incident.escalate":
      return { ...incident, escalation: incident.escalation + 1, waitingSinceMs: timeMs };
  }
}

function joined(
  incident: Incident,
  entryId: string,
  { alertIds, area }: Extract<IncidentCommand, { type: "incident.joinAlerts" }>,
): Incident {
  return {
    ...incident,
    alertIds: [...new Set([...incident.alertIds, ...alertIds])],
    joined: [...(incident.joined ?? []), { entryId, alertIds, area: area ?? null }],
  };
}

/** What a joining had added to the area goes with the last of its alerts. */
function left(incident: Incident, alertIds: readonly string[]): Incident {
  const gone = new Set(alertIds);
  const stays = (id: string) => !gone.has(id);
  return {
    ...incident,
    alertIds: incident.alertIds.filter(stays),
    joined: (incident.joined ?? []).filter((one) => one.alertIds.some(stays)),
    left: [...new Set([...(incident.left ?? []), ...alertIds])],
  };
}

function viewOf(
  { id: entryId, timeMs: atMs, actor: by }: IncidentEntry,
  { query, image }: Extract<IncidentCommand, { type: "incident.attachView" }>,
): IncidentView {
  return { entryId, atMs, by, query, ...(image !== undefined && { image }) };
}

/** Opened again, it waits for someone to acknowledge it anew. */
function moved(incident: Incident, phase: IncidentPhase, timeMs: number): Incident {
  if (phase === "close") return { ...incident, phase, closedMs: timeMs, responseLevel: null };
  if (incident.phase !== "close") return { ...incident, phase };
  return { ...incident, phase, closedMs: null, acknowledged: null, escalation: 0, waitingSinceMs: timeMs };
}

function refusal(code: string, message: string, params: IncidentRefusal["params"]): IncidentRefusal {
  return { code, message, params };
}
