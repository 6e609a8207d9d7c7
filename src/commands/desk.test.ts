import { describe, expect, it, vi } from "vitest";
import type { Selection } from "../domain/selection.ts";
import { createStores } from "../state/stores.ts";
import { EFFECTS } from "./catalogue.ts";
import { createCommandDesk, parseCommand } from "./desk.ts";
import type { CommandPorts } from "./ports.ts";
import { COMMAND_SCHEMAS } from "./schemas.ts";

function createDesk(ports: Partial<CommandPorts> = {}) {
  const stores = createStores();
  return { stores, desk: createCommandDesk(stores, ports as CommandPorts) };
}

describe("parseCommand", () => {
  it("names the command that does not exist", () => {
    expect(() => parseCommand({ type: "fly" })).toThrow('no command "fly"');
  });
  it("names the field that is wrong", () => {
    expect(() => parseCommand({ type: "fly-to", longitudeDeg: 123, latitudeDeg: "north" })).toThrow(
      /latitudeDeg/,
    );
  });
  it("refuses arguments it does not know", () => {
    expect(() => parseCommand({ type: "set-hour", hour: 3, minute: 2 })).toThrow(/minute/);
  });
  it("fills in defaults", () => {
    expect(parseCommand({ type: "fly-to", longitudeDeg: 1, latitudeDeg: 2 }).args).toMatchObject({
      height: 0,
      pitchDeg: -35,
    });
  });
  it("does not take inherited names for commands", () => {
    expect(() => parseCommand({ type: "constructor" })).toThrow("no command");
  });
});

describe("command desk", () => {
  it("has an effect for every schema and none besides", () => {
    expect(Object.keys(EFFECTS).sort()).toEqual(Object.keys(COMMAND_SCHEMAS).sort());
  });
  it("changes the store and tells who listens", async () => {
    const { stores, desk } = createDesk();
    const ran = vi.fn();
    desk.events.on("ran", ran);
    await desk.run({ type: "set-theme", theme: "day" });
    expect(stores.ui.get().theme).toBe("day");
    expect(ran).toHaveBeenCalledOnce();
  });
  it("makes style and look agree", async () => {
    const { stores, desk } = createDesk();
    await desk.run({ type: "style-by", property: "year" });
    expect(stores.city.get()).toMatchObject({ look: "thematic", theme: "year" });
    await desk.run({ type: "set-look", look: "night" });
    expect(stores.city.get()).toMatchObject({ look: "night", theme: null });
    await desk.run({ type: "set-look", look: "thematic" });
    expect(stores.city.get().theme).toBe("height");
  });
  it("flies to a target when a range is given and to a pose when not", async () => {
    const flyTo = vi.fn(async () => {});
    const { desk } = createDesk({ flyTo });
    await desk.run({ type: "fly-to", longitudeDeg: 123, latitudeDeg: 41, range: 500 });
    await desk.run({ type: "fly-to", longitudeDeg: 123, latitudeDeg: 41, height: 900 });
    expect(flyTo).toHaveBeenNthCalledWith(1, expect.objectContaining({ range: 500 }), null);
    expect(flyTo).toHaveBeenNthCalledWith(2, expect.objectContaining({ height: 900, pitchDeg: -35 }), null);
  });
  it("rejects a model that is not there and counts no pending command afterwards", async () => {
    const { desk } = createDesk();
    await expect(desk.run({ type: "open-building", id: "x" })).rejects.toMatchObject({
      code: "model.unknown",
    });
    expect(desk.pending()).toBe(0);
  });
  it("lets go of a warning that is no longer chosen, and of what a closed scenario showed", async () => {
    const { stores, desk } = createDesk({ closeScenario: async () => {} });
    const choose = (selection: Selection) => stores.selection.set({ selection });
    choose({ kind: "warning", warningId: "w" });
    await desk.run({ type: "choose-warning", id: null });
    expect(stores.selection.get().selection.kind).toBe("none");
    choose({ kind: "sensor", sensorId: "s" });
    await desk.run({ type: "choose-warning", id: null });
    expect(stores.selection.get().selection.kind).toBe("sensor");
    await desk.run({ type: "close-scenario" });
    expect(stores.selection.get().selection.kind).toBe("none");
  });
});
