import { describe, expect, it } from "vitest";
import type { IfcModel, ModelEntry } from "../domain/model.ts";
import type { Sensor } from "../domain/risk.ts";
import { SensorDesk } from "./sensor-desk.ts";
import { surroundingsOf } from "./sensor-surroundings.ts";

const sensor = (id: string, east: number, change: Partial<Sensor> = {}): Sensor => ({
  id,
  datastreamId: 1,
  name: { zh: id, en: id },
  kind: "gas",
  unit: "%LEL",
  longitudeDeg: 123.4 + east / 83_000,
  latitudeDeg: 41.8,
  height: 6,
  ...change,
});
const box = (size: number, east: number) => ({
  ring: [
    [east - size, -size],
    [east + size, -size],
    [east + size, size],
    [east - size, size],
  ] as const,
  bottom: 0,
  top: 4,
});
const [METER_ROOM, FLOOR] = [box(3, -12), box(19, 0)];
const MODEL = {
  storeys: [
    { globalId: "s1", name: "一层", elevation: 0, elements: 1 },
    { globalId: "s2", name: "二层", elevation: 5, elements: 1 },
  ],
  elements: { globalId: ["e0", "e1"], storey: [0, 1] },
  spatialTree: {
    globalId: "b",
    class: "IfcBuilding",
    name: "楼",
    elements: [],
    children: [
      {
        globalId: "s1",
        class: "IfcBuildingStorey",
        name: "一层",
        elements: [],
        children: [
          {
            globalId: "r1",
            class: "IfcSpace",
            name: "燃气表间",
            elements: [0],
            children: [],
            space: METER_ROOM,
          },
          { globalId: "r0", class: "IfcSpace", name: "全层", elements: [], children: [], space: FLOOR },
        ],
      },
    ],
  },
} as unknown as IfcModel;
const ENTRY = {
  id: "m",
  name: "政务中心",
  storeys: MODEL.storeys,
  georeference: { method: "user", notes: [], origin: { longitudeDeg: 123.4, latitudeDeg: 41.8, height: 0 } },
  box: { min: [-30, -20, 0], max: [30, 20, 50] },
} as unknown as ModelEntry;

function ask(id: string, sensors: readonly Sensor[], models: readonly ModelEntry[] = [ENTRY]) {
  const desk = new SensorDesk();
  desk.setSensors("f", sensors);
  desk.update("f", {
    rows: Uint32Array.of(1),
    values: Float32Array.of(7),
    timesMs: Float64Array.of(5),
    levels: Uint8Array.of(4),
  });
  return surroundingsOf(id, {
    desk,
    models,
    placeOf: () => null,
    readModel: async () => MODEL,
    buildingAt: () => Promise.reject(new Error("no index")),
  });
}

describe("surroundingsOf", () => {
  it("lists the five nearest of the same kind with what they say, silence as no value", async () => {
    const others = [9, 1, 5, 3, 7, 11].map((east) => sensor(`at${east}`, east * 100));
    const found = await ask("me", [sensor("me", 0), ...others, sensor("rain", 10, { kind: "rain" })]);
    expect(found!.neighbours.map(({ id, distance }) => [id, Math.round(distance / 100)])).toEqual([
      ["at1", 1],
      ["at3", 3],
      ["at5", 5],
      ["at7", 7],
      ["at9", 9],
    ]);
    expect(found!.neighbours.map(({ value }) => value)).toEqual([null, null, null, null, 7]);
  });

  it("finds the room of the element that a sensor is, and of the space that it names", async () => {
    const room = { modelId: "m", storeyId: "s1", storey: "一层", room: "燃气表间" };
    expect((await ask("a", [sensor("a", 0, { ifcGlobalId: "e0" })]))!.room).toMatchObject({
      ...room,
      elementId: "e0",
    });
    expect((await ask("a", [sensor("a", 0, { ifcGlobalId: "r1" })]))!.room).toMatchObject({
      ...room,
      elementId: null,
    });
  });

  it("finds the smallest space whose box a sensor without an id is in, at its height", async () => {
    const roomAt = async (east: number, height: number) =>
      (await ask("a", [sensor("a", east, { height })]))!.room?.room;
    expect([await roomAt(-11, 2), await roomAt(-11, 4.2), await roomAt(5, 1)]).toEqual([
      "燃气表间",
      "燃气表间",
      "全层",
    ]);
    expect(await roomAt(-11, 5.5)).toBe("");
    expect((await ask("a", [sensor("a", -11, { height: 2 })]))!.room).toMatchObject({ storeyId: "s1" });
  });

  it("knows the storey by its height where no id says more, and nothing beside the building", async () => {
    expect((await ask("a", [sensor("a", 10)]))!.room).toMatchObject({ storeyId: "s2", room: "" });
    expect((await ask("a", [sensor("a", 400)]))!.room).toBeNull();
    expect((await ask("a", [sensor("a", 0, { ifcGlobalId: "e0" })], []))!.room).toBeNull();
  });

  it("goes without a building that cannot be looked up, and without a sensor that is not there", async () => {
    expect((await ask("a", [sensor("a", 0)]))!.building).toBeNull();
    expect(await ask("z", [sensor("a", 0)])).toBeNull();
  });
});
