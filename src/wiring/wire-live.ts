import type { WireParts } from "./parts.ts";
import type { RiskWire } from "./wire-risk.ts";
import { wireSensorDisplay } from "./wire-sensor-display.ts";
import { wireUnits } from "./wire-units.ts";
import { wireZones } from "./wire-zones.ts";

/** What is live on the map besides the sensors' readings: how they are drawn, units, zones. */
export function wireLive(parts: WireParts, risk: RiskWire): void {
  wireSensorDisplay(parts, risk);
  wireUnits(parts);
  wireZones(parts);
}
