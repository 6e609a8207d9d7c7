import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProjection } from "../../src/geo/projection.ts";
import { SAMPLE_SITE } from "../sample-site.ts";
import {
  asNewContent,
  dropFile,
  prepareDrop,
  SAMPLE_URL,
  sampleIfc,
  withoutGeoreference,
} from "./ifc-inputs.ts";
import { BARE_CITY, launchTwin, type TwinUnderTest, waitForTwin } from "./launch.ts";
import { traceTasks } from "./long-tasks.ts";
import { pictureDistance } from "./picture.ts";
import { expectAlive, pictureChanged, run, screenshot, state, waitForState, whenIdle } from "./twin-page.ts";
import { having, zh } from "./words.ts";

/** Journeys 3 and 4: an IFC file lands in the city, and is looked at close up. */
describe("building", () => {
  let twin: TwinUnderTest;
  let modelId = "";

  beforeAll(async () => {
    twin = await launchTwin({ address: BARE_CITY, feed: false });
    await whenIdle(twin.page);
  });
  afterAll(() => twin?.close());

  it("converts a dropped file in a worker, with progress, and stays responsive", async () => {
    const { page } = twin;
    await expectAlive(page);
    const drop = await prepareDrop(page, "liaotwin-municipal.ifc", sampleIfc());
    const trace = await traceTasks(twin.browser, page, 50, async () => {
      await drop();
      const running = await waitForState(page, "a conversion runs", (s) =>
        s.jobs.some((job) => job.kind === "ifc"),
      );
      expect(running.jobs[0]?.subject).toBe("liaotwin-municipal.ifc");
      await page.getByRole("progressbar").first().waitFor();
      await waitForState(
        page,
        "the conversion is over",
        (s) => !s.jobs.some((job) => job.state === "running"),
        120_000,
      );
    });
    const { models } = await waitForState(page, "the model is there", (s) => s.models.models.length === 1);
    modelId = models.models[0]!.id;
    await whenIdle(page);
    expect(trace.observed, "the trace saw the main thread").toBeGreaterThan(20);
    expect(trace.tasks, "tasks above 50 ms that are not frames of the 3D view").toEqual([]);
  });

  it("stands where its georeference says, to a centimetre", async () => {
    const model = (await state(twin.page)).models.models[0]!;
    const { georeference } = model;
    expect(georeference).toMatchObject({ method: "IfcMapConversion", epsg: 4550 });
    expect(model.placement).toBe("placed");
    const grid = createProjection("EPSG:4550");
    const place = grid.toGeodetic(georeference.eastings!, georeference.northings!);
    expect(georeference.origin!.longitudeDeg).toBeCloseTo(place.longitudeDeg, 7);
    expect(georeference.origin!.latitudeDeg).toBeCloseTo(place.latitudeDeg, 7);
    const site = grid.fromGeodetic(SAMPLE_SITE.longitudeDeg, SAMPLE_SITE.latitudeDeg);
    const distance = Math.hypot(
      site.eastings - georeference.eastings!,
      site.northings - georeference.northings!,
    );
    expect(distance).toBeLessThan(SAMPLE_SITE.halfEast + SAMPLE_SITE.halfNorth);
    expect(model.storeys.length).toBeGreaterThanOrEqual(12);
    expect(model.counts.elements).toBeGreaterThan(500);
  });

  it("a click in the city gives class, name, GlobalId, storey and property sets", async () => {
    const { page } = twin;
    const { georeference, box } = (await state(page)).models.models[0]!;
    const { longitudeDeg, latitudeDeg } = georeference.origin!;
    const height = (box.max[2] - box.min[2]) * 0.6;
    await run(page, {
      type: "fly-to",
      longitudeDeg,
      latitudeDeg,
      height,
      range: 130,
      pitchDeg: -35,
      durationS: 0,
    });
    await whenIdle(page);
    await expectAlive(page);
    const before = await screenshot(page);
    await page.mouse.click(720, 450);
    const { selection } = await waitForState(
      page,
      "an element is selected",
      (s) => s.selection.kind === "element",
    );
    if (selection.kind !== "element") throw new Error("unreachable");
    expect(selection.modelId).toBe(modelId);
    const inspector = page.getByRole("complementary", { name: zh("panel.right") });
    await inspector.getByText(selection.globalId).waitFor();
    for (const key of ["element.class", "element.globalId", "element.storey"] as const)
      await inspector.getByText(zh(key), { exact: true }).waitFor();
    await inspector
      .getByText(/^Ifc[A-Z]/)
      .first()
      .waitFor();
    await inspector
      .getByText(/^Pset_/)
      .first()
      .waitFor();
    await whenIdle(page);
    await pictureChanged(page, before, 0.05, "the selection");
  });

  it("shows, hides and isolates storeys from the tree", async () => {
    const { page } = twin;
    const model = (await state(page)).models.models[0]!;
    const whole = await screenshot(page);
    const storey = model.storeys[2]!;
    const card = page.getByRole("article", { name: model.name });
    await card.getByRole("button", { name: zh("models.storeys"), exact: true }).click();
    await card.getByRole("button", { name: having(zh("models.isolate", { name: storey.name })) }).click();
    await waitForState(page, "one storey is left", ({ models }) => {
      const { hiddenStoreys, storeys } = models.models[0]!;
      return hiddenStoreys.length === storeys.length - 1 && !hiddenStoreys.includes(storey.globalId);
    });
    await whenIdle(page);
    await pictureChanged(page, whole, 1, "the others are gone");
    await card.getByRole("button", { name: zh("models.showAll") }).click();
    await waitForState(page, "all are back", (s) => s.models.models[0]!.hiddenStoreys.length === 0);
    await card.getByRole("button", { name: zh("layers.show", { name: storey.name }), exact: true }).click();
    await waitForState(page, "one is hidden", (s) => s.models.models[0]!.hiddenStoreys.length === 1);
    await run(page, { type: "show-storey", id: modelId, storey: storey.globalId, visible: true });

    await card.getByRole("button", { name: zh("models.tree"), exact: true }).click();
    const tree = card.getByRole("treegrid", { name: zh("models.tree") });
    // Project and site are open; the building is opened as a keyboard user would.
    await tree.getByRole("row", { expanded: false }).first().press("ArrowRight");
    await tree
      .getByRole("row", { name: having(storey.name) })
      .first()
      .waitFor();
  });

  // Software GL needs up to half a minute for a frame of the close-up on two busy cores.
  it("is shown close up from the same tiles, with the same selection, a section, and the way back", async () => {
    const { page } = twin;
    await page
      .getByRole("button", { name: zh("models.closeUp") })
      .first()
      .click();
    await waitForState(page, "the close-up is open", (s) => s.models.open === modelId);
    await whenIdle(page);
    await expectAlive(page, "#bim");
    const before = await screenshot(page);
    await run(page, { type: "clear-selection" });
    await page.mouse.click(720, 450);
    const { selection } = await waitForState(
      page,
      "an element is selected",
      (s) => s.selection.kind === "element",
    );
    expect(selection.kind === "element" && selection.modelId).toBe(modelId);
    await page.mouse.move(720, 450);
    await page.mouse.down();
    await page.mouse.move(860, 430, { steps: 2 });
    await page.mouse.up();
    await whenIdle(page);
    const turned = await screenshot(page);
    expect(pictureDistance(before, turned), "orbit").toBeGreaterThan(1);
    await run(page, { type: "set-section", section: { axis: "up", offset: 12 } });
    await whenIdle(page);
    await pictureChanged(page, turned, 1, "section");
    await page.getByRole("button", { name: zh("closeup.back") }).click();
    await waitForState(page, "the city is back", (s) => s.models.open === null);
    await whenIdle(page);
    await expectAlive(page);
  }, 420_000);

  it("finds all doors without a fire rating, keeps a viewpoint of them, and gives it as BCF", async () => {
    const { page } = twin;
    await run(page, { type: "open-building", id: modelId });
    const panel = page.getByRole("complementary", { name: zh("reading.title") });
    await panel.getByRole("radio", { name: zh("reading.pane.search") }).click();
    await panel.getByText(zh("reading.example.doors")).click();
    const { reading } = await waitForState(
      page,
      "the search is over",
      (s) => s.reading.search?.state === "done",
    );
    expect(reading.search?.query).toContain("FireRating=-");
    await run(page, { type: "search-elements", id: modelId, query: "class:IfcDoor" });
    await panel
      .getByRole("button", { name: zh("reading.isolate"), exact: true })
      .first()
      .click();
    await waitForState(page, "only doors are left", (s) => s.reading.models[modelId]?.isolated !== null);
    await panel.getByRole("radio", { name: zh("reading.pane.views") }).click();
    await panel.getByRole("textbox", { name: zh("reading.viewTitle") }).fill("门的耐火极限");
    await panel.getByRole("button", { name: zh("reading.saveView") }).click();
    await waitForState(page, "the viewpoint is kept", (s) => s.reading.viewpoints.length === 1);
    const download = page.waitForEvent("download");
    await panel.getByRole("button", { name: zh("reading.exportBcf", { version: "2.1" }) }).click();
    expect((await download).suggestedFilename()).toMatch(/\.bcf$/);
    await run(page, { type: "show-all-elements", id: modelId });
    await run(page, { type: "close-building" });
  }, 240_000);

  it("a large model is seen before it is whole, and its own tiles take the place of what was seen", async () => {
    const { page } = twin;
    const before = await state(page);
    const content = asNewContent(sampleIfc(), "large".padEnd(6e6));
    await dropFile(page, "large.ifc", content, 1e12);
    const { jobs, models } = await waitForState(
      page,
      "only its own tileset is left",
      (s) =>
        s.jobs.some((job) => job.subject === "large.ifc" && job.state === "done") &&
        s.models.models.length === before.models.models.length + 1 &&
        s.counters.tilesets === before.counters.tilesets! + 1,
    );
    expect(jobs.find((job) => job.subject === "large.ifc")?.partsShown).toBeGreaterThan(0);
    const { id } = models.models.at(-1)!;
    await run(page, { type: "show-model", id, visible: false });
    await dropFile(page, "large.ifc", content, 1e12);
    const again = await waitForState(page, "the same file shows the stored model", (s) =>
      s.models.models.some((model) => model.id === id && model.visible),
    );
    expect(again.jobs.filter((job) => job.subject === "large.ifc")).toHaveLength(1);
    await run(page, { type: "remove-model", id });
  });

  it("cancel ends a conversion and leaves everything else as it was", async () => {
    const { page } = twin;
    const before = await state(page);
    await dropFile(page, "again.ifc", asNewContent(sampleIfc(), "cancel"));
    await waitForState(page, "the conversion runs", (s) => s.jobs.some((job) => job.state === "running"));
    // By key: a click would wait for frames that software GL draws slower than the conversion takes.
    await page
      .getByRole("button", { name: zh("action.cancel") })
      .first()
      .press("Enter");
    const after = await waitForState(
      page,
      "it is cancelled",
      (s) => !s.jobs.some((job) => job.state === "running"),
    );
    expect(after.jobs.some((job) => job.subject === "again.ifc" && job.state === "done")).toBe(false);
    expect(after.models.models).toEqual(before.models.models);
    expect(after.notices).toEqual(before.notices);
  });

  it.each([
    ["empty.ifc", ""],
    ["page.ifc", "<!doctype html><html><body>404</body></html>"],
    [
      "cut.ifc",
      "ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION((''),'2;1');\nFILE_NAME('','',(''),(''),'','','');\nFILE_SCHEM",
    ],
    [
      "other.ifc",
      "ISO-10303-21;\nHEADER;\nFILE_SCHEMA(('AUTOMOTIVE_DESIGN'));\nENDSEC;\nDATA;\nENDSEC;\nEND-ISO-10303-21;\n",
    ],
  ])("%s gets a clear sentence and changes nothing", async (name, content) => {
    const { page } = twin;
    const before = (await state(page)).models.models;
    const noticed = (await state(page)).notices.length;
    await dropFile(page, name, content);
    const after = await waitForState(
      page,
      "it is refused",
      (s) =>
        s.notices.length > noticed || s.jobs.some((job) => job.subject === name && job.state === "failed"),
    );
    const error = after.jobs.find((job) => job.subject === name)?.error ?? after.notices.at(-1);
    expect(JSON.stringify(error)).toMatch(/ifc\./);
    const code = "code" in error! ? `error.${error.code}` : error!.key;
    expect(zh.maybe(code, ""), `${code} has a Chinese sentence`).not.toBe("");
    expect(after.models.models).toEqual(before);
    for (const notice of after.notices) await run(page, { type: "dismiss-notice", id: notice.id });
    for (const job of after.jobs) await run(page, { type: "dismiss-job", id: job.id });
  });

  it("a model without a place is placed by a click on the map", async () => {
    const { page } = twin;
    await run(page, { type: "fly-home", durationS: 0 });
    await whenIdle(page);
    await dropFile(page, "nowhere.ifc", withoutGeoreference(sampleIfc()));
    const { models } = await waitForState(
      page,
      "it waits for a place",
      (s) => s.models.placing !== null,
      120_000,
    );
    const id = models.placing!;
    expect(models.models.find((model) => model.id === id)?.placement).toBe("unplaced");
    await whenIdle(page);
    await page.mouse.move(700, 500);
    await page.mouse.click(700, 500);
    const placed = await waitForState(page, "it is placed", (s) => s.models.placing === null);
    expect(placed.models.models.find((model) => model.id === id)?.placement).toBe("placed");
    await whenIdle(page);
    await run(page, { type: "remove-model", id });
    expect((await state(page)).models.models.some((model) => model.id === id)).toBe(false);
  });

  it("survives a reload, and the same content opens from the cache", async () => {
    const { page } = twin;
    await page.reload({ waitUntil: "domcontentloaded" });
    await waitForTwin(page);
    await whenIdle(page);
    const { models } = await state(page);
    expect(models.models.map((model) => model.id)).toEqual([modelId]);
    expect((await state(page)).reading.viewpoints.map(({ title }) => title)).toEqual(["门的耐火极限"]);
    await run(page, { type: "remove-model", id: modelId });
    await run(page, { type: "open-ifc", source: SAMPLE_URL });
    expect((await state(page)).models.models[0]?.id).toBe(modelId);
    expect((await state(page)).models.models[0]?.isSample).toBe(true);
  });

  it("an address that gives no model says so", async () => {
    await expect(run(twin.page, { type: "open-ifc", source: "samples/none.ifc" })).rejects.toThrow(
      /^(fetch|ifc)\./,
    );
    twin.problems.forget();
  });

  it("leaves no error in the console", () => {
    expect(twin.problems.list()).toEqual([]);
  });
});
