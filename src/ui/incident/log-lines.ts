import { type IncidentCommand, SYSTEM_ACTOR, UNNAMED_ACTOR } from "../../domain/incident.ts";
import type { Translator } from "../../i18n/translator.ts";

/** What an entry of the log did, in the user's words. */
export function describeCommand(command: IncidentCommand, t: Translator): string {
  switch (command.type) {
    case "incident.open":
      return t("incident.did.open");
    case "incident.attachAlert":
      return t("incident.did.attachAlert", { name: command.alertId });
    case "incident.joinAlerts":
      return t("incident.did.joinAlerts", {
        count: command.alertIds.length,
        name: t.text(command.title),
        reason: t(`incident.join.${command.reason}`),
      });
    case "incident.leaveAlerts":
      return t("incident.did.leaveAlerts", { count: command.alertIds.length });
    case "incident.moveTo":
      return t("incident.did.moveTo", { name: t(`incident.phase.${command.phase}`) });
    case "incident.acknowledge":
      return t("incident.did.acknowledge");
    case "incident.assign":
      return command.assignee === null
        ? t("incident.did.unassign")
        : t("incident.did.assign", { name: command.assignee });
    case "incident.note":
      return t("incident.did.note", { name: command.text });
    case "incident.setWarningLevel":
      return t("incident.did.setWarningLevel", {
        name: command.level === null ? t("incident.none") : t(`level.${command.level}`),
      });
    case "incident.setResponseLevel":
      return t("incident.did.setResponseLevel", {
        name: command.level === null ? t("incident.none") : t(`incident.response.${command.level}`),
      });
    case "incident.setEventGrade":
      return t("incident.did.setEventGrade", {
        name: command.grade === null ? t("incident.none") : t(`incident.grade.${command.grade}`),
      });
    case "incident.attachView":
      return t("incident.did.attachView");
    case "incident.recordCap":
      return t("incident.did.recordCap", { name: command.capKey });
    case "incident.recordDelivery":
      return t("incident.did.recordDelivery", {
        name: command.outlet,
        result: t(`cap.result.${command.result}`),
      });
    case "incident.escalate":
      return t("incident.did.escalate");
  }
}

/** Who did it. */
export function nameOfActor(actor: string, t: Translator): string {
  if (actor === SYSTEM_ACTOR) return t("incident.system");
  return actor === UNNAMED_ACTOR || actor === "" ? t("incident.unnamed") : actor;
}
