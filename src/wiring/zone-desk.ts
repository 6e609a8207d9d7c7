import { TwinError } from "../base/errors.ts";
import type { CommandPorts } from "../commands/ports.ts";
import { UNNAMED_ACTOR } from "../domain/incident.ts";
import type { Zone } from "../domain/response.ts";
import type { PlainCommand } from "../domain/story.ts";
import { changedZones, zoneChangeOf, zonesOf } from "../domain/zone-change.ts";
import type { WireParts } from "./parts.ts";

export interface ZoneLogWire extends Pick<CommandPorts, "setZone" | "removeZone"> {
  /** Takes in the zones that the log adds up to. */
  restore(): Promise<void>;
  /** Shows zones of a moment in place of those that stand; null brings the present back. Bound. */
  readonly showPast: (zones: readonly Zone[] | null) => void;
}

/** Zones: each change is in the log before it is on the map, so that they outlive a reload and are part of every moment of the past. */
export function wireZoneLog({
  stores,
  scope,
  events,
}: Pick<WireParts, "stores" | "scope" | "events">): ZoneLogWire {
  let zones: ReadonlyMap<string, Zone> = new Map();
  let isPast = false;
  const show = () => {
    if (!isPast) stores.response.set({ zones: [...zones.values()] });
  };
  const change = async (command: PlainCommand) => {
    if (stores.timeline.get().mode === "past")
      throw new TwinError("timeline.past", "The past is shown: go back to live, or start a what-if.");
    const actor = stores.incidents.get().actor.trim() || UNNAMED_ACTOR;
    const isLive = stores.timeline.get().mode === "live";
    const event = await events.append(actor, { kind: "command", command });
    const made = isLive ? zoneChangeOf(event) : null;
    if (!made) return;
    zones = changedZones(zones, made);
    show();
  };
  const offForeign = events.onForeign?.((event) => {
    const made = zoneChangeOf(event);
    if (!made) return;
    zones = changedZones(zones, made);
    show();
  });
  if (offForeign) scope.add(offForeign);
  return {
    restore: async () => {
      const stored = zonesOf((await events.entriesOfKinds?.(["command"])) ?? []);
      if (stored.size === 0) return;
      zones = new Map([...stored, ...zones]);
      show();
    },
    setZone: (zone) => change({ type: "set-zone", zone }),
    removeZone: (id) => change({ type: "remove-zone", id }),
    showPast: (past) => {
      isPast = past !== null;
      if (past) stores.response.set({ zones: past });
      else show();
    },
  };
}
