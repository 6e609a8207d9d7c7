import type { Sensor } from "../../domain/risk.ts";
import type { Selection } from "../../domain/selection.ts";

/** Where the selected thing is, as far as it is known. */
export function placeOfSelection(
  selection: Selection,
  sensors: readonly Sensor[],
): { readonly longitudeDeg: number; readonly latitudeDeg: number } | null {
  const place =
    selection.kind === "sensor"
      ? sensors.find(({ id }) => id === selection.sensorId)
      : "place" in selection
        ? selection.place
        : undefined;
  return place ? { longitudeDeg: place.longitudeDeg, latitudeDeg: place.latitudeDeg } : null;
}
