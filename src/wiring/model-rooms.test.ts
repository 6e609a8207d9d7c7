import { describe, expect, it } from "vitest";
import type { IfcModel, ModelEntry, SpatialNode } from "../domain/model.ts";
import { roomsInside } from "./model-rooms.ts";

const node = (globalId: string, type: string, children: readonly SpatialNode[] = []): SpatialNode => ({
  globalId,
  class: type,
  name: `name of ${globalId}`,
  elements: [],
  children,
});

const MODEL = {
  spatialTree: node("p", "IfcProject", [
    node("b", "IfcBuilding", [
      node("s1", "IfcBuildingStorey", [node("r1", "IfcSpace", [node("r1a", "IfcSpace")])]),
      node("lost", "IfcSpace"),
    ]),
  ]),
} as unknown as IfcModel;

const entry = (id: string, change: Partial<ModelEntry> = {}): ModelEntry =>
  ({
    id,
    name: `model ${id}`,
    visible: true,
    placement: "placed",
    georeference: {
      method: "user",
      notes: [],
      origin: { longitudeDeg: 123.4, latitudeDeg: 41.8, height: 0 },
    },
    box: { min: [-30, -20, 0], max: [30, 20, 50] },
    ...change,
  }) as unknown as ModelEntry;

const around = (radius: number) => ({
  polygons: [],
  circles: [{ longitudeDeg: 123.4005, latitudeDeg: 41.8, radius }],
});
const ask = (area: Parameters<typeof roomsInside>[0], models: readonly ModelEntry[]) =>
  roomsInside(
    area,
    models,
    () => null,
    async () => MODEL,
  );

describe("roomsInside", () => {
  it("lists rooms with their storeys, rooms in rooms as well", async () => {
    expect(
      (await ask(around(200), [entry("a")])).map(({ globalId, storeyId }) => [globalId, storeyId]),
    ).toEqual([
      ["r1", "s1"],
      ["r1a", "s1"],
      ["lost", null],
    ]);
  });

  it("takes a model of which only a corner is inside, and none that is beside", async () => {
    expect((await ask(around(25), [entry("a")])).length).toBe(3);
    expect(await ask(around(5), [entry("a")])).toEqual([]);
  });

  it("passes over models that are hidden or have no place", async () => {
    const models = [entry("a", { visible: false }), entry("b", { placement: "unplaced" })];
    expect(await ask(around(500), models)).toEqual([]);
  });
});
