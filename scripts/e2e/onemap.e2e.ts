import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BARE_CITY, launchTwin, type TwinUnderTest } from "./launch.ts";
import { CommandRefused, expectAlive, run, state, waitForState, whenIdle } from "./twin-page.ts";
import { zh } from "./words.ts";

/** A transparent picture of one pixel. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const TMS = `<TileMap version="1.0.0" tilemapservice="x"><SRS>EPSG:3857</SRS><BoundingBox minx="-180" miny="-85" maxx="180" maxy="85"/>
<TileFormat width="256" height="256" mime-type="image/png" extension="png"/><TileSets profile="mercator"><TileSet href="0" units-per-pixel="1" order="0"/></TileSets></TileMap>`;

/** Map servers of every kind below the page's own origin. */
async function serveMaps(page: Page): Promise<void> {
  const picture = { contentType: "image/png", body: PIXEL };
  await page.route("**/fake/**", (route) => {
    const { pathname, searchParams } = new URL(route.request().url());
    if (pathname.includes("/broken/"))
      return route.fulfill({
        contentType: "text/xml",
        body: "<ServiceExceptionReport><ServiceException>Layer roads is not defined</ServiceException></ServiceExceptionReport>",
      });
    if (pathname.includes("/page/")) return route.fulfill({ contentType: "text/html", body: "<p>hello</p>" });
    if (pathname.endsWith("tilemapresource.xml"))
      return route.fulfill({ contentType: "text/xml", body: TMS });
    if (pathname.includes("/MapServer") && searchParams.get("f") === "json")
      return route.fulfill({
        json: {
          mapName: "a",
          layers: [],
          singleFusedMapCache: false,
          fullExtent: { xmin: 120, ymin: 38, xmax: 126, ymax: 44, spatialReference: { wkid: 4326 } },
        },
      });
    if (pathname.endsWith(".pbf"))
      return route.fulfill({ contentType: "application/x-protobuf", body: Buffer.alloc(0) });
    return route.fulfill(picture);
  });
}

describe("one map", () => {
  let twin: TwinUnderTest;

  beforeAll(async () => {
    twin = await launchTwin({ address: BARE_CITY, feed: false });
    await serveMaps(twin.page);
    await whenIdle(twin.page);
  });
  afterAll(() => twin?.close());

  const layer = async (id: string) => (await state(twin.page)).layers.find((one) => one.id === id);
  const refusal = (command: Parameters<typeof run>[1]) =>
    run(twin.page, command).then(
      () => null,
      (error: unknown) => (error instanceof CommandRefused ? error.code : String(error)),
    );

  it("layers of the catalogue come by their box, lie as the catalogue says, and move", async () => {
    await expectAlive(twin.page);
    await twin.page.getByRole("checkbox", { name: "三区三线" }).first().click({ force: true });
    await waitForState(twin.page, "the lines are there", (s) =>
      s.layers.some(({ id, status }) => id === "three-lines" && status === "ready"),
    );
    await run(twin.page, { type: "show-map", id: "land-use" });
    const ids = (await state(twin.page)).layers.map(({ id }) => id).filter((id) => /land-use|three/.test(id));
    expect(ids).toEqual(["land-use", "three-lines"]);
    expect((await layer("land-use"))?.data?.features).toBeGreaterThan(1000);
    await twin.page.getByRole("button", { name: /调整次序：用地用海/ }).press("ArrowUp");
    await waitForState(twin.page, "land use lies above", ({ layers }) => layers.at(-1)?.id === "land-use");
  });

  it("a table is filtered, walked by keys, and chooses on the map", async () => {
    await run(twin.page, { type: "open-table", id: "land-use", filter: "用地分类=公园绿地" });
    const grid = twin.page.getByRole("grid");
    await grid.focus();
    await twin.page.keyboard.press("ArrowDown");
    await twin.page.keyboard.press("Enter");
    const chosen = await waitForState(twin.page, "a row is chosen", (s) => s.selection.kind === "feature");
    expect(chosen.selection).toMatchObject({ layerId: "land-use", attributes: { code: "1401" } });
    await run(twin.page, { type: "query-table", filter: "没有的列>3" });
    expect((await state(twin.page)).table?.error?.code).toBe("table.unknown-column");
    await run(twin.page, { type: "close-table" });
  });

  it("the red-line check lists buildings above their block's limit", async () => {
    await run(twin.page, { type: "check-red-lines" });
    const { redLines } = await state(twin.page);
    expect(redLines.report?.counts.height).toBeGreaterThan(50);
    await twin.page.getByText(zh("redLine.title")).first().waitFor();
    await run(twin.page, { type: "close-red-lines" });
  });

  it("services of every kind are shown, bad ones say what is wrong", async () => {
    const good = [
      { kind: "wms", url: "/fake/wms", layer: "roads" },
      { kind: "wmts", url: "/fake/wmts", layer: "img", tileMatrixSet: "w" },
      { kind: "xyz", url: "/fake/{z}/{x}/{y}.png" },
      { kind: "tms", url: "/fake/tms/" },
      { kind: "arcgis", url: "/fake/a/MapServer" },
      { kind: "mvt", url: "/fake/{z}/{x}/{y}.pbf" },
    ] as const;
    for (const service of good)
      expect([service.kind, await refusal({ type: "add-map", service })]).toEqual([service.kind, null]);
    expect((await state(twin.page)).layers.filter(({ map }) => map?.origin === "user")).toHaveLength(6);
    expect(
      await refusal({ type: "add-map", service: { kind: "wms", url: "/fake/broken/", layer: "roads" } }),
    ).toBe("map.refused");
    expect(await refusal({ type: "add-map", service: { kind: "xyz", url: "/fake/page/{z}/{x}/{y}" } })).toBe(
      "map.no-picture",
    );
    expect(await refusal({ type: "show-map", id: "tianditu-img" })).toBe("basemap.key-missing");
  });
});
