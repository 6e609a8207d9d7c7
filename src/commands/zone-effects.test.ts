import { describe, expect, it } from "vitest";
import { createStores } from "../state/stores.ts";
import { createCommandDesk } from "./desk.ts";
import type { CommandPorts } from "./ports.ts";

function open() {
  const stores = createStores();
  const zonesWithout = (id: string) => stores.response.get().zones.filter((one) => one.id !== id);
  const ports: Pick<CommandPorts, "setZone" | "removeZone"> = {
    setZone: async (zone) => stores.response.set({ zones: [...zonesWithout(zone.id), zone] }),
    removeZone: async (id) => stores.response.set({ zones: zonesWithout(id) }),
  };
  const { run } = createCommandDesk(stores, ports as CommandPorts);
  const corner = (longitudeDeg: number, latitudeDeg: number) =>
    run({ type: "add-zone-corner", longitudeDeg, latitudeDeg });
  return { stores, run, corner, drawing: () => stores.response.get().drawing };
}

async function drawTriangle({ run, corner }: ReturnType<typeof open>): Promise<void> {
  await run({ type: "draw-zone", kind: "evacuation", incidentId: "i1" });
  await corner(123, 41);
  await corner(123.1, 41);
  await corner(123.1, 41.1);
  await run({ type: "finish-zone" });
}

describe("drawing a zone", () => {
  it("makes a zone of its corners with a title of its own", async () => {
    const twin = open();
    await drawTriangle(twin);
    await drawTriangle(twin);
    const { zones, drawing } = twin.stores.response.get();
    expect(drawing).toBeNull();
    expect(zones.map((zone) => zone.title.zh)).toEqual(["疏散区 1", "疏散区 2"]);
    expect(new Set(zones.map(({ id }) => id)).size).toBe(2);
    expect(zones[0]).toMatchObject({ kind: "evacuation", incidentId: "i1", origin: "drawn" });
    expect(zones[0]?.ring).toHaveLength(3);
  });

  it("refuses a corner whose edge would cross, and too few corners, and keeps what is drawn", async () => {
    const twin = open();
    await twin.run({ type: "draw-zone", kind: "isolation" });
    await twin.corner(123, 41);
    await twin.corner(123.1, 41.1);
    await expect(twin.run({ type: "finish-zone" })).rejects.toMatchObject({ code: "zone.too-few-corners" });
    await twin.corner(123.1, 41);
    await expect(twin.corner(123, 41.1)).rejects.toMatchObject({ code: "zone.crosses-itself" });
    expect(twin.drawing()?.ring).toHaveLength(3);
    await twin.run({ type: "remove-zone-corner" });
    expect(twin.drawing()?.ring).toHaveLength(2);
    await twin.run({ type: "cancel-drawing" });
    expect(twin.drawing()).toBeNull();
    await expect(twin.corner(123, 41)).rejects.toMatchObject({ code: "zone.not-drawing" });
  });

  it("takes a removed zone back by the notice's own commands", async () => {
    const twin = open();
    await drawTriangle(twin);
    const before = twin.stores.response.get().zones;
    await twin.run({ type: "remove-zone", id: before[0]!.id });
    expect(twin.stores.response.get().zones).toEqual([]);
    const action = twin.stores.notices.get().notices.at(-1)?.action;
    for (const command of action?.commands ?? []) await twin.run(command as never);
    expect(twin.stores.response.get().zones).toEqual(before);
  });

  it("replaces a zone that is set again and refuses one that crosses itself", async () => {
    const twin = open();
    await drawTriangle(twin);
    const zone = twin.stores.response.get().zones[0]!;
    const bowTie = [
      [0, 0],
      [1, 1],
      [1, 0],
      [0, 1],
    ] as [number, number][];
    const wide = { ...zone, ring: zone.ring.map(([lon, lat]): [number, number] => [lon + 1, lat]) };
    await twin.run({ type: "set-zone", zone: wide });
    expect(twin.stores.response.get().zones).toEqual([wide]);
    await expect(twin.run({ type: "set-zone", zone: { ...wide, ring: bowTie } })).rejects.toMatchObject({
      code: "zone.crosses-itself",
    });
  });
});

it("set-sensor-display keeps the kind unless it is named", async () => {
  const { stores, run } = open();
  await run({ type: "set-sensor-display", mode: "heat", kind: "rain" });
  await run({ type: "set-sensor-display", mode: "marks" });
  expect(stores.display.get().sensors).toEqual({ mode: "marks", kind: "rain" });
  await run({ type: "set-sensor-display", mode: "marks", kind: null });
  expect(stores.display.get().sensors.kind).toBeNull();
});
