import type { Zone } from "../domain/response.ts";
import { putNotice } from "../state/put-notice.ts";
import type { Stores } from "../state/stores.ts";
import type { Effects } from "./effect.ts";

type ResponseCommand = "dispatch-unit" | "recall-unit" | "route-units" | "isolate";

/** Effects of the commands about units. An order is logged first: see `dispatchUnit`. */
export const RESPONSE_EFFECTS: Effects<ResponseCommand> = {
  "dispatch-unit": async (order, { stores, ports }) => {
    const taker = await ports.dispatchUnit(order);
    putNotice(stores, {
      tone: "good",
      key: taker === "page" ? "unit.dispatchedHere" : "unit.dispatched",
      params: { name: nameOf(stores, order.unitId) },
      action: { key: "action.undo", commands: [{ type: "recall-unit", unitId: order.unitId }] },
    });
  },
  "recall-unit": async ({ unitId }, { stores, ports }) => {
    const before = stores.response.get().units.find(({ id }) => id === unitId);
    const taker = await ports.recallUnit(unitId);
    const again = before?.incidentId
      ? { key: "action.undo", commands: [{ type: "dispatch-unit", unitId, incidentId: before.incidentId }] }
      : null;
    putNotice(stores, {
      tone: "info",
      key: taker === "page" ? "unit.recalledHere" : "unit.recalled",
      params: { name: nameOf(stores, unitId) },
      ...(again && { action: again }),
    });
  },
  isolate: async (request, { stores, ports, run }) => {
    const zones = await ports.releaseZones(request);
    const gone = stores.response
      .get()
      .zones.filter(
        ({ origin, incidentId, id }) =>
          origin === "release" && incidentId === request.incidentId && !zones.some((zone) => zone.id === id),
      );
    for (const { id } of gone) await run({ type: "remove-zone", id });
    for (const zone of zones) await run({ type: "set-zone", zone: commandZone(zone) });
  },
  "route-units": (place, { ports }) => ports.routeUnits(place),
};

function nameOf(stores: Stores, unitId: string): string {
  const unit = stores.response.get().units.find(({ id }) => id === unitId);
  if (!unit) return unitId;
  return stores.ui.get().locale === "en" ? unit.name.en : unit.name.zh;
}

/** A zone as a command carries it: lists of its own. */
function commandZone(zone: Zone) {
  return { ...zone, ring: zone.ring.map(([lon, lat]): [number, number] => [lon, lat]) };
}
