import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readIndex, tallest } from "./city-data.ts";
import { launchTwin, type TwinUnderTest } from "./launch.ts";
import {
  expectAlive,
  look,
  pictureChanged,
  run,
  screenshot,
  state,
  waitForState,
  whenIdle,
} from "./twin-page.ts";
import { zh } from "./words.ts";

/** A grey 1 x 1 PNG for base map tiles. */
const TILE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mM4ceLEfwAIDQN2vVhFQAAAAABJRU5ErkJggg==",
  "base64",
);

/** Its coordinates lie around nought, at the middle of the earth. */
const LOCAL_TILESET = {
  asset: { version: "1.1" },
  geometricError: 1,
  root: { boundingVolume: { box: [5, 5, 5, 5, 0, 0, 0, 5, 0, 0, 0, 5] }, geometricError: 0, refine: "ADD" },
};

/** Journey 2: the city. */
describe("city", () => {
  let twin: TwinUnderTest;
  let tiles: Server;
  const asked: string[] = [];

  beforeAll(async () => {
    tiles = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.setHeader("Access-Control-Allow-Origin", "*");
      if (/^\/(xyz\/|wmts\?)/.test(request.url ?? ""))
        response.writeHead(200, { "Content-Type": "image/png" }).end(TILE);
      else if (request.url === "/local/tileset.json") response.end(JSON.stringify(LOCAL_TILESET));
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => tiles.listen(0, "127.0.0.1", resolve));
    twin = await launchTwin();
    await whenIdle(twin.page);
  });
  afterAll(async () => {
    await twin?.close();
    tiles?.close();
  });
  const tileHost = () => `http://127.0.0.1:${(tiles.address() as AddressInfo).port}`;

  it("opens on central Shenyang with at least 150 000 buildings, labelled as sample data", async () => {
    const { page } = twin;
    await expectAlive(page);
    expect(readIndex("shenyang").count).toBeGreaterThanOrEqual(150_000);
    const { camera, layers } = await state(page);
    expect(camera.observed?.longitudeDeg).toBeCloseTo(123.43, 0);
    expect(camera.observed?.latitudeDeg).toBeCloseTo(41.8, 0);
    expect(layers.find((layer) => layer.kind === "city")).toMatchObject({
      status: "ready",
      provenance: { kind: "SAMPLE" },
    });
    await page.getByText(zh("provenance.SAMPLE"), { exact: false }).first().waitFor();
  });

  it("a clicked building is highlighted and described", async () => {
    const { page } = twin;
    const tower = tallest(readIndex("shenyang"));
    const { longitudeDeg, latitudeDeg } = tower;
    const height = tower.height * 0.8;
    await run(page, {
      type: "fly-to",
      longitudeDeg,
      latitudeDeg,
      height,
      range: 420,
      pitchDeg: -30,
      durationS: 0,
    });
    await whenIdle(page);
    const before = await screenshot(page);
    await page.mouse.click(720, 450);
    const { selection } = await waitForState(
      page,
      "a building is selected",
      (s) => s.selection.kind === "building",
    );
    expect(selection).toMatchObject({ kind: "building", buildingId: tower.id });
    if (selection.kind !== "building") return;
    expect(selection.attributes.height).toBeCloseTo(tower.height, 1);
    expect(selection.attributes.floors).toBe(tower.floors);
    const inspector = page.getByRole("complementary", { name: zh("panel.right") });
    await inspector.getByText(tower.id).waitFor();
    for (const key of ["building.use", "building.floors", "building.height", "building.year"] as const)
      await inspector.getByText(zh(key), { exact: true }).waitFor();
    await whenIdle(page);
    await pictureChanged(page, before, 0.2, "the highlight is visible");
    await run(page, { type: "clear-selection" });
  });

  it("filters all its buildings on the map from the table: pale, hidden, whole again", async () => {
    const { page } = twin;
    const tower = tallest(readIndex("shenyang"));
    const city = (await state(page)).layers.find(({ kind }) => kind === "city")!;
    const whole = await screenshot(page);
    await run(page, { type: "open-table", id: city.id, filter: "高度<40" });
    await whenIdle(page);
    const table = page.getByRole("radiogroup", { name: zh("table.onMap") });
    await table.getByRole("radio", { name: zh("table.onMap.hidden") }).click();
    const { buildingFilter } = await waitForState(
      page,
      "only low buildings are shown",
      (s) => s.buildingFilter?.others === "hidden",
    );
    const { count, total } = (await state(page)).table!;
    expect(buildingFilter).toMatchObject({ filter: "高度<40", count, total });
    await run(page, { type: "close-table" });
    await whenIdle(page);
    await page.waitForURL(/filter=hidden/);
    await pictureChanged(page, whole, 0.2, "that the towers are gone");
    await run(page, { type: "select", target: { kind: "building", layerId: city.id, buildingId: tower.id } });
    await page.mouse.click(720, 450);
    await waitForState(
      page,
      "a click goes through the hidden tower",
      (s) => s.selection.kind !== "building" || s.selection.buildingId !== tower.id,
    );
    await run(page, { type: "clear-selection" });
    await page.getByRole("button", { name: zh("filter.clear") }).click();
    await waitForState(page, "all are shown again", (s) => s.buildingFilter === null);
    await expect(run(page, { type: "filter-buildings", filter: "坡度>3" })).rejects.toMatchObject({
      code: "table.unknown-column",
    });
    expect((await state(page)).buildingFilter).toBeNull();
  });

  it("is coloured by height, use and year with a legend", async () => {
    const { page } = twin;
    await run(page, { type: "fly-home", durationS: 0 });
    await whenIdle(page);
    const plain = await screenshot(page);
    for (const property of ["height", "use", "year"] as const) {
      await page
        .getByRole("radiogroup", { name: zh("look.themeBy") })
        .getByRole("radio", { name: zh(`look.theme.${property}`), exact: true })
        .click();
      const { city } = await waitForState(page, `coloured by ${property}`, (s) => s.city.theme === property);
      expect(city.look).toBe("thematic");
      const legend = page.getByRole("list", { name: zh.text(city.legend!.title) });
      await legend.first().waitFor();
      expect(await legend.first().getByRole("listitem").count()).toBeGreaterThanOrEqual(
        city.legend!.entries.length,
      );
    }
    await whenIdle(page);
    await pictureChanged(page, plain, 2, "the change");
    await run(page, { type: "style-by", property: null });
  });

  it("has four looks, and night is dark with lit windows", async () => {
    const { page } = twin;
    await run(page, { type: "set-look", look: "natural" });
    await whenIdle(page);
    const day = await look(page);
    await run(page, { type: "set-look", look: "night" });
    await whenIdle(page);
    await expectAlive(page);
    expect((await look(page)).brightness).toBeLessThan(day.brightness * 0.75);
    await run(page, { type: "set-look", look: "white" });
    await whenIdle(page);
    await expectAlive(page);
    await run(page, { type: "set-look", look: "natural" });
  });

  it("goes to Dalian and back from the menu", async () => {
    const { page } = twin;
    await page.getByRole("button", { name: new RegExp(`^${zh("top.city")}\\s*沈阳`) }).click();
    await page.getByRole("menuitemradio", { name: /大连/ }).click();
    await waitForState(page, "the city is Dalian", (s) => s.city.city === "dalian");
    await whenIdle(page);
    await expectAlive(page);
    const { camera, layers } = await state(page);
    expect(camera.observed?.longitudeDeg).toBeCloseTo(121.6, 0);
    expect(layers.some((layer) => layer.id === "city-dalian" && layer.status === "ready")).toBe(true);
    await run(page, { type: "set-city", city: "shenyang" });
    await whenIdle(page);
  });

  it("adds, hides, fades, zooms to and removes a tileset; a bad address says what is wrong", async () => {
    const { page, server } = twin;
    await page.getByRole("button", { name: zh("layers.addTileset") }).click();
    const dialog = page.getByRole("dialog", { name: zh("tileset.title") });
    await dialog.getByLabel(zh("tileset.url")).fill(`${server.url}/tilesets/dalian/tileset.json`);
    await dialog.getByRole("button", { name: zh("action.add"), exact: true }).click();
    const added = await waitForState(page, "the tileset is there", (s) =>
      s.layers.some((layer) => layer.kind === "tileset" && layer.status === "ready"),
    );
    const id = added.layers.find((layer) => layer.kind === "tileset")!.id;
    await run(page, { type: "zoom-to-layer", id });
    await run(page, { type: "show-layer", id, visible: false });
    await run(page, { type: "set-layer-opacity", id, opacity: 0.4 });
    expect((await state(page)).layers.find((layer) => layer.id === id)).toMatchObject({
      visible: false,
      opacity: 0.4,
    });
    await run(page, { type: "remove-layer", id });
    expect((await state(page)).layers.some((layer) => layer.id === id)).toBe(false);

    await expect(
      run(page, { type: "add-tileset", url: `${server.url}/nothing/tileset.json` }),
    ).rejects.toThrow(/^tileset\./);
    await expect(run(page, { type: "add-tileset", url: `${server.url}/index.html` })).rejects.toThrow(
      /^tileset\./,
    );
    expect((await state(page)).layers.some((layer) => layer.kind === "tileset")).toBe(false);
    twin.problems.forget();
  });

  it("puts a tileset whose coordinates are not on the earth where the user looks, and says so", async () => {
    const { page } = twin;
    await run(page, { type: "fly-home", durationS: 0 });
    await whenIdle(page);
    await run(page, { type: "add-tileset", url: `${tileHost()}/local/tileset.json` });
    const { layers, camera } = await state(page);
    const layer = layers.find(({ kind }) => kind === "tileset")!;
    expect(layer).toMatchObject({ status: "ready", isAdrift: true });
    await page.getByText(zh("layers.adrift")).waitFor();
    expect(camera.observed?.longitudeDeg).toBeCloseTo(123.43, 0);
    await run(page, { type: "remove-layer", id: layer.id });
  });

  it("changes the base map, with GCJ-02 as an explicit choice", async () => {
    const { page } = twin;
    // the ground is what matters from here on, and software GL draws it alone in a fraction of the time
    await run(page, { type: "show-layer", id: "city-shenyang", visible: false });
    await run(page, { type: "fly-home", durationS: 0 });
    const url = `${tileHost()}/xyz/{z}/{x}/{y}.png`;
    await run(page, { type: "set-basemap", basemap: { kind: "xyz", url, datum: "WGS84" } });
    await whenIdle(page);
    const plain = new Set(asked);
    expect(plain.size).toBeGreaterThan(0);
    await run(page, { type: "set-basemap", basemap: { kind: "xyz", url, datum: "GCJ02" } });
    await whenIdle(page);
    expect((await state(page)).city.basemap).toMatchObject({ kind: "xyz", datum: "GCJ02" });
    await page.getByRole("button", { name: zh("layers.basemap"), exact: true }).click();
    const dialog = page.getByRole("dialog", { name: zh("basemap.title") });
    await dialog.waitFor();
    for (const kind of ["offline", "xyz", "wmts", "tianditu", "ion"] as const)
      await dialog
        .getByText(zh(`basemap.${kind}`), { exact: true })
        .first()
        .waitFor();
    await page.keyboard.press("Escape");
    await run(page, { type: "set-basemap", basemap: { kind: "offline" } });
    await expect(
      run(page, { type: "set-basemap", basemap: { kind: "tianditu", theme: "vec" } }),
    ).rejects.toThrow(/^basemap\./);
    expect((await state(page)).city.basemap.kind).toBe("offline");
  });

  it("takes a WMTS, Tianditu with the user's key and Cesium ion with the user's token", async () => {
    const { page } = twin;
    asked.length = 0;
    await run(page, {
      type: "set-basemap",
      basemap: {
        kind: "wmts",
        url: `${tileHost()}/wmts`,
        layer: "plan",
        style: "default",
        format: "image/png",
        tileMatrixSet: "w",
        datum: "WGS84",
      },
    });
    await whenIdle(page);
    expect(asked.some((url) => /GetTile/i.test(url) && /layer=plan/i.test(url))).toBe(true);

    const tianditu: string[] = [];
    await page.route(/^https:\/\/t\d\.tianditu\.gov\.cn\//, async (route) => {
      tianditu.push(route.request().url());
      const headers = { "Access-Control-Allow-Origin": "*" };
      await route.fulfill({ contentType: "image/png", body: TILE, headers });
    });
    await run(page, { type: "set-secret", name: "tianditu", value: "key-of-the-user" });
    await run(page, { type: "set-basemap", basemap: { kind: "tianditu", theme: "img" } });
    await whenIdle(page);
    for (const layer of ["img", "cia"])
      expect(tianditu.some((url) => url.includes(`${layer}_w`) && url.includes("tk=key-of-the-user"))).toBe(
        true,
      );
    await page.getByText("GS(2024)0568", { exact: false }).first().waitFor();
    expect(page.url()).not.toContain("key-of-the-user");

    await page.route("https://api.cesium.com/**", (route) => route.fulfill({ status: 401, json: {} }));
    await run(page, { type: "set-secret", name: "ion", value: "token-of-the-user" });
    await expect(run(page, { type: "set-basemap", basemap: { kind: "ion", assetId: 2 } })).rejects.toThrow(
      /^basemap\.refused/,
    );
    expect((await state(page)).city.basemap.kind).toBe("tianditu");
    await run(page, { type: "set-basemap", basemap: { kind: "offline" } });
    await whenIdle(page);
    await expectAlive(page);
    twin.problems.forget();
  });

  it("leaves no error in the console", () => {
    expect(twin.problems.list()).toEqual([]);
  });
});
