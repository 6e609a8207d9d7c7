import { describe, expect, it } from "vitest";
import { createStores } from "../state/stores.ts";
import { createCommandDesk } from "./desk.ts";
import type { CommandPorts } from "./ports.ts";

function desk() {
  const stores = createStores();
  const measured: unknown[] = [];
  const ports: Partial<CommandPorts> = {
    setTerrain: async (source) => stores.terrain.set({ source }),
    measureProfile: async (line) => {
      measured.push(line);
      return { line, longitudeDeg: [], latitudeDeg: [], distance: [], height: [] };
    },
  };
  return { stores, measured, run: createCommandDesk(stores, ports as CommandPorts).run };
}

describe("terrain commands", () => {
  it("change only what they name of how it is drawn", async () => {
    const { stores, run } = desk();
    await run({ type: "set-relief", exaggeration: 2, contours: 10 });
    await run({ type: "set-relief", shading: "slope" });
    expect(stores.terrain.get().display).toEqual({ exaggeration: 2, shading: "slope", contours: 10 });
    await run({ type: "set-relief", contours: null });
    expect(stores.terrain.get().display.contours).toBeNull();
    await expect(run({ type: "set-relief", exaggeration: 0 })).rejects.toThrow();
  });

  it("draw a line and measure along it; a line of one place is refused and stays", async () => {
    const { stores, measured, run } = desk();
    await expect(run({ type: "draw-profile" })).rejects.toMatchObject({ code: "terrain.none" });
    await run({ type: "set-terrain", source: "demo" });
    await run({ type: "draw-profile" });
    await run({ type: "add-profile-corner", longitudeDeg: 121.6, latitudeDeg: 38.9 });
    await run({ type: "add-profile-corner", longitudeDeg: 121.6, latitudeDeg: 38.9 });
    await expect(run({ type: "finish-profile" })).rejects.toMatchObject({ code: "terrain.short-line" });
    expect(stores.terrain.get().drawing).toEqual([[121.6, 38.9]]);
    await run({ type: "add-profile-corner", longitudeDeg: 121.7, latitudeDeg: 38.9 });
    await run({ type: "finish-profile" });
    expect(measured).toEqual([
      [
        [121.6, 38.9],
        [121.7, 38.9],
      ],
    ]);
    expect(stores.terrain.get()).toMatchObject({ drawing: null, profile: { height: [] } });
    await run({ type: "close-profile" });
    expect(stores.terrain.get().profile).toBeNull();
  });
});
