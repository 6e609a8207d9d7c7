import { zipSync } from "fflate";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MeasureKind } from "../../src/domain/reading/measure.ts";
import { IfcText } from "../../workers/ifc/ifc-text.fixture.ts";
import { asNewContent, sampleIfc } from "./ifc-inputs.ts";
import { BARE_CITY, launchTwin, type TwinUnderTest } from "./launch.ts";
import type { Picture } from "./picture.ts";
import { pictureChanged, run, screenshot, state, waitForState, whenIdle } from "./twin-page.ts";
import { zh } from "./words.ts";

const IDS = `<?xml version="1.0" encoding="UTF-8"?>
<ids xmlns="http://standards.buildingsmart.org/IDS" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <info><title>交付要求</title></info>
  <specifications>
    <specification name="门写明编号" ifcVersion="IFC2X3 IFC4">
      <applicability minOccurs="1" maxOccurs="unbounded"><entity><name><simpleValue>IFCDOOR</simpleValue></name></entity></applicability>
      <requirements><property cardinality="required"><propertySet><simpleValue>Pset_Nowhere</simpleValue></propertySet><baseName><simpleValue>Number</simpleValue></baseName></property></requirements>
    </specification>
  </specifications>
</ids>`;

/** A wall and a room on the sample's own ground: a second discipline of the same building. */
function smallModel(): string {
  const file = new IfcText({ prefix: ".MILLI.", siteReference: "(41,47,56),(123,25,55),0." });
  const wall = file.element("W", [0, 0, 0], file.tetrahedron(9000));
  const place = file.add(`IFCLOCALPLACEMENT($,#${file.axes([1000, 2000, 500])})`);
  const room = file.add(
    `IFCSPACE('${file.guid()}',$,'101','','',#${place},#${file.tetrahedron(3000)},'会议室',.ELEMENT.,$,$)`,
  );
  file.relate("IFCRELCONTAINEDINSPATIALSTRUCTURE", file.storey, [wall]);
  file.relate("IFCRELAGGREGATES", file.storey, [room]);
  return new TextDecoder().decode(file.toBytes());
}

/** Several files in one go, as a user drops them. */
async function drop(
  page: Page,
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Promise<void> {
  const transfer = await page.evaluateHandle(
    (contents) => {
      const data = new DataTransfer();
      for (const { name, base64 } of contents) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name));
      }
      return data;
    },
    files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString("base64") })),
  );
  for (const type of ["dragenter", "dragover", "drop"])
    await page.dispatchEvent("body", type, { dataTransfer: transfer });
  await transfer.dispose();
}

/** The first conversion after this loses its worker as soon as it reports something, as when the browser ends it for memory. */
async function loseNextWorker(page: Page): Promise<void> {
  await page.evaluate(() => {
    const Real = window.Worker;
    window.Worker = class extends Real {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        if (options?.name !== "ifc") return;
        window.Worker = Real;
        const lose = () => {
          this.removeEventListener("message", lose);
          document.body.dataset.lostWorkers = "1";
          super.terminate();
          this.dispatchEvent(new ErrorEvent("error", { message: "ended for memory" }));
        };
        this.addEventListener("message", lose);
      }
    };
  });
}

const utf8 = (text: string) => new TextEncoder().encode(text);

