import { expect, it } from "vitest";
import { readRecordIssue } from "../domain/record-issue.ts";
import { decodeEarthquake } from "./earthquakes.ts";
import { decodeFeatures, decodeMapped } from "./geojson-points.ts";
import { decodeJsonMapped } from "./json-mapping.ts";
import { decodeBestTracks } from "./rsmc-best-track.ts";
import { decodeSensorThings } from "./sensorthings.ts";
import { decodeStormTracks } from "./storm-tracks-json.ts";

it.each([
  [
    'Feature 3 properties.pm25 "ab" is no number',
    "Feature 3",
    "fieldNoNumber",
    { field: "properties.pm25", value: '"ab"' },
  ],
  ["avl/F1: record 0 has no kind of unit at type", "avl/F1: record 0", "noKind", { field: "type" }],
  ['Datastream 12: result "x" is no number', "Datastream 12", "resultNoNumber", { value: '"x"' }],
  [
    "line 4: typhoon 1909 should have 20 lines and has 3",
    "line 4",
    "lineCount",
    { id: "1909", wanted: "20", found: "3" },
  ],
  [
    'urn:1: info.urgency "Soon" is not one of Immediate, Past: taken as Unknown',
    "urn:1",
    "takenUnknown",
    { field: "urgency", value: "Soon", known: "Immediate, Past" },
  ],
  ["an Observation is no object", "", "observationNoObject", {}],
])("reads %s", (message, place, code, params) => {
  expect(readRecordIssue(message)).toEqual({ place, code, params });
});

it("leaves alone what it does not know", () => {
  expect(readRecordIssue("the moon is full")).toBeNull();
});

it("knows what decoders say of broken records", () => {
  const feature = (geometry: unknown, properties: object) => ({
    type: "Feature",
    id: "F",
    geometry,
    properties,
  });
  const point = { type: "Point", coordinates: [123, 41] };
  const features = (...list: unknown[]) => ({ type: "FeatureCollection", features: list });
  const map = { kind: "k", value: "properties.v", time: "properties.t", id: "id" };
  const thing = (change: object) => ({
    value: [{ "@iot.id": 1, name: "T", Datastreams: [{ "@iot.id": 2 }], ...change }],
  });
  const place = (location: unknown) => ({ Locations: [{ location }] });
  const said = [
    ...decodeFeatures(
      features(7, feature(null, {}), feature(point, { v: "x" }), feature(point, { v: 1, t: "x" })),
      decodeMapped(map),
    ).issues,
    ...decodeFeatures(
      features(feature({ type: "Point", coordinates: [999, 1] }, {}), feature(point, { mag: "x" })),
      decodeEarthquake({ intervalS: 1, kind: "k" }),
    ).issues,
    ...decodeJsonMapped({ kind: "k", id: "id", value: "v", time: "t" }, "a/b", [
      3,
      {},
      { id: "a" },
      { id: "a", v: 1, t: "x" },
    ]).issues,
    ...[
      { Datastreams: 1 },
      {},
      place({ type: "Line" }),
      place({ type: "Point", coordinates: [999, 0] }),
    ].flatMap((change) => decodeSensorThings("t", thing(change)).issues),
    ...decodeSensorThings("t", { value: [{ result: "x", Datastream: { "@iot.id": 1 } }, { result: 1 }, 4] })
      .issues,
    ...decodeStormTracks({ tracks: [1, { id: "1", points: [{}, 2] }] }).issues,
    ...decodeBestTracks("66666 1909 002 0000 1909 0 6 X\nnonsense\n").issues,
  ];
  expect(said.length).toBeGreaterThan(18);
  expect(said.filter((message) => readRecordIssue(message) === null)).toEqual([]);
});
