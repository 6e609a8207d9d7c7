import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { TwinError } from "../base/errors.ts";
import { readMessage } from "./payload.ts";
import { datastreamOfTopic, decodeSensorThings } from "./sensorthings.ts";

const TOPIC = "liaotwin/shenyang/v1.1/Datastreams(12)/Observations";

function thing(part: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    "@iot.id": 12,
    name: "沈河区 雨量站 0012",
    properties: { code: "SY-RN-0012", nameEn: "Rain gauge 0012, Shenhe" },
    Locations: [{ location: { type: "Point", coordinates: [123.45, 41.8, 10] } }],
    Datastreams: [
      {
        "@iot.id": 12,
        properties: { kind: "rain" },
        unitOfMeasurement: { symbol: "mm/h" },
        ObservedProperty: { name: "r" },
      },
    ],
    ...part,
  };
}

function things(...records: unknown[]) {
  const decoded = decodeSensorThings("v1.1/Things/0", { value: records });
  if (decoded.kind !== "things") throw new Error("no Things");
  return decoded;
}

function observations(json: unknown, topic = TOPIC) {
  const decoded = decodeSensorThings(topic, json);
  if (decoded.kind !== "observations") throw new Error("no Observations");
  return decoded;
}

describe("Things", () => {
  it("become sensors at their place", () => {
    expect(things(thing())).toEqual({
      kind: "things",
      issues: [],
      sensors: [
        {
          key: "12",
          sensor: {
            id: "SY-RN-0012",
            datastreamId: 12,
            name: { zh: "沈河区 雨量站 0012", en: "Rain gauge 0012, Shenhe" },
            kind: "rain",
            unit: "mm/h",
            longitudeDeg: 123.45,
            latitudeDeg: 41.8,
            height: 10,
          },
        },
      ],
    });
  });

  it("may come alone, with a Feature as location, with textual ids, or turned round from a Datastream", () => {
    const feature = { type: "Feature", geometry: { type: "Point", coordinates: [1, 2] } };
    const foreign = thing({
      properties: {},
      Locations: [{ location: feature }],
      Datastreams: [{ "@iot.id": "a-b", name: "t" }],
    });
    const [one] = things(foreign).sensors;
    expect(one).toMatchObject({
      key: "a-b",
      sensor: { id: "Datastreams(a-b)", datastreamId: -1, kind: "t", height: 0 },
    });
    const { Datastreams, ...bare } = thing();
    const turned = decodeSensorThings("x", { ...(Datastreams as object[])[0], Thing: bare });
    expect(turned).toMatchObject({ sensors: [{ sensor: { id: "SY-RN-0012" } }] });
    expect(decodeSensorThings("x", thing())).toMatchObject({ sensors: [{ key: "12" }] });
  });

  it("with several Datastreams give each its own id", () => {
    const decoded = things(
      thing({
        Datastreams: [
          { "@iot.id": 1, name: "a" },
          { "@iot.id": 2, name: "b" },
        ],
      }),
    );
    expect(decoded.sensors.map(({ sensor }) => sensor.id)).toEqual(["SY-RN-0012/1", "SY-RN-0012/2"]);
  });

  it("one bad Thing is an issue; the others stay", () => {
    const decoded = things(
      thing({ Locations: [] }),
      thing({ Locations: [{ location: { type: "Polygon", coordinates: [] } }] }),
      thing({ Locations: [{ location: { type: "Point", coordinates: [41.8, 123.45] } }] }),
      thing({ Datastreams: undefined }),
      thing({ Datastreams: [{ name: "no id" }] }),
      "text",
      null,
      thing(),
    );
    expect(decoded.sensors).toHaveLength(1);
    expect(decoded.issues).toHaveLength(7);
    expect(decoded.issues[2]).toContain("outside the Earth");
  });
});

