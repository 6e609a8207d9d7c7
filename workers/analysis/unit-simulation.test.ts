import { describe, expect, it } from "vitest";
import type { CityFacilities } from "../../src/domain/facility-parser.ts";
import type { TwinEvent } from "../../src/domain/twin-event.ts";
import { ordersOf, type UnitOrder } from "../../src/domain/unit-order.ts";
import { createLocalPlane } from "../../src/geo/local-plane.ts";
import { RoadNetwork } from "./road-network.ts";
import { UnitSimulation } from "./unit-simulation.ts";

const plane = createLocalPlane(123.4, 41.8);
const at = (x: number, y: number) => {
  const [longitudeDeg, latitudeDeg] = plane.toDegrees(x, y);
  return { longitudeDeg, latitudeDeg };
};
/** Eleven kilometres of trunk road: 55 km/h is 720 s. */
const roads = new RoadNetwork([{ line: [plane.toDegrees(0, 0), plane.toDegrees(11_000, 0)], roadClass: 1 }]);
const depot = (id: string, kind: "fire" | "police", x: number) => ({
  id,
  kind,
  name: { zh: `${id}（示范）`, en: `${id} (sample)` },
  units: 1,
  ...at(x, 0),
});
const CITY: CityFacilities = {
  facilities: [],
  depots: [depot("F", "fire", 0), depot("P", "police", 5000)],
  provenance: { kind: "SAMPLE", source: "test" },
};
const dispatch = (id: string, atMs: number, x: number): UnitOrder => ({
  id,
  type: "dispatch",
  unitId: "F-1",
  incidentId: "i1",
  atMs,
  ...at(x, 0),
});
const fire = (orders: readonly UnitOrder[], timeMs: number) => {
  const [unit] = new UnitSimulation(CITY, roads).at(orders, timeMs);
  return { ...unit!, x: Math.round(plane.east(unit!.longitudeDeg)) };
};
const S = 1000;

describe("UnitSimulation", () => {
  it("stands ready at its depot and says that it is simulated", () => {
    expect(fire([], 5 * S)).toMatchObject({
      status: "ready",
      x: 0,
      incidentId: null,
      provenance: { kind: "SIMULATED" },
    });
  });

  it("turns out, drives, arrives", () => {
    const orders = [dispatch("o1", 0, 11_000)];
    expect(fire(orders, 30 * S)).toMatchObject({ status: "assigned", x: 0, incidentId: "i1" });
    const half = fire(orders, (60 + 360) * S);
    expect(half.status).toBe("moving");
    expect(half.x / 11_000).toBeCloseTo(0.5, 2);
    expect(half.headingDeg).toBeCloseTo(90, 0);
    expect(fire(orders, 790 * S)).toMatchObject({ status: "onScene", x: 11_000, incidentId: "i1" });
  });

  it("turns round on the way when it is recalled, and is ready at home again", () => {
    const orders: UnitOrder[] = [
      dispatch("o1", 0, 11_000),
      { id: "o2", type: "recall", unitId: "F-1", atMs: (60 + 360) * S },
    ];
    const back = fire(orders, (60 + 360 + 180) * S);
    expect(back).toMatchObject({ status: "returning", incidentId: null });
    expect(back.x / 11_000).toBeCloseTo(0.25, 2);
    expect(fire(orders, (60 + 360 + 365) * S)).toMatchObject({ status: "ready", x: 0 });
  });

  it("goes on from where it is when it is sent elsewhere, without turning out again", () => {
    const orders = [dispatch("o1", 0, 11_000), dispatch("o2", (60 + 360) * S, 5500)];
    const there = fire(orders, (60 + 361) * S);
    expect(there.status).toBe("onScene");
    expect(Math.abs(there.x - 5500)).toBeLessThan(30);
  });

  it("knows nothing of orders that come later", () => {
    expect(fire([dispatch("o1", 100 * S, 11_000)], 99 * S).status).toBe("ready");
  });

  it("stays where it is when no road leads to the place", () => {
    const far: UnitOrder = { ...dispatch("o1", 0, 0), ...at(0, 50_000) } as UnitOrder;
    expect(fire([far], 500 * S)).toMatchObject({ status: "ready", x: 0 });
  });

  it("comes out the same however often and in whatever order moments are asked for", () => {
    const orders = [dispatch("o1", 0, 11_000), dispatch("o2", 200 * S, 3000)];
    const one = new UnitSimulation(CITY, roads);
    const times = [700, 100, 300, 50].map((t) => t * S);
    expect(times.map((t) => one.at(orders, t))).toEqual(
      times.map((t) => new UnitSimulation(CITY, roads).at(orders, t)),
    );
  });
});

describe("ordersOf", () => {
  const event = (id: string, timeMs: number, command: Record<string, unknown>): TwinEvent =>
    ({ id, timeMs, actor: "a", kind: "command", command }) as unknown as TwinEvent;

  it("reads orders out of the log, each once, and passes over commands that only asked", () => {
    const order = {
      type: "dispatch-unit",
      orderId: "o1",
      unitId: "F-1",
      incidentId: "i",
      longitudeDeg: 1,
      latitudeDeg: 2,
    };
    const events = [
      event("e0", 5, { type: "dispatch-unit", unitId: "F-1", incidentId: "i" }),
      event("e2", 9, { type: "recall-unit", orderId: "o2", unitId: "F-1" }),
      event("e1", 6, order),
      event("e3", 7, order),
    ];
    expect(ordersOf(events)).toEqual([
      {
        id: "o1",
        type: "dispatch",
        unitId: "F-1",
        incidentId: "i",
        longitudeDeg: 1,
        latitudeDeg: 2,
        atMs: 6,
      },
      { id: "o2", type: "recall", unitId: "F-1", atMs: 9 },
    ]);
  });

  it("drives a reported unit from where it is, leaves the others as they are, and finds a depot to go home to", () => {
    const simulation = new UnitSimulation(CITY, roads);
    const [own] = simulation.at([], 0);
    const reported = (id: string, x: number) => ({
      ...own!,
      id,
      ...at(x, 0),
      provenance: { kind: "LIVE", source: "avl" } as const,
    });
    const units = [reported("X", 4000), reported("Y", 2000)];
    const order: UnitOrder = { ...dispatch("o1", 0, 9000), unitId: "X" };
    const recall: UnitOrder = { id: "o2", type: "recall", unitId: "X", atMs: 2000 * S };
    const [x, y] = simulation.steer(units, [order], 1000 * S);
    expect(x).toMatchObject({ id: "X", status: "onScene", provenance: { kind: "SIMULATED" } });
    expect(Math.round(plane.east(x!.longitudeDeg))).toBe(9000);
    expect(y).toBe(units[1]);
    const [home] = simulation.steer(units, [order, recall], 5000 * S);
    expect([home!.status, Math.round(plane.east(home!.longitudeDeg))]).toEqual(["ready", 0]);
  });
});
