import { TwinError } from "../base/errors.ts";
import type { Incident } from "../domain/incident.ts";
import type { PlainCommand } from "../domain/story.ts";
import { putNotice } from "../state/put-notice.ts";
import type { Stores } from "../state/stores.ts";
import type { Effects } from "./effect.ts";

type IncidentCommandType =
  | "open-incident"
  | "choose-incident"
  | "acknowledge-incident"
  | "move-incident"
  | "assign-incident"
  | "note-incident"
  | "set-warning-level"
  | "set-response-level"
  | "set-event-grade"
  | "attach-view"
  | "leave-alerts"
  | "open-view"
  | "set-actor"
  | "export-affected";

/** Effects of the commands about incidents. What changes one is logged first: see `changeIncident`. */
export const INCIDENT_EFFECTS: Effects<IncidentCommandType> = {
  "open-incident": async (source, { ports, run }) => {
    const id = await ports.openIncident(source);
    await run({ type: "choose-incident", id });
  },
  "choose-incident": async ({ id }, { stores, ports }) => {
    await ports.chooseIncident(id);
    const { mode, panels } = stores.ui.get();
    if (id !== null && mode !== "present") stores.ui.set({ panels: { ...panels, right: true } });
  },
  "acknowledge-incident": ({ id }, { ports }) =>
    ports.changeIncident({ type: "incident.acknowledge", incidentId: id }),
  "move-incident": async ({ id, phase }, { stores, ports }) => {
    const before = stores.incidents.get().incidents.find((one) => one.id === id);
    await ports.changeIncident({ type: "incident.moveTo", incidentId: id, phase });
    if (phase === "close" && before) offerReopening(stores, before);
  },
  "assign-incident": ({ id, assignee }, { ports }) =>
    ports.changeIncident({ type: "incident.assign", incidentId: id, assignee }),
  "note-incident": ({ id, text }, { ports }) =>
    ports.changeIncident({ type: "incident.note", incidentId: id, text }),
  "set-warning-level": ({ id, level }, { ports }) =>
    ports.changeIncident({ type: "incident.setWarningLevel", incidentId: id, level }),
  "set-response-level": ({ id, level }, { ports }) =>
    ports.changeIncident({ type: "incident.setResponseLevel", incidentId: id, level }),
  "set-event-grade": ({ id, grade }, { ports }) =>
    ports.changeIncident({ type: "incident.setEventGrade", incidentId: id, grade }),
  "attach-view": async ({ id }, { stores, ports }) => {
    requireIncident(stores, id);
    const { query, image } = await ports.presentView();
    await ports.changeIncident({
      type: "incident.attachView",
      incidentId: id,
      query,
      ...(image !== null && { image }),
    });
  },
  "leave-alerts": ({ id, alertIds }, { stores, ports }) => {
    requireIncident(stores, id);
    return ports.changeIncident({ type: "incident.leaveAlerts", incidentId: id, alertIds });
  },
  "open-view": ({ id, view }, { stores, ports }) => {
    const kept = requireIncident(stores, id).views.find((one) => one.entryId === view);
    if (!kept) throw new TwinError("incident.view", `Incident ${id} has no view ${view}.`, { id });
    return ports.showView(kept.query);
  },
  "set-actor": ({ name }, { stores }) => stores.incidents.set({ actor: name }),
  "export-affected": ({ id, format }, { ports }) => ports.exportAffected(id, format),
};

function requireIncident(stores: Stores, id: string): Incident {
  const incident = stores.incidents.get().incidents.find((one) => one.id === id);
  if (!incident) throw new TwinError("incident.unknown", `There is no incident ${id}.`, { id });
  return incident;
}

/** Closing by a slip is taken back from the notice itself; what closing took away comes back with it. */
function offerReopening(stores: Stores, { id, title, responseLevel, acknowledged }: Incident): void {
  const commands: PlainCommand[] = [{ type: "move-incident", id, phase: "verify" }];
  if (acknowledged) commands.push({ type: "acknowledge-incident", id });
  if (responseLevel !== null) commands.push({ type: "set-response-level", id, level: responseLevel });
  const name = stores.ui.get().locale === "en" ? title.en : title.zh;
  putNotice(stores, {
    tone: "good",
    key: "incident.closedNotice",
    params: { name },
    action: { key: "incident.takeBack", commands },
  });
}
