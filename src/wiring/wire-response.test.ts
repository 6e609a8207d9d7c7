import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Scope } from "../base/scope.ts";
import type { Unit } from "../domain/response.ts";
import type { ScenarioManifest } from "../domain/scenario.ts";
import type { UnitOrder } from "../domain/unit-order.ts";
import { createStores } from "../state/stores.ts";
import { MemoryEventDesk } from "./event-desk.ts";
import { wireResponse } from "./wire-response.ts";

const unit = (id: string, orders: readonly UnitOrder[]): Unit => ({
  id,
  name: { zh: `${id} 组`, en: `crew ${id}` },
  kind: "fire",
  status: orders.findLast(({ unitId }) => unitId === id)?.type === "dispatch" ? "moving" : "ready",
  longitudeDeg: 123.4,
  latitudeDeg: 41.8,
  headingDeg: null,
  crew: 4,
  incidentId: null,
  observedAtMs: 0,
  provenance: { kind: "SIMULATED", source: "test" },
});

async function setUp() {
  const stores = createStores();
  const scope = new Scope();
  const events = new MemoryEventDesk();
  const asked: { orders: readonly UnitOrder[]; timeMs: number }[] = [];
  const analysis = {
    units: async (orders: readonly UnitOrder[], timeMs: number) => {
      asked.push({ orders, timeMs });
      return ["a", "b"].map((id) => unit(id, orders));
    },
    steer: async (units: readonly Unit[], orders: readonly UnitOrder[], timeMs: number) => {
      asked.push({ orders, timeMs });
      return units.map((one) =>
        orders.some(({ unitId }) => unitId === one.id) ? unit(one.id, orders) : one,
      );
    },
    routes: async (to: { longitudeDeg: number }, from: readonly { unitId: string }[]) => {
      const isFar = to.longitudeDeg > 130;
      return {
        routes: isFar ? [] : from.map(({ unitId }) => ({ unitId, length: 10, durationS: 60, path: [] })),
        unreachable: isFar ? from.map(({ unitId }) => unitId) : [],
      };
    },
  };
  const release = async () => ({ zones: [], lethalReach: 0, injuringReach: 0, isCut: false });
  const failures: unknown[] = [];
  const feed: { units: readonly Unit[]; orders: UnitOrder[]; takes: boolean; isExpected: boolean } = {
    isExpected: false,
    units: [],
    orders: [],
    takes: true,
  };
  const live: (readonly Unit[])[] = [];
  const sources = {
    reported: () => feed.units,
    isExpected: () => feed.isExpected,
    order: async (order: UnitOrder) => {
      feed.orders.push(order);
      return feed.takes;
    },
    onLive: (units: readonly Unit[]) => void live.push(units),
  };
  const wire = wireResponse(
    { stores, scope, events, onError: (error) => failures.push(error) },
    { ...analysis, release },
    sources,
  );
  stores.scenario.set({ active: { id: "hazard-flood", feeds: [{}] } as unknown as ScenarioManifest });
  await vi.advanceTimersByTimeAsync(0);
  return { stores, scope, events, asked, wire, failures, feed, live };
}

const HERE = { longitudeDeg: 123.5, latitudeDeg: 41.81 };

