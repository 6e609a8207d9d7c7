import { describe, expect, it } from "vitest";
import { alertXml, bytesOf } from "./alert.fixture.ts";
import { decodeJsonMapped } from "./json-mapping.ts";
import { readMessage } from "./payload.ts";

const map = {
  kind: "gas",
  id: "topic:1",
  value: "data.ppm",
  time: "data.ts",
  name: "data.label",
  unit: "ppm",
  longitude: "data.lon",
  latitude: "data.lat",
} as const;
const record = (part: object = {}) => ({
  data: { ppm: 3, ts: 1_784_687_400, label: "阀井", lon: 123.4, lat: 41.8, ...part },
});

describe("decodeJsonMapped", () => {
  it("reads a record: its id out of the topic, seconds as seconds", () => {
    expect(decodeJsonMapped(map, "gas/G-7/up", record())).toEqual({
      kind: "points",
      isComplete: false,
      issues: [],
      sensors: [
        {
          key: "G-7",
          sensor: {
            id: "G-7",
            datastreamId: -1,
            name: { zh: "阀井", en: "阀井" },
            kind: "gas",
            unit: "ppm",
            longitudeDeg: 123.4,
            latitudeDeg: 41.8,
            height: 0,
          },
        },
      ],
      observations: [{ key: "G-7", timeMs: 1_784_687_400_000, value: 3 }],
    });
  });

  it("reads a list inside, keeps the good, lists the bad", () => {
    const lists = { ...map, id: "data.label", records: "rows" };
    const rows = [
      record(),
      record({ ppm: "?" }),
      record({ ts: "yesterday" }),
      record({ lat: 99 }),
      record({ label: {} }),
      7,
      record({ label: "B" }),
    ];
    const points = decodeJsonMapped(lists, "t", { rows });
    expect(points.observations.map(({ key }) => key)).toEqual(["阀井", "B"]);
    expect(points.issues).toHaveLength(5);
    expect(decodeJsonMapped(lists, "t", {}).issues).toHaveLength(1);
  });

  it("takes places from the configuration, or leaves the sensor to others; never from a prototype", () => {
    const { longitude: _lon, latitude: _lat, ...bare } = map;
    const placed = { ...bare, places: { "G-7": [123, 41] as const } };
    expect(decodeJsonMapped(placed, "gas/G-7", record()).sensors[0]!.sensor).toMatchObject({
      longitudeDeg: 123,
      latitudeDeg: 41,
    });
    const other = decodeJsonMapped(placed, "gas/constructor", record());
    expect([other.sensors.length, other.observations.length, other.issues.length]).toEqual([0, 1, 0]);
  });

  it("CAP is CAP all the same, and without a mapping the JSON is SensorThings or refused", () => {
    expect(readMessage("t", bytesOf(alertXml()), map).kind).toBe("cap");
    expect(readMessage("gas/G-7", bytesOf(JSON.stringify(record())), map).kind).toBe("points");
    expect(() => readMessage("gas/G-7", bytesOf(JSON.stringify(record())))).toThrow(/SensorThings/);
  });
});
