import type { Stores } from "../state/stores.ts";
import type { AnalysisDesk } from "../wiring/analysis-desk.ts";
import type { LogDesk } from "../wiring/log-desk.ts";
import type { ModelLibrary } from "../wiring/model-library.ts";
import { readModelNotes } from "../wiring/model-memory.ts";
import { roomsInside } from "../wiring/model-rooms.ts";
import type { WireParts } from "../wiring/parts.ts";
import type { SensorDesk } from "../wiring/sensor-desk.ts";
import { surroundingsOf } from "../wiring/sensor-surroundings.ts";
import { UnitRecorder } from "../wiring/unit-recorder.ts";
import { wireCoverage } from "../wiring/wire-coverage.ts";
import { type ResponseWire, wireResponse } from "../wiring/wire-response.ts";
import type { RiskWire } from "../wiring/wire-risk.ts";
import { wireZoneLog, type ZoneLogWire } from "../wiring/zone-desk.ts";

/** Units, ways, zones, and where nobody watches. Units are written down by `unitRecorder`. */
export function liveResponse(
  parts: WireParts,
  { risk, analysis, record }: { risk: RiskWire; analysis: AnalysisDesk; record: LogDesk["record"] },
): { readonly units: ResponseWire; readonly zones: ZoneLogWire; readonly unitRecorder: UnitRecorder } {
  const unitRecorder = new UnitRecorder((body) => record(body));
  const units = wireResponse(parts, analysis, {
    reported: risk.units,
    isExpected: risk.expectsUnits,
    order: risk.orderUnit,
    onLive: (all) => unitRecorder.take(all),
  });
  const zones = wireZoneLog(parts);
  wireCoverage(parts, risk, analysis);
  return { units, zones, unitRecorder };
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
  sources: { risk: { readonly desk: SensorDesk }; library: ModelLibrary; analysis: AnalysisDesk },
) {
  const { risk, library, analysis } = sources;
  return (sensorId: string) =>
    surroundingsOf(sensorId, {
      desk: risk.desk,
      models: stores.models.get().models,
      placeOf: (id) => readModelNotes()[id]?.place ?? null,
      readModel: (id) => library.model(id),
      buildingAt: (place) => analysis.buildingAt(place),
    });
}
