import { isObject } from "./geojson-points.ts";
import { type DecodedObservation, decodeSensorThings, type Points } from "./sensorthings.ts";

/** A page of Things as Datastreams with the Observations that were expanded into them. Throws TwinError `sensorthings.invalid`. */
export function decodeThingsPage(json: unknown): Points {
  const decoded = decodeSensorThings("", json);
  if (decoded.kind === "observations")
    return { ...NOTHING, observations: decoded.observations, issues: decoded.issues };
  const observations: DecodedObservation[] = [];
  const issues = [...decoded.issues];
  for (const record of expandedObservations(json)) {
    const one = decodeSensorThings("", record);
    if (one.kind !== "observations") continue;
    observations.push(...one.observations);
    issues.push(...one.issues);
  }
  return { ...NOTHING, sensors: decoded.sensors, observations, issues };
}

const NOTHING: Points = { kind: "points", sensors: [], observations: [], issues: [], isComplete: false };

/** Each expanded Observation with the Datastream that it was found in. */
function* expandedObservations(json: unknown): Generator<unknown> {
  const things = isObject(json) && Array.isArray(json.value) ? (json.value as unknown[]) : [json];
  for (const thing of things.filter(isObject))
    for (const stream of listOf(thing.Datastreams))
      for (const observation of listOf(stream.Observations))
        if ("result" in observation) yield { ...observation, Datastream: { "@iot.id": stream["@iot.id"] } };
}

function listOf(value: unknown) {
  return Array.isArray(value) ? (value as unknown[]).filter(isObject) : [];
}
