import type { StormRecording } from "./storm-recording.ts";
import type { StormKind, StormSensor } from "./storm-sensors.ts";

const PAGE_SIZE = 200;

const OBSERVED: Readonly<
  Record<StormKind, { readonly name: string; readonly unit: string; readonly unitName: string }>
> = {
  rain: { name: "rainfall intensity", unit: "mm/h", unitName: "millimetre per hour" },
  river: { name: "river level above normal", unit: "m", unitName: "metre" },
  tide: { name: "tide level", unit: "m", unitName: "metre" },
  waterlogging: { name: "standing water depth", unit: "cm", unitName: "centimetre" },
  drainage: { name: "drain filling", unit: "%", unitName: "percent" },
  pump: { name: "pump power", unit: "kW", unitName: "kilowatt" },
  gas: { name: "combustible gas", unit: "%LEL", unitName: "percent of the lower explosive limit" },
};

/** SensorThings 1.1 pages of Things with their Locations and Datastreams expanded, at most 200 Things a page, as JSON. */
export function thingsPages(recording: StormRecording, sensors: readonly StormSensor[]): readonly string[] {
  const pages: string[] = [];
  for (let at = 0; at < sensors.length; at += PAGE_SIZE)
    pages.push(
      JSON.stringify({
        "@iot.count": sensors.length,
        value: sensors.slice(at, at + PAGE_SIZE).map((sensor) => thing(recording, sensor)),
      }),
    );
  return pages;
}

function thing(recording: StormRecording, sensor: StormSensor): object {
  const observed = OBSERVED[sensor.kind];
  return {
    "@iot.id": sensor.datastreamId,
    name: sensor.name.zh,
    description: recording.title.zh,
    properties: {
      code: sensor.code,
      nameEn: sensor.name.en,
      ...(sensor.ifcGlobalId !== undefined && { ifcGlobalId: sensor.ifcGlobalId }),
    },
    Locations: [
      {
        "@iot.id": sensor.datastreamId,
        name: sensor.code,
        encodingType: "application/geo+json",
        location: { type: "Point", coordinates: [sensor.longitudeDeg, sensor.latitudeDeg, sensor.height] },
      },
    ],
    Datastreams: [
      {
        "@iot.id": sensor.datastreamId,
        name: `${sensor.code} ${sensor.kind}`,
        observationType: "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
        unitOfMeasurement: { name: observed.unitName, symbol: observed.unit, definition: "" },
        properties: { kind: sensor.kind },
        ObservedProperty: { "@iot.id": sensor.kind, name: observed.name, definition: "" },
      },
    ],
  };
}
