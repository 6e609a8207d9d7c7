import { describe, expect, it } from "vitest";
import type { CameraPose } from "../domain/pose.ts";
import type { ScenarioManifest } from "../domain/scenario.ts";
import { createStores } from "../state/stores.ts";
import { createCommandDesk } from "./desk.ts";
import type { CommandPorts } from "./ports.ts";
import type { Command } from "./schemas.ts";

const BEFORE: CameraPose = {
  longitudeDeg: 123.45,
  latitudeDeg: 41.76,
  height: 1700,
  headingDeg: 332,
  pitchDeg: -24,
};
const VIEW = { longitudeDeg: 123.334, latitudeDeg: 41.789, range: 3200, headingDeg: 45, pitchDeg: -38 };

function desk(view: ScenarioManifest["view"]) {
  const stores = createStores();
  const flights: unknown[] = [];
  stores.camera.set({ observed: BEFORE });
  const ports: Partial<CommandPorts> = {
    openScenario: async (id) =>
      stores.scenario.set({
        active: { id, title: { zh: "危化品", en: "Chemicals" }, ...(view && { view }) } as ScenarioManifest,
      }),
    flyTo: async (to) => void flights.push(to),
  };
  return { stores, flights, run: createCommandDesk(stores, ports as CommandPorts).run };
}

describe("opening a scenario", () => {
  it("looks at what it is about in this city, and its notice leads back", async () => {
    const { stores, flights, run } = desk({ shenyang: VIEW });
    await run({ type: "open-scenario", id: "hazard-chemical" });
    expect(flights).toMatchObject([{ range: 3200, headingDeg: 45 }]);
    const { action } = stores.notices.get().notices[0]!;
    await run(action!.commands[0] as Command);
    expect(flights[1]).toMatchObject(BEFORE);
  });

  it("looks nowhere when asked not to, when it was open, or when the pack has no view of this city", async () => {
    const { flights, run } = desk({ shenyang: VIEW });
    await run({ type: "open-scenario", id: "hazard-chemical", keepView: true });
    await run({ type: "open-scenario", id: "hazard-chemical" });
    const elsewhere = desk({ dalian: VIEW });
    await elsewhere.run({ type: "open-scenario", id: "hazard-chemical" });
    expect([...flights, ...elsewhere.flights]).toEqual([]);
    expect(elsewhere.stores.notices.get().notices).toEqual([]);
  });
});
