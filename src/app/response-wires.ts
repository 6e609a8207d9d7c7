import type { Stores } from "../state/stores.ts";
import type { AnalysisDesk } from "../wiring/analysis-desk.ts";
import type { ModelLibrary } from "../wiring/model-library.ts";
import { readModelNotes } from "../wiring/model-memory.ts";
import { roomsInside } from "../wiring/model-rooms.ts";
import type { WireParts } from "../wiring/parts.ts";
import type { SensorDesk } from "../wiring/sensor-desk.ts";
import { surroundingsOf } from "../wiring/sensor-surroundings.ts";
import { type ResponseWire, wireResponse } from "../wiring/wire-response.ts";
import type { RiskWire } from "../wiring/wire-risk.ts";
import { wireSensorDisplay } from "../wiring/wire-sensor-display.ts";
import { wireUnits } from "../wiring/wire-units.ts";
import { wireZones } from "../wiring/wire-zones.ts";

/** Zones, units and how sensors are shown. */
export function liveResponse(
  parts: WireParts,
  { risk, analysis }: { risk: RiskWire; analysis: AnalysisDesk },
): ResponseWire {
  wireZones(parts);
  wireUnits(parts);
  wireSensorDisplay(parts, risk);
  return wireResponse(parts, analysis);
}

/** Rooms of the opened models inside an area. */
export function roomsOfModels(
  stores: Stores,
  library: ModelLibrary,
): ConstructorParameters<typeof AnalysisDesk>[1] {
  return (area) =>
    roomsInside(
      area,
      stores.models.get().models,
      (id) => readModelNotes()[id]?.place ?? null,
      (id) => library.model(id),
    );
}

/** What is round a sensor, out of the feeds, the city and the opened models. */
export function lookRoundSensors(
  stores: Stores,
  sources: { desk: SensorDesk; library: ModelLibrary; analysis: AnalysisDesk },
) {
  const { desk, library, analysis } = sources;
  return (sensorId: string) =>
    surroundingsOf(sensorId, {
      desk,
      models: stores.models.get().models,
      placeOf: (id) => readModelNotes()[id]?.place ?? null,
      readModel: (id) => library.model(id),
      buildingAt: (place) => analysis.buildingAt(place),
    });
}
