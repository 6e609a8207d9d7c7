import { expect, it } from "vitest";
import { Scope } from "../base/scope.ts";
import { zoneOf } from "../domain/twin-log.fixture.ts";
import { createStores } from "../state/stores.ts";
import { MemoryEventDesk } from "./event-desk.ts";
import { wireZoneLog } from "./zone-desk.ts";

function setUp(events = new MemoryEventDesk()) {
  const stores = createStores();
  const wire = wireZoneLog({ stores, scope: new Scope(), events });
  return { stores, wire, events, ids: () => stores.response.get().zones.map(({ id }) => id) };
}

it("has a zone in the log before it stands, and brings it back after a reload", async () => {
  const { wire, events, ids } = setUp();
  await wire.setZone(zoneOf("a"));
  await wire.setZone(zoneOf("b"));
  await wire.removeZone("a");
  expect(ids()).toEqual(["b"]);
  const again = setUp(events);
  await again.wire.restore();
  expect(again.stores.response.get().zones).toEqual([zoneOf("b")]);
  events.append = () => Promise.reject(new Error("disk full"));
  await expect(wire.setZone(zoneOf("c"))).rejects.toThrow("disk full");
  expect(ids()).toEqual(["b"]);
});

it("shows the zones of a moment, changes none of them, and then those of the present again", async () => {
  const { stores, wire, ids, events } = setUp();
  await wire.setZone(zoneOf("now"));
  stores.timeline.set({ mode: "past", atMs: 5 });
  wire.showPast([zoneOf("then")]);
  expect(ids()).toEqual(["then"]);
  await expect(wire.removeZone("then")).rejects.toMatchObject({ code: "timeline.past" });
  expect(events.entries.length).toBe(1);
  stores.timeline.set({ mode: "live", atMs: null });
  wire.showPast(null);
  expect(ids()).toEqual(["now"]);
});
