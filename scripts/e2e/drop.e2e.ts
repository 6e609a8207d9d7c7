import { zipSync } from "fflate";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProjection } from "../../src/geo/projection.ts";
import { dbfBytes, shpBytes } from "../../workers/city/shapefile.fixture.ts";
import { writeTiff } from "../../workers/terrain/geotiff.fixture.ts";
import { BARE_CITY, launchTwin, type TwinUnderTest } from "./launch.ts";
import { traceTasks } from "./long-tasks.ts";
import { expectAlive, run, state, waitForState, whenIdle } from "./twin-page.ts";
import { zh } from "./words.ts";

const CENTRE = [123.45, 41.77] as const;
const utf8 = (text: string) => new TextEncoder().encode(text);

function square(size: number): number[][] {
  const [x, y] = CENTRE;
  return [
    [x - size, y - size],
    [x - size, y + size],
    [x + size, y + size],
    [x + size, y - size],
    [x - size, y - size],
  ];
}

function plots(): string {
  const geometry = { type: "Polygon", coordinates: [square(0.01).toReversed()] };
  return JSON.stringify({
    type: "FeatureCollection",
    features: [
      { type: "Feature", properties: { name: "第一地块", 用途: "公园" }, geometry },
      { type: "Feature", properties: {}, geometry: null },
    ],
  });
}

/** Many points on a grid, as text that is built quickly. */
function manyPoints(count: number): string {
  const features = Array.from({ length: count }, (_, k) => {
    const [x, y] = [123.3 + (k % 500) * 0.0006, 41.65 + Math.floor(k / 500) * 0.0006];
    return `{"type":"Feature","properties":{"n":${k}},"geometry":{"type":"Point","coordinates":[${x.toFixed(5)},${y.toFixed(5)}]}}`;
  });
  return `{"type":"FeatureCollection","features":[${features.join(",")}]}`;
}

async function prepare(page: Page, name: string, content: Uint8Array): Promise<() => Promise<void>> {
  const transfer = await page.evaluateHandle(
    ({ fileName, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], fileName));
      return data;
    },
    { fileName: name, base64: Buffer.from(content).toString("base64") },
  );
  return async () => {
    for (const type of ["dragenter", "dragover", "drop"])
      await page.dispatchEvent("body", type, { dataTransfer: transfer });
  };
}

