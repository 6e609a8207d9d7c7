import { describe, expect, it } from "vitest";
import type { GeoJsonMapping } from "../domain/feed-config.ts";
import { decodeEarthquake } from "./earthquakes.ts";
import { FakeClock, fakeFetch, listen, settle } from "./fake-http.fixture.ts";
import { GeoJsonAdapter } from "./geojson-http.ts";
import { decodeFeatures, decodeMapped, timeOf } from "./geojson-points.ts";

const map: GeoJsonMapping = {
  kind: "pm25",
  id: "properties.station",
  value: "properties.pm",
  time: "properties.at",
  name: "properties.label",
  unit: "µg/m³",
  level: { field: "properties.color", words: { red: 1, yellow: 3, none: 0 } },
};

function feature(properties: object, coordinates: unknown = [123.4, 41.8]) {
  const usual = { station: "S1", pm: 35, at: "2026-07-22T10:30:00+08:00", label: "太原街", color: "none" };
  return {
    type: "Feature",
    geometry: { type: "Point", coordinates },
    properties: { ...usual, ...properties },
  };
}

const collection = (...features: unknown[]) => ({ type: "FeatureCollection", features });

describe("decodeMapped", () => {
  it("reads a feature by the mapping; a number may be a text; null is no data", () => {
    const points = decodeFeatures(
      collection(feature({ pm: " 35.5 ", color: "yellow" }), feature({ station: 2, pm: null })),
      decodeMapped(map),
    );
    expect(points).toMatchObject({ issues: [], isComplete: true });
    expect(points.sensors[0]).toMatchObject({
      key: "S1",
      sensor: {
        name: { zh: "太原街", en: "太原街" },
        kind: "pm25",
        unit: "µg/m³",
        longitudeDeg: 123.4,
        latitudeDeg: 41.8,
      },
    });
    expect(points.observations[0]).toMatchObject({
      key: "S1",
      value: 35.5,
      level: 3,
      timeMs: Date.parse("2026-07-22T02:30:00Z"),
    });
    expect(points.observations[1]).toMatchObject({ key: "2", value: Number.NaN, level: 0 });
  });

  it.each([
    [feature({ station: undefined }), "has no properties.station"],
    [feature({ pm: "wet" }), "is no number"],
    [feature({ pm: "" }), "is no number"],
    [feature({ at: "2026-07-22 10:30:00" }), "no time with a zone"],
    [feature({ color: "purple" }), "is not one of red, yellow, none"],
    [feature({ color: "constructor" }), "is not one of"],
    [feature({}, [500, 41]), "outside the Earth"],
    [feature({}, "here"), "has no Point"],
    [{ type: "Feature", properties: {} }, "has no Point"],
    [null, "is no object"],
    [feature({}), "the id of an earlier one"],
  ])("lists what is wrong and keeps the rest %#", (bad, issue) => {
    const points = decodeFeatures(
      collection(feature({}), bad, feature({ station: "S3" })),
      decodeMapped(map),
    );
    expect(points.sensors.map(({ key }) => key)).toEqual(["S1", "S3"]);
    expect(points.issues).toHaveLength(1);
    expect(points.issues[0]).toContain(issue);
    expect(points.isComplete).toBe(false);
  });

  it("keeps markup as text, and short", () => {
    const label = `<img src=x onerror=alert(1)>${"x".repeat(5000)}`;
    const { name } = decodeFeatures(collection(feature({ label })), decodeMapped(map)).sensors[0]!.sensor;
    expect(name.zh.startsWith("<img src=x onerror=alert(1)>")).toBe(true);
    expect(name.zh.length).toBe(200);
  });

  it("knows seconds from milliseconds", () => {
    expect(timeOf(1_784_687_400)).toBe(timeOf(1_784_687_400_000));
    expect(timeOf(-1)).toBeUndefined();
    expect(timeOf("5")).toBeUndefined();
  });
});

describe("decodeEarthquake", () => {
  const quake = (id: string, properties: object, coordinates = [121.6, 38.9, 12]) => ({
    ...feature(
      { mag: 4.5, time: 1_784_687_400_000, place: "Bohai", type: "earthquake", ...properties },
      coordinates,
    ),
    id,
  });
  it("leaves out what is no earthquake, too small or elsewhere, in silence", () => {
    const points = decodeFeatures(
      collection(
        quake("a", {}),
        quake("b", { type: "quarry blast" }),
        quake("c", { mag: 1 }),
        quake("d", {}, [-118, 34, 8]),
        quake("e", { mag: "big" }),
      ),
      decodeEarthquake({ intervalS: 60, kind: "quake", minMagnitude: 3, box: [118, 38, 126, 44] }),
    );
    expect(points.sensors.map(({ sensor }) => [sensor.id, sensor.name.en])).toEqual([
      ["a", "Bohai, 12 km deep"],
    ]);
    expect(points.issues).toHaveLength(1);
  });
});

describe("GeoJsonAdapter", () => {
  it("asks again after the interval; an answer that is no collection ends the attempt", async () => {
    const clock = new FakeClock();
    let body = JSON.stringify(collection(feature({})));
    const { fetch, asked } = fakeFetch(() => body);
    const adapter = new GeoJsonAdapter(
      { url: "https://air.example/now?key=secret", credentials: null, clock, fetch },
      30,
      decodeMapped(map),
    );
    const { log } = listen(adapter);
    await settle();
    body =
      '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"station":"S1","pm":NaN,"at":"2026-07-22T10:30:00+08:00","label":"NaN stays","color":"none"}}]}';
    clock.pass(30_000);
    await settle();
    expect(log.messages[1]).toMatchObject({
      issues: [],
      sensors: [{ sensor: { name: { zh: "NaN stays" } } }],
      observations: [{ value: Number.NaN }],
    });
    body = '{"type":"Topology"}';
    clock.pass(30_000);
    await settle();
    expect(asked).toHaveLength(3);
    expect(log.messages).toHaveLength(2);
    expect(log.places.join()).not.toContain("secret");
    expect(log.closed).toHaveLength(1);
    expect(log.closed[0]!.reason).toContain("FeatureCollection");
  });

  it("says only the address without its key when nobody answers", async () => {
    const clock = new FakeClock();
    const fetch = (() => Promise.reject(new TypeError("failed"))) as typeof globalThis.fetch;
    const adapter = new GeoJsonAdapter(
      { url: "https://air.example/now?key=secret", credentials: null, clock, fetch },
      30,
      () => null,
    );
    const { log } = listen(adapter);
    await settle();
    expect(log.closed[0]).toMatchObject({ refused: false });
    expect(log.closed[0]!.reason).toContain("https://air.example/now gave no answer");
  });
});
