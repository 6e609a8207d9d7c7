import { describe, expect, it } from "vitest";
import type { RoadRoute, Unit } from "../../domain/response.ts";
import { minutesOf, standsStill, unitRows } from "./unit-rows.ts";

const unit = (id: string, change: Partial<Unit> = {}): Unit => ({
  id,
  name: { zh: id, en: id },
  kind: "fire",
  status: "ready",
  longitudeDeg: 0,
  latitudeDeg: 0,
  headingDeg: null,
  crew: 4,
  incidentId: null,
  observedAtMs: 0,
  provenance: { kind: "SIMULATED", source: "test" },
  ...change,
});
const route = (unitId: string, durationS: number): RoadRoute => ({ unitId, durationS, length: 1, path: [] });

describe("unitRows", () => {
  const units = [
    unit("a"),
    unit("b"),
    unit("c", { kind: "police" }),
    unit("d", { incidentId: "i" }),
    unit("e"),
  ];
  const routes = [route("a", 300), route("b", 100), route("c", 50), route("d", 900)];

  it("puts those on the incident first, then the nearest in time, those without a way last", () => {
    expect(unitRows(units, routes, "i", null).map((row) => row.unit.id)).toEqual(["d", "c", "b", "a", "e"]);
  });

  it("shows one kind", () => {
    expect(unitRows(units, routes, "i", "police").map((row) => row.unit.id)).toEqual(["c"]);
  });

  it("keeps its order while no ways are known", () => {
    expect(unitRows(units, [], null, null).map((row) => row.unit.id)).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("tells in a what-if who stands where it began, and nobody elsewhere", () => {
    const [reported, ordered] = [unit("a", { observedAtMs: 900 }), unit("b", { observedAtMs: 1500 })];
    expect([standsStill(reported, 1000), standsStill(ordered, 1000), standsStill(reported, null)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("never says no minutes", () => {
    expect([minutesOf(5), minutesOf(89), minutesOf(620)]).toEqual([1, 1, 10]);
  });
});
