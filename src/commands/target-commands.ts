import type { SituationTarget } from "../domain/situation.ts";
import type { Stores } from "../state/stores.ts";
import type { Command } from "./schemas.ts";

const ALERT_RANGE = 2200;

/** What shows a thing of the situation: it is chosen, and the camera goes there. Nothing when it is over and has no place. */
export function commandsOfTarget(
  stores: Pick<Stores, "risk" | "alerts" | "incidents">,
  target: SituationTarget,
): readonly Command[] {
  switch (target.kind) {
    case "warning":
      return stores.risk.get().warnings.some(({ id }) => id === target.id)
        ? [{ type: "choose-warning", id: target.id }]
        : [];
    case "incident":
      return stores.incidents.get().incidents.some(({ id }) => id === target.id)
        ? [{ type: "choose-incident", id: target.id }]
        : [];
    case "feed":
      return [{ type: "show-panel", side: "bottom", open: true }];
    case "alert":
      return alertCommands(stores, target.ruleId);
  }
}

/** To the sensor that raised the newest alert of the rule, chosen where there is one only. */
function alertCommands(stores: Pick<Stores, "risk" | "alerts">, ruleId: string): readonly Command[] {
  const newest = stores.alerts.get().groups.find(({ rule }) => rule.id === ruleId)?.alerts[0];
  if (!newest) return [];
  const sensorId = newest.sensorIds[0];
  const sensor = stores.risk.get().sensors.find(({ id }) => id === sensorId);
  const longitudeDeg = newest.longitudeDeg ?? sensor?.longitudeDeg;
  const latitudeDeg = newest.latitudeDeg ?? sensor?.latitudeDeg;
  const select: Command[] =
    sensor && newest.sensorIds.length === 1
      ? [{ type: "select", target: { kind: "sensor", sensorId: sensor.id } }]
      : [];
  if (longitudeDeg === undefined || latitudeDeg === undefined) return select;
  return [...select, { type: "fly-to", longitudeDeg, latitudeDeg, range: ALERT_RANGE, pitchDeg: -42 }];
}