describe("wireResponse", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("shows the units of an open scenario and lets go of them when it is closed", async () => {
    const { stores } = await setUp();
    expect(stores.response.get().units.map(({ id }) => id)).toEqual(["a", "b"]);
    stores.scenario.set({ active: null });
    await vi.advanceTimersByTimeAsync(0);
    expect(stores.response.get().units).toEqual([]);
  });

  it("shows nobody in a scenario of plans, which nothing comes in for", async () => {
    const { stores } = await setUp();
    stores.scenario.set({ active: { id: "one-map", feeds: [] } as unknown as ScenarioManifest });
    await vi.advanceTimersByTimeAsync(0);
    expect(stores.response.get().units).toEqual([]);
  });

  it("logs an order before the unit moves", async () => {
    const { stores, events, wire } = await setUp();
    await wire.dispatchUnit({ unitId: "a", incidentId: "i", ...HERE });
    expect(events.entries.map((entry) => entry.kind === "command" && entry.command)).toEqual([
      expect.objectContaining({ type: "dispatch-unit", unitId: "a", incidentId: "i", ...HERE }),
    ]);
    expect(stores.response.get().units.map(({ status }) => status)).toEqual(["moving", "ready"]);
    await wire.recallUnit("a");
    expect(stores.response.get().units[0]?.status).toBe("ready");
  });

  it("moves nobody whose order did not reach the log", async () => {
    const { stores, events, wire } = await setUp();
    events.append = () => Promise.reject(new Error("disk full"));
    await expect(wire.dispatchUnit({ unitId: "a", incidentId: "i", ...HERE })).rejects.toThrow("disk full");
    expect(stores.response.get().units[0]?.status).toBe("ready");
  });

  it("refuses what cannot be done and logs nothing of it", async () => {
    const { stores, events, wire } = await setUp();
    const refusal = (order: Parameters<typeof wire.dispatchUnit>[0]) =>
      expect(wire.dispatchUnit(order)).rejects;
    await refusal({ unitId: "z", incidentId: null, ...HERE }).toMatchObject({ code: "unit.unknown" });
    await refusal({ unitId: "a", incidentId: "nowhere" }).toMatchObject({ code: "unit.no-place" });
    await refusal({ unitId: "a", incidentId: null, longitudeDeg: 140, latitudeDeg: 41 }).toMatchObject({
      code: "unit.unreachable",
    });
    await expect(wire.recallUnit("a")).rejects.toMatchObject({ code: "unit.not-out" });
    stores.timeline.set({ mode: "past", atMs: 900_000 });
    await refusal({ unitId: "a", incidentId: null, ...HERE }).toMatchObject({ code: "unit.past" });
    expect(events.entries).toEqual([]);
  });

  it("shows the units of a moment, and goes on following the present behind it", async () => {
    const { stores, wire, feed, live } = await setUp();
    feed.units = [unit("fed", [])];
    stores.timeline.set({ mode: "past", atMs: 900_000 });
    const then = [unit("then", [])];
    await wire.showPast({ units: then, orders: [], atMs: 900_000 });
    expect(stores.response.get().units).toBe(then);
    await vi.advanceTimersByTimeAsync(1000);
    expect(stores.response.get().units).toBe(then);
    expect(live.at(-1)?.map(({ id }) => id)).toEqual(["fed"]);
    stores.timeline.set({ mode: "live", atMs: null });
    await wire.showPast(null);
    expect(stores.response.get().units.map(({ id }) => id)).toEqual(["fed"]);
  });

  it("moves units in a what-if by what was ordered in it", async () => {
    const { stores, asked, wire } = await setUp();
    const order = { id: "o", unitId: "a", type: "dispatch", incidentId: null, ...HERE, atMs: 1 } as const;
    const units = [unit("a", []), unit("b", [])];
    await wire.showPast({ units, orders: [order], atMs: 900_000 });
    expect(asked.at(-1)).toEqual({ orders: [order], timeMs: 900_000 });
    expect(stores.response.get().units.map(({ status }) => status)).toEqual(["moving", "ready"]);
  });

  it("simulates nobody while reports may come any moment", async () => {
    const { stores, feed } = await setUp();
    feed.isExpected = true;
    await vi.advanceTimersByTimeAsync(1000);
    expect(stores.response.get().units).toEqual([]);
    feed.isExpected = false;
    await vi.advanceTimersByTimeAsync(1000);
    expect(stores.response.get().units.length).toBe(2);
  });

  it("gives an order to the source of the reports, which moves the unit", async () => {
    const { stores, wire, feed, events } = await setUp();
    feed.units = [unit("fed", [])];
    await vi.advanceTimersByTimeAsync(1000);
    expect(await wire.dispatchUnit({ unitId: "fed", incidentId: "i", ...HERE })).toBe("feed");
    expect(feed.orders).toMatchObject([{ type: "dispatch", unitId: "fed", incidentId: "i", ...HERE }]);
    expect(events.entries.length).toBe(1);
    expect(stores.response.get().units[0]?.status).toBe("ready");
  });

  it("moves a unit by simulation when nobody takes its order, and the log says so", async () => {
    const { stores, wire, feed, events, asked } = await setUp();
    feed.units = [unit("fed", []), unit("other", [])];
    feed.takes = false;
    await vi.advanceTimersByTimeAsync(1000);
    expect(await wire.dispatchUnit({ unitId: "fed", incidentId: "i", ...HERE })).toBe("page");
    expect(stores.response.get().units.map(({ status }) => status)).toEqual(["moving", "ready"]);
    expect(events.entries.map((entry) => entry.kind === "command" && entry.command.isByPage)).toEqual([
      undefined,
      true,
    ]);
    expect(asked.at(-1)?.orders.length).toBe(1);
  });

  it("finds the ways to a place for all units", async () => {
    const { stores, wire } = await setUp();
    await wire.routeUnits(HERE);
    expect(stores.response.get()).toMatchObject({ routeTarget: { ...HERE, incidentId: null } });
    expect(stores.response.get().routes.length).toBe(2);
  });

  it("ends with its scope and has nothing to complain of", async () => {
    const { scope, asked, failures } = await setUp();
    scope.dispose();
    const before = asked.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked.length).toBe(before);
    expect(failures).toEqual([]);
  });
});
