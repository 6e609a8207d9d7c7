import { TwinError } from "../base/errors.ts";
import type { Stores } from "../state/stores.ts";
import type { Effects } from "./effect.ts";
import { commandsOfTarget } from "./target-commands.ts";

type DutyCommand =
  | "draft-cap"
  | "issue-cap"
  | "cancel-cap"
  | "retry-cap"
  | "dismiss-announcement"
  | "show-announcement"
  | "set-muted"
  | "set-notifications"
  | "open-report";

/** Effects of the commands about messages that go out, announcements and the report. */
export const DUTY_EFFECTS: Effects<DutyCommand> = {
  "draft-cap": async ({ incidentId }, { stores, run }) => {
    requireIncident(stores, incidentId);
    stores.cap.set({ draftFor: incidentId });
    await run({ type: "open-overlay", overlay: "cap" });
  },
  "issue-cap": (order, { ports }) => ports.issueCap(order),
  "cancel-cap": ({ incidentId, reason }, { ports }) => ports.cancelCap(incidentId, reason),
  "retry-cap": (_args, { ports }) => ports.retryCap(),
  "dismiss-announcement": ({ id }, { ports }) => ports.dismissAnnouncement(id),
  "show-announcement": async ({ id }, { stores, ports, run }) => {
    const { waiting, behind } = stores.announcements.get();
    const one = [...waiting, ...behind].find((other) => other.id === id);
    if (!one) return;
    await ports.dismissAnnouncement(id);
    if (behind.includes(one)) await run({ type: "go-live" });
    for (const command of commandsOfTarget(stores, one.target)) await run(command);
  },
  "set-muted": ({ on }, { stores }) => stores.announcements.set({ isMuted: on }),
  "set-notifications": async ({ on }, { stores, ports }) => {
    stores.announcements.set({ notifications: on ? await ports.allowNotifications() : "off" });
  },
  "open-report": async ({ incidentId }, { stores, run }) => {
    requireIncident(stores, incidentId);
    if (stores.incidents.get().chosen !== incidentId) await run({ type: "choose-incident", id: incidentId });
    stores.report.set({ incidentId });
    await run({ type: "open-overlay", overlay: "report" });
  },
};

function requireIncident(stores: Stores, id: string): void {
  if (!stores.incidents.get().incidents.some((one) => one.id === id))
    throw new TwinError("incident.unknown", `There is no incident ${id}.`, { id });
}