describe("Observations", () => {
  it("take the Datastream of their topic or their own", () => {
    expect(observations({ phenomenonTime: "2026-07-22T02:30:00Z", result: 3.5 }).observations).toEqual([
      { key: "12", timeMs: Date.parse("2026-07-22T02:30:00Z"), value: 3.5 },
    ]);
    expect(observations({ result: 1, Datastream: { "@iot.id": 7 } }, "elsewhere").observations[0]?.key).toBe(
      "7",
    );
    expect(observations({ result: 1 }, "elsewhere").issues).toHaveLength(1);
  });

  it("take the end of an interval, else the resultTime, else none", () => {
    const time = (json: object) => observations({ result: 1, ...json }).observations[0]?.timeMs;
    expect(time({ phenomenonTime: "2026-07-22T02:00:00Z/2026-07-22T02:30:00Z" })).toBe(
      Date.parse("2026-07-22T02:30:00Z"),
    );
    expect(time({ resultTime: "2026-07-22T10:30:00+08:00" })).toBe(Date.parse("2026-07-22T02:30:00Z"));
    expect(time({})).toBeNull();
  });

  it("are numbers, switches, or explicitly nothing", () => {
    const value = (result: unknown) => observations({ result }).observations[0]?.value;
    expect(value(true)).toBe(1);
    expect(value(null)).toBeNaN();
    for (const bad of ["3.5", { a: 1 }, [1, 2], Number.POSITIVE_INFINITY, undefined])
      expect(observations({ result: bad }).issues).toHaveLength(1);
    expect(observations({ result: 1, phenomenonTime: "yesterday" }).issues[0]).toContain("yesterday");
  });

  it("come in data arrays", () => {
    const group = {
      Datastream: { "@iot.id": 3 },
      components: ["phenomenonTime", "result"],
      dataArray: [["2026-07-22T02:30:00Z", 1], ["2026-07-22T02:31:00Z", 2], ["2026-07-22T02:32:00Z", "x"], 5],
    };
    const decoded = observations({ value: [group, { components: [], dataArray: [] }] });
    expect(decoded.observations.map(({ key, value }) => [key, value])).toEqual([
      ["3", 1],
      ["3", 2],
    ]);
    expect(decoded.issues).toHaveLength(3);
  });

  it("know their topic's Datastream", () => {
    expect(datastreamOfTopic("v1.1/Datastreams(1)/Observations")).toBe("1");
    expect(datastreamOfTopic("x/Datastreams('a(b')/Observations")).toBe("a(b");
    expect(datastreamOfTopic("v1.1/Datastreams(1)/Observations/2")).toBeNull();
  });
});

describe("payloads", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  it("are told by their content, not by their topic", () => {
    expect(readMessage("any", bytes(""))).toEqual({ kind: "empty" });
    expect(readMessage("any", bytes(' \n{"result":1,"Datastream":{"@iot.id":1}}')).kind).toBe("observations");
    expect(readMessage("any", bytes('{"value":[]}')).kind).toBe("things");
  });

  it.each([
    "{",
    "[]",
    "12",
    "null",
    '"text"',
    '{"value":[1]}',
    '{"a":1}',
    "<alert",
    "\u0000\u0001",
    '{"value":{}}',
  ])("refuse %s with a sentence", (text) => {
    expect(() => readMessage("v1.1/Things", bytes(text))).toThrow(TwinError);
  });
});

const folder = fileURLToPath(new URL("../../../shared/data/sensorthings/", import.meta.url));

describe.runIf(existsSync(folder))("recorded SensorThings", () => {
  const json = (name: string): unknown => JSON.parse(readFileSync(`${folder}${name}`, "utf8"));

  it("a real server's page without $expand: a hundred issues, no sensor, no crash", () => {
    const decoded = decodeSensorThings("v1.0/Things", json("things_page.json"));
    expect(decoded).toMatchObject({ kind: "things", sensors: [] });
    expect(decoded.issues).toHaveLength(100);
  });

  it("the conformance suite's observations", () => {
    const names = ["1", "2", "3", "4", "5", "observation", "observationWithoutPTime"];
    const values = names.map(
      (name) => observations(json(`ogc-ets-sta10-entities/observations/${name}.json`)).observations[0]?.value,
    );
    expect(values).toEqual([92122, 3, 5, 8, 8, 100, 92122]);
  });

  it("the specification's observation; a MultiDatastream's list of results is an issue", () => {
    expect(observations(json("ogc-spec-examples/06_08_entities.json")).observations[0]?.value).toBe(70.4);
    expect(observations(json("ogc-spec-examples/11_12_multidatastream.json")).issues).toHaveLength(1);
  });

  it("mutilated twins are refused", () => {
    const text = readFileSync(`${folder}things_page.json`, "utf8");
    for (const share of [0.1, 0.5, 0.99])
      expect(() =>
        readMessage("v1.1/Things", new TextEncoder().encode(text.slice(0, text.length * share))),
      ).toThrow(TwinError);
    expect(() => decodeSensorThings("x", json("frost_batch_post_finegrained.json"))).toThrow(TwinError);
  });
});
