import { expect, it } from "vitest";
import { createStores } from "../state/stores.ts";
import { commandsOfView, showView } from "./show-view.ts";
import { commandsFromQuery, queryFromStores } from "./url-state.ts";

it("takes back what the view leaves out, before it brings what the view shows", () => {
  const stores = createStores();
  stores.city.set({ look: "night", hour: 3 });
  stores.scenario.set({ waterLevel: 2, chosenWarning: "w" });
  stores.selection.set({ selection: { kind: "sensor", sensorId: "s" } });
  const commands = commandsOfView(stores, "view=123,41,900,0,-35&water=4&mode=command&incident=I1");
  expect(commands.map(({ type }) => type)).toEqual([
    "set-look",
    "set-hour",
    "choose-warning",
    "clear-selection",
    "fly-to",
    "set-water-level",
    "fly-to",
  ]);
});

it("adds nothing that is there already", () => {
  const stores = createStores();
  const layer = {
    id: "t",
    kind: "tileset",
    title: { zh: "瓦", en: "tiles" },
    visible: true,
    opacity: 1,
    status: "ready",
    provenance: { kind: "SAMPLE", source: "s" },
    removable: true,
    url: "https://a.example/tileset.json",
  } as const;
  stores.layers.set({ layers: [layer] });
  expect(commandsOfView(stores, `city=shenyang&tiles=${encodeURIComponent(layer.url)}`)).toEqual([]);
  expect(commandsOfView(stores, "tiles=https://b.example/tileset.json")).toHaveLength(1);
});

it("goes on past what is no longer there", async () => {
  const ran: string[] = [];
  await showView(createStores(), "warning=over&hour=9", async (command) => {
    const { type } = command as { type: string };
    if (type === "choose-warning") throw new Error("over");
    ran.push(type);
  });
  expect(ran).toEqual(["set-hour"]);
});

it("the chosen incident is in the address and comes back after the scenario", () => {
  const stores = createStores();
  stores.incidents.set({ chosen: "SY-0722-1030-K7QF" });
  expect(queryFromStores(stores)).toBe("incident=SY-0722-1030-K7QF");
  const types = commandsFromQuery("incident=I1&scenario=hazard-flood").map(({ type }) => type);
  expect(types).toEqual(["open-scenario", "choose-incident"]);
});