/** A user's own file: dropped, seen in the list, asked, taken away and brought back. */
describe("drop", () => {
  let twin: TwinUnderTest;

  beforeAll(async () => {
    twin = await launchTwin({ address: BARE_CITY, feed: false });
    await whenIdle(twin.page);
  });
  afterAll(() => twin?.close());

  const shown = async (fileName: string) => {
    const found = await waitForState(twin.page, `${fileName} is shown`, (s) =>
      s.layers.some((layer) => layer.data?.fileName === fileName && layer.status === "ready"),
    );
    return found.layers.find((layer) => layer.data?.fileName === fileName)!;
  };
  const drop = async (name: string, content: Uint8Array) => (await prepare(twin.page, name, content))();

  it("GeoJSON, KML and a zipped shapefile become layers", async () => {
    const kml = `<kml><Placemark><name>门</name><Point><coordinates>${CENTRE.join(",")}</coordinates></Point></Placemark></kml>`;
    await drop("门.kml", utf8(kml));
    expect((await shown("门.kml")).data).toMatchObject({ format: "KML", features: 1, issueCount: 0 });
    const dbf = dbfBytes([{ name: utf8("NAME"), type: "C", length: 4 }], [[utf8("grid")]]);
    await drop("网格.zip", zipSync({ "grid.shp": shpBytes([[square(0.02)]]), "grid.dbf": dbf }));
    expect((await shown("网格.zip")).data).toMatchObject({ format: "Shapefile", features: 1 });
    await drop("地块.geojson", utf8(plots()));
    expect((await shown("地块.geojson")).data).toMatchObject({ format: "GeoJSON", features: 1, refused: 1 });
    for (const name of ["门", "网格", "地块"])
      await twin.page
        .getByRole("button", { name: new RegExp(`^${name}`) })
        .first()
        .waitFor();
  });

  it("a click on a feature shows its attributes", async () => {
    const { page } = twin;
    const [longitudeDeg, latitudeDeg] = CENTRE;
    await run(page, {
      type: "fly-to",
      longitudeDeg: longitudeDeg + 0.003,
      latitudeDeg,
      range: 900,
      pitchDeg: -70,
      durationS: 0,
    });
    await whenIdle(page);
    await expectAlive(page);
    await page.mouse.click(720, 450);
    const { selection } = await waitForState(
      page,
      "a feature is chosen",
      (s) => s.selection.kind === "feature",
    );
    expect(selection).toMatchObject({ kind: "feature", title: "第一地块", attributes: { 用途: "公园" } });
    const inspector = page.getByRole("complementary", { name: zh("panel.right") });
    await inspector.getByText("公园").waitFor();
  });

  it("is removed, and brought back by the button that says so", async () => {
    const { page } = twin;
    const { id } = await shown("地块.geojson");
    await run(page, { type: "remove-layer", id });
    await waitForState(page, "it is gone", (s) => s.layers.every((layer) => layer.id !== id));
    await page.getByRole("button", { name: zh("data.undo") }).click();
    expect((await shown("地块.geojson")).id).toBe(id);
  });

  it("forty thousand points come without a stall of the page", async () => {
    const { page } = twin;
    const start = await prepare(page, "many.geojson", utf8(manyPoints(40_000)));
    const trace = await traceTasks(twin.browser, page, 50, async () => {
      await start();
      await shown("many.geojson");
    });
    expect(trace.observed).toBeGreaterThan(20);
    expect(trace.tasks, "tasks above 50 ms that are not frames of the 3D view").toEqual([]);
    await run(page, { type: "remove-layer", id: (await shown("many.geojson")).id });
  });

  it("a raster without a coordinate system is asked for it, and read so", async () => {
    const { page } = twin;
    const { eastings, northings } = createProjection("EPSG:4550").fromGeodetic(...CENTRE);
    const [columns, rows] = [60, 60];
    const cells = Float32Array.from({ length: columns * rows }, (_, k) => 40 + (k % columns) + k / columns);
    const origin = [eastings - 900, northings + 900] as const;
    await drop("高程.tif", writeTiff({ columns, rows, cells, sample: "float32", origin, cell: [30, 30] }));
    const dialog = page.getByRole("dialog", { name: zh("data.crs.title") });
    await dialog.getByText("高程.tif", { exact: false }).first().waitFor();
    const field = dialog.getByRole("textbox");
    await field.fill("EPSG:1");
    await field.press("Enter");
    await dialog.getByText("EPSG:1", { exact: false }).first().waitFor();
    await dialog.getByRole("button", { name: "EPSG:4550" }).click();
    await dialog.getByRole("button", { name: zh("data.crs.read") }).click();
    const layer = await shown("高程.tif");
    expect(layer.data).toMatchObject({ crs: expect.stringContaining("4550"), raster: { size: [60, 60] } });
    await dialog.waitFor({ state: "hidden" });
    await run(page, { type: "remove-layer", id: layer.id });
  });

  it("a broken file gives one sentence and changes nothing", async () => {
    const { page } = twin;
    const before = await state(page);
    for (const notice of before.notices) await run(page, { type: "dismiss-notice", id: notice.id });
    await drop("坏.geojson", utf8(plots().slice(0, 90)));
    const after = await waitForState(page, "it is refused", (s) => s.notices.length > 0);
    expect(after.notices.map(({ key }) => key)).toEqual(["error.geojson.invalid"]);
    expect(zh.maybe("error.geojson.invalid", "")).not.toBe("");
    expect(after.layers.map(({ id }) => id)).toEqual(before.layers.map(({ id }) => id));
    await run(page, { type: "dismiss-notice", id: after.notices[0]!.id });
  });

  it("is there again when the page is opened again", async () => {
    const { page } = twin;
    await waitForState(page, "it is kept", (s) =>
      s.layers.some((l) => l.data?.fileName === "地块.geojson" && l.data.isKept),
    );
    await page.reload({ waitUntil: "domcontentloaded" });
    await whenIdle(page);
    const layer = await shown("地块.geojson");
    expect(layer.data).toMatchObject({ features: 1, isKept: true });
    expect(twin.problems.list()).toEqual([]);
  });
});
