import type { Sensor } from "../domain/risk.ts";
import type { TwinEvent } from "../domain/twin-event.ts";

/** Fewer sensors than this are stored as they are. */
const FEW = 500;
const A_TEXT = 2000;

type Described = Extract<TwinEvent, { kind: "sensors" }>;

/** A description of many sensors on the disk: without `sensors`, so that a program that does not know `packed` finds it damaged, not empty. */
export type PackedEvent = Omit<Described, "sensors"> & { readonly packed: readonly string[] };

/**
 * As it is stored: a browser copies objects one by one on its way to the disk, which for 20 000 sensors is a task of 100 ms on the page;
 * as JSON they take 10.
 */
export function packEvent(event: TwinEvent): TwinEvent | PackedEvent {
  if (event.kind !== "sensors" || event.sensors.length < FEW) return event;
  const { sensors, ...rest } = event;
  const packed: string[] = [];
  for (let from = 0; from < sensors.length; from += A_TEXT)
    packed.push(JSON.stringify(sensors.slice(from, from + A_TEXT)));
  return { ...rest, packed };
}

/** What was stored, not yet checked. Throws when a packed text is no JSON. */
export function unpackEvent(stored: object): object {
  if (!("packed" in stored) || !Array.isArray(stored.packed)) return stored;
  const { packed, ...rest } = stored;
  return { ...rest, sensors: packed.flatMap((text: string) => JSON.parse(text) as Sensor[]) };
}
