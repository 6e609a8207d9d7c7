import { type HeatScale, PLAIN_DISPLAY, type SensorDisplay } from "../domain/sensor-display.ts";
import { createTwinStore } from "./create-store.ts";

export interface DisplayState {
  readonly sensors: SensorDisplay;
  /** What the colours of the heat map mean; null while there is none. */
  readonly heatScale: HeatScale | null;
}

export function createDisplayStore() {
  return createTwinStore<DisplayState>(
    "display",
    { sensors: PLAIN_DISPLAY, heatScale: null },
    { sensors: "url", heatScale: "none" },
  );
}
