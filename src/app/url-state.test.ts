import { describe, expect, it } from "vitest";
import { parseCommand } from "../commands/desk.ts";
import { createStores } from "../state/stores.ts";
import { commandsFromQuery, queryFromStores } from "./url-state.ts";

describe("queryFromStores", () => {
  it("is empty at the start", () => {
    expect(queryFromStores(createStores())).toBe("");
  });
  it("carries what was seen and brings it back through commands", () => {
    const stores = createStores();
    stores.city.set({ city: "dalian", look: "thematic", theme: "year", hour: 9 });
    stores.camera.set({
      observed: { longitudeDeg: 121.64, latitudeDeg: 38.91, height: 900, headingDeg: 20, pitchDeg: -30 },
    });
    stores.selection.set({
      selection: { kind: "building", layerId: "city-dalian", buildingId: "DL-000001", attributes: {} },
    });
    stores.scenario.set({ waterLevel: 2.5 });
    stores.buildingFilter.set({ active: { filter: "用途=办公 a:b", others: "hidden", count: 3, total: 9 } });
    const commands = commandsFromQuery(queryFromStores(stores));
    expect(commands.map((command) => command.type)).toEqual([
      "set-city",
      "fly-to",
      "style-by",
      "set-hour",
      "filter-buildings",
      "set-water-level",
      "select",
    ]);
    expect(commands[1]).toMatchObject({ height: 900, headingDeg: 20, durationS: 0 });
    expect(commands[4]).toMatchObject({ filter: "用途=办公 a:b", others: "hidden" });
    for (const command of commands) expect(() => parseCommand(command)).not.toThrow();
  });
});

describe("a scenario in a link", () => {
  it("keeps the link's own view; without one it may look where it is about", () => {
    expect(commandsFromQuery("scenario=traffic")).toEqual([{ type: "open-scenario", id: "traffic" }]);
    expect(commandsFromQuery("scenario=traffic&view=123.4,41.8,900,0,-30")).toContainEqual({
      type: "open-scenario",
      id: "traffic",
      keepView: true,
    });
  });
});

describe("maps in a link", () => {
  it("come back in their order, with opacity, hidden ones hidden; a service with a key stays out", () => {
    const stores = createStores();
    const layer = (id: string, part: object) =>
      ({
        id,
        kind: "map",
        visible: true,
        opacity: 1,
        map: { origin: "catalogue", service: "xyz" },
        ...part,
      }) as never;
    const link = JSON.stringify({ kind: "xyz", url: "https://x.example/{z}/{x}/{y}.png", datum: "WGS84" });
    stores.layers.set({
      layers: [
        layer("land-use", { opacity: 0.6 }),
        layer("metro", { visible: false }),
        layer("service-1", { map: { origin: "user", service: "xyz", link } }),
        layer("service-2", { map: { origin: "user", service: "xyz" } }),
      ],
    });
    const query = queryFromStores(stores);
    expect(new URLSearchParams(query).get("maps")).toBe("land-use:0.6,-metro:1");
    const commands = commandsFromQuery(query);
    expect(commands).toEqual([
      { type: "show-map", id: "land-use", opacity: 0.6 },
      { type: "show-map", id: "metro", opacity: 1 },
      { type: "show-layer", id: "metro", visible: false },
      { type: "add-map", service: JSON.parse(link) },
    ]);
    for (const command of commands) expect(() => parseCommand(command)).not.toThrow();
  });
});

describe("commandsFromQuery", () => {
  it("opens a wall display, and none for a mode that is no link's", () => {
    expect(commandsFromQuery("?mode=wall")).toEqual([{ type: "set-mode", mode: "wall" }]);
    expect(commandsFromQuery("?mode=present")).toEqual([]);
  });
  it("sets the view again after what flies elsewhere", () => {
    const commands = commandsFromQuery("?view=123,41,900,0,-30&ifc=/samples/a.ifc&select=element:abc:0$x");
    expect(commands.map((command) => command.type)).toEqual(["fly-to", "open-ifc", "select", "fly-to"]);
  });
  it("brings terrain back as it was drawn", () => {
    const stores = createStores();
    stores.terrain.set({
      source: "tilesets/my-hills/",
      display: { exaggeration: 2.5, shading: "slope", contours: 20 },
    });
    expect(commandsFromQuery(queryFromStores(stores))).toEqual([
      { type: "set-terrain", source: "tilesets/my-hills/" },
      { type: "set-relief", exaggeration: 2.5, shading: "slope", contours: 20 },
    ]);
    expect(commandsFromQuery("?terrain=demo")).toEqual([{ type: "set-terrain", source: "demo" }]);
  });
  it("ignores what it cannot read", () => {
    expect(commandsFromQuery("?view=1,2&hour=abc&city=paris&basemap={&select=building:x&section=up")).toEqual(
      [],
    );
  });
  it("keeps ids that hold colons", () => {
    expect(commandsFromQuery("?select=sensor::urn:x:1")[0]).toMatchObject({
      target: { sensorId: "urn:x:1" },
    });
  });
});
