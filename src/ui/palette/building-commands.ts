import type { Command } from "../../commands/schemas.ts";
import type { AffectedBuilding } from "../../domain/scenario.ts";
import type { Stores } from "../../state/stores.ts";

/** Metres from which a building is looked at: four times its height, and never closer than its block. */
function rangeFor(height: number): number {
  return Math.max(260, height * 4);
}

/** Chooses a building of the demo city and flies to it. Without a city layer it is only flown to. */
export function buildingCommands(row: AffectedBuilding, stores: Stores): readonly Command[] {
  const layer = stores.layers.get().layers.find((one) => one.kind === "city");
  const flight: Command = {
    type: "fly-to",
    longitudeDeg: row.longitudeDeg,
    latitudeDeg: row.latitudeDeg,
    height: row.height / 2,
    range: rangeFor(row.height),
  };
  if (!layer) return [flight];
  return [
    { type: "select", target: { kind: "building", layerId: layer.id, buildingId: row.buildingId } },
    flight,
  ];
}