/** The tools of the close-up one after another on one page, and the ways a file comes in. */
describe("tools for reading a building", () => {
  let twin: TwinUnderTest;
  let id = "";
  let plain: Picture;

  beforeAll(async () => {
    twin = await launchTwin({ address: BARE_CITY, feed: false });
    await whenIdle(twin.page);
  });
  afterAll(() => twin?.close());

  const model = async () => (await state(twin.page)).models.models.find((one) => one.id === id)!;

  it("two files dropped at once, one of them zipped, stand together; a worker that dies is replaced", async () => {
    const { page } = twin;
    await loseNextWorker(page);
    await drop(page, [
      { name: "建筑.ifczip", bytes: zipSync({ "建筑.ifc": utf8(asNewContent(sampleIfc(), "zip")) }) },
      { name: "结构.ifc", bytes: utf8(smallModel()) },
    ]);
    const { models, jobs } = await waitForState(
      page,
      "both are there, or why not",
      (s) => s.models.models.length === 2 || s.jobs.some((job) => job.state === "failed"),
      180_000,
    );
    expect(jobs.filter((job) => job.state === "failed")).toEqual([]);
    id = models.models.find(({ counts }) => counts.elements > 500)!.id;
    expect(await page.evaluate(() => document.body.dataset.lostWorkers), "a worker was lost").toBe("1");
    expect(models.models.every(({ placement }) => placement === "placed")).toBe(true);
    await whenIdle(page);
    expect((await state(page)).counters.tilesets).toBe(3);
    for (const other of models.models)
      if (other.id !== id) await run(page, { type: "remove-model", id: other.id });
  });

  it("spaces are off, come on request in both views, are named when picked, and go again", async () => {
    const { page } = twin;
    await run(page, { type: "open-building", id });
    await whenIdle(page);
    plain = await screenshot(page);
    expect((await model()).voids.spaces).toBeGreaterThan(100);
    await run(page, { type: "set-section", section: { axis: "up", offset: 9.6, flipped: false } });
    await whenIdle(page);
    const cut = await screenshot(page);
    const panel = page.getByRole("complementary", { name: zh("reading.title") });
    await panel.getByRole("button", { name: zh("reading.voids.spaces") }).click();
    await whenIdle(page);
    await pictureChanged(page, cut, 0.5, "the spaces");
    await run(page, { type: "search-elements", id, query: "class:IfcSpace" });
    const { reading } = await waitForState(page, "they are found", (s) => s.reading.search?.state === "done");
    const row = Number(Object.values(reading.search!.rows)[0]);
    await run(page, { type: "select-elements", id, rows: [row] });
    const { selection } = await waitForState(page, "one is chosen", (s) => s.selection.kind === "element");
    const inspector = page.getByRole("complementary", { name: zh("panel.right") });
    await inspector.getByText(selection.kind === "element" ? selection.globalId : "?").waitFor();
    await inspector.getByText("IfcSpace", { exact: true }).waitFor();
    await run(page, { type: "close-building" });
    await whenIdle(page);
    expect((await state(page)).counters.tilesets, "the city, the model and its spaces").toBe(3);
    await run(page, { type: "show-voids", id, kind: "spaces", visible: false });
    await waitForState(page, "they are gone", (s) => s.counters.tilesets === 2);
  });

  it("the section is still there after the way back, and the pane lists it with the others", async () => {
    const { page } = twin;
    const card = page.getByRole("article", { name: (await model()).name });
    await card.getByText(zh("reading.altered.cut", { count: "1" })).waitFor();
    await run(page, { type: "zoom-to-model", id });
    await whenIdle(page);
    const low = await screenshot(page);
    await run(page, { type: "set-section", section: null });
    await pictureChanged(page, low, 0.5, "the whole building in the city");
    await run(page, { type: "set-section", section: { axis: "up", offset: 9.6, flipped: false } });
    await run(page, { type: "open-building", id });
    await whenIdle(page);
    expect((await state(page)).models.section).toMatchObject({ axis: "up", offset: 9.6 });
    await run(page, { type: "set-reading-panel", panel: "section" });
    const panel = page.getByRole("complementary", { name: zh("reading.title") });
    await panel.getByText(`${zh("reading.barPlane")} · ${zh("closeup.section.up")}`).waitFor();
    const { box } = await model();
    await run(page, { type: "set-section", section: null });
    await run(page, {
      type: "set-section-box",
      box: { min: [box.min[0], box.min[1], 0], max: [0, 0, 12] },
    });
    await run(page, { type: "set-planes", planes: [{ normal: [0.6, 0.8, 0], offset: -4 }] });
    await whenIdle(page);
    await pictureChanged(page, plain, 1, "the box and the slanting plane");
    await panel.getByText(`1 · ${zh("reading.slanting")}`).waitFor();
    await run(page, { type: "set-section-box", box: null });
    await run(page, { type: "set-planes", planes: [] });
    await whenIdle(page);
  });

  it("plan, storeys apart and X-ray change the picture, and end", async () => {
    const { page } = twin;
    const { storeys } = await model();
    const before = await screenshot(page);
    await run(page, { type: "set-plan", storey: storeys[2]!.globalId });
    await whenIdle(page);
    await pictureChanged(page, before, 1, "the plan");
    await page.keyboard.press("Escape");
    await waitForState(page, "the plan has ended", (s) => s.reading.plan === null);
    await run(page, { type: "zoom-to-model", id });
    await run(page, { type: "set-explode", gap: 6 });
    await whenIdle(page);
    await pictureChanged(page, before, 1, "storeys apart");
    await run(page, { type: "set-explode", gap: 0 });
    await run(page, { type: "select-elements", id, rows: [100, 101, 102] });
    await whenIdle(page);
    const selected = await screenshot(page);
    await run(page, { type: "set-xray", id, on: true });
    await whenIdle(page);
    await pictureChanged(page, selected, 1, "the X-ray");
    await run(page, { type: "set-xray", id, on: false });
    await run(page, { type: "clear-selection" });
  });

  it.each([
    ["point", 1],
    ["distance", 2],
    ["angle", 3],
    ["area", 3],
  ] as const)("measures a %s between what the pointer is drawn to", async (kind: MeasureKind, clicks) => {
    const { page } = twin;
    const before = (await state(page)).reading.measures.length;
    await run(page, { type: "set-measuring", kind });
    await whenIdle(page);
    for (let i = 0; i < clicks; i++) {
      await page.mouse.click(660 + i * 50, 420 + (i % 2) * 60);
      await waitForState(page, "a point is taken", ({ reading }) => {
        const taken = reading.measuring!.points.length;
        return taken === i + 1 || reading.measures.length === before + 1;
      });
    }
    if (kind === "area") await page.keyboard.press("Enter");
    const { reading } = await waitForState(
      page,
      "it is measured",
      (s) => s.reading.measures.length === before + 1,
    );
    expect(reading.measures.at(-1)).toMatchObject({ kind });
    expect(reading.measures.at(-1)!.points).toHaveLength(clicks);
    await run(page, { type: "set-measuring", kind: null });
  });

  it("an IDS file is checked, and its failures are chosen by a click", async () => {
    const { page } = twin;
    const chooser = page.waitForEvent("filechooser");
    await run(page, { type: "choose-reading-file", id, kind: "ids" });
    await (await chooser).setFiles({ name: "要求.ids", mimeType: "text/xml", buffer: Buffer.from(IDS) });
    const { reading } = await waitForState(page, "it is checked", (s) => s.reading.check?.state === "done");
    const failed = reading.check!.report!.specifications[0]!;
    expect(failed.status).toBe("fail");
    const panel = page.getByRole("complementary", { name: zh("reading.title") });
    await panel.getByRole("button", { name: "门写明编号" }).click();
    await panel.getByRole("button", { name: zh("reading.check.select") }).click();
    await waitForState(page, "they are chosen", (s) => {
      const chosen = Object.keys(s.reading.models[id]!.selected).length;
      return chosen > 0 && chosen === Object.keys(failed.failed).length;
    });
    await run(page, { type: "close-check" });
  });

  it("a viewpoint goes out as BCF and comes in again", async () => {
    const { page } = twin;
    await run(page, { type: "save-viewpoint", id, title: "复核" });
    const download = page.waitForEvent("download");
    await run(page, { type: "export-bcf", id, version: "3.0" });
    const path = await (await download).path();
    const [kept] = (await state(page)).reading.viewpoints;
    await run(page, { type: "remove-viewpoint", viewpoint: kept!.id });
    await run(page, { type: "clear-selection" });
    const chooser = page.waitForEvent("filechooser");
    await run(page, { type: "choose-reading-file", id, kind: "bcf" });
    await (await chooser).setFiles(path);
    const { reading } = await waitForState(page, "it is back", (s) => s.reading.viewpoints.length === 1);
    expect(reading.viewpoints[0]).toMatchObject({ title: "复核", modelId: id });
    expect(reading.viewpoints[0]!.selected.length).toBe(kept!.selected.length);
    await run(page, { type: "show-viewpoint", viewpoint: reading.viewpoints[0]!.id });
    await waitForState(page, "its selection is chosen", (s) => {
      return Object.keys(s.reading.models[id]!.selected).length === kept!.selected.length;
    });
  });

  it("shows and frees what the models take of this computer", async () => {
    const { page } = twin;
    await run(page, { type: "close-building" });
    const { name } = await model();
    await page.getByRole("button", { name: zh("models.stored") }).click();
    await page.getByRole("button", { name: zh("models.removeOne", { name }) }).click();
    await page.getByRole("button", { name: zh("models.remove"), exact: true }).click();
    await waitForState(page, "it is gone", (s) => s.models.models.length === 0);
    expect(twin.problems.list()).toEqual([]);
  });
});
