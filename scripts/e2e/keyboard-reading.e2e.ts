import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReadingPanel } from "../../src/state/reading-store.ts";
import { ROOT } from "../root.ts";
import { SAMPLE_URL } from "./ifc-inputs.ts";
import { BARE_CITY, launchTwin, type TwinUnderTest, waitForTwin } from "./launch.ts";
import { state, waitForState, whenIdle } from "./twin-page.ts";
import { zh } from "./words.ts";

const PANELS: readonly ReadingPanel[] = ["structure", "search", "section", "measure", "views", "check"];

interface Wanted {
  readonly role?: string;
  readonly name: string;
}

/** Whether what has the focus is what a user would stop at: its role where it is given, and its name or words. */
function hasFocus(page: Page, wanted: Wanted): Promise<boolean> {
  return page.evaluate(({ role, name }) => {
    const element = document.activeElement as HTMLElement | null;
    if (!element || element === document.body) return false;
    const said = element.getAttribute("aria-label") ?? "";
    const labelled = element.id
      ? (document.querySelector(`label[for="${element.id}"]`)?.textContent ?? "")
      : "";
    const words = [said, labelled, element.closest("label")?.textContent ?? "", element.textContent ?? ""];
    const isNamed = words.some((text) => text.replaceAll(/\s+/g, "").includes(name.replaceAll(/\s+/g, "")));
    return (
      isNamed && (!role || element.getAttribute("role") === role || element.tagName.toLowerCase() === role)
    );
  }, wanted);
}

/** Presses Tab until it is reached; a whole round without it is a failure. */
async function tabTo(page: Page, wanted: Wanted, key: "Tab" | "Shift+Tab" = "Tab"): Promise<number> {
  for (let presses = 1; presses <= 90; presses++) {
    await page.keyboard.press(key);
    if (await hasFocus(page, wanted)) return presses;
  }
  throw new Error(`the keyboard does not reach ${wanted.role ?? ""} "${wanted.name}"`);
}

/** The focus is on a panel or card as a whole: Tab goes on inside it. */
async function focusIsOn(page: Page, kind: "aside" | "article", name: string): Promise<void> {
  await page.waitForFunction(
    ([tag, label]) => document.activeElement?.matches(`${tag}[aria-label="${label}"]`),
    [kind, name] as const,
  );
}

/** Issue 5's planner, who has no mouse: after the file has been chosen, only keys. */
describe("reading a building by keyboard", () => {
  let twin: TwinUnderTest;
  let id = "";

  beforeAll(async () => {
    twin = await launchTwin({ address: BARE_CITY, feed: false });
    await whenIdle(twin.page);
  });
  afterAll(() => twin?.close());

  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await twin.page.keyboard.press(key);
  };
  const pane = async (name: ReadingPanel) => {
    const at = PANELS.indexOf((await state(twin.page)).reading.panel);
    await tabTo(twin.page, { role: "radio", name: zh(`reading.pane.${PANELS[at]!}`) }, "Shift+Tab");
    const steps = PANELS.indexOf(name) - at;
    await press(...Array.from({ length: Math.abs(steps) }, () => (steps > 0 ? "ArrowRight" : "ArrowLeft")));
    // the arrow moves the focus, the space bar takes what it is on
    await press("Space");
    await waitForState(twin.page, `the pane ${name} is open`, (s) => s.reading.panel === name);
  };

  it("opens a file, checks its place, moves it and undoes that", async () => {
    const { page } = twin;
    await tabTo(page, { name: zh("models.open") });
    const chooser = page.waitForEvent("filechooser");
    await press("Enter");
    await (await chooser).setFiles(join(ROOT, "public", SAMPLE_URL));
    const opened = await waitForState(page, "the model is there", (s) => s.models.models.length === 1);
    id = opened.models.models[0]!.id;
    await whenIdle(page);
    await tabTo(page, { role: "button", name: zh("command.examine-place") }, "Shift+Tab");
    await press("Enter");
    await focusIsOn(page, "aside", zh("place.title"));
    const before = (await state(page)).placement.standing!;
    await press("ArrowRight", "ArrowRight", "Shift+ArrowUp", "]");
    const { placement } = await waitForState(page, "it was moved", (s) => s.placement.past.length === 4);
    expect(placement.standing!.longitudeDeg).toBeGreaterThan(before.longitudeDeg);
    expect(placement.standing!.headingDeg).toBeCloseTo(before.headingDeg + 1, 6);
    await press("Control+z", "Control+z", "Control+z", "Control+z");
    await waitForState(page, "it is back", (s) => s.placement.past.length === 0);
    expect(await tabTo(page, { name: zh("place.look") })).toBeLessThan(8);
    await press("Escape");
    await waitForState(page, "the check is over", (s) => s.placement.modelId === null);
  });

  it("opens it close up, inspects an element, cuts, and leaves one storey", async () => {
    const { page } = twin;
    const { name, storeys } = (await state(page)).models.models[0]!;
    await focusIsOn(page, "article", name);
    expect(await tabTo(page, { name: zh("models.closeUp") })).toBeLessThan(4);
    await press("Enter");
    await waitForState(page, "it is open close up", (s) => s.models.open === id);
    await focusIsOn(page, "aside", zh("reading.title"));
    await page.getByRole("row", { name }).first().waitFor();
    expect(await tabTo(page, { role: "row", name })).toBeLessThan(9);
    await press("End", "Enter");
    const { selection } = await waitForState(
      page,
      "elements are chosen",
      (s) => s.selection.kind === "element",
    );
    const inspector = page.getByRole("complementary", { name: zh("panel.right") });
    await inspector.getByText(selection.kind === "element" ? selection.globalId : "?").waitFor();
    await tabTo(page, { role: "radio", name: zh("closeup.section.none") });
    await press("ArrowRight", "ArrowRight", "ArrowRight", "Space");
    await waitForState(page, "a level section is there", (s) => s.models.section?.axis === "up");
    await tabTo(page, { name: zh("closeup.offset") });
    const offset = (await state(page)).models.section!.offset;
    await press("ArrowRight", "ArrowRight");
    await waitForState(
      page,
      "it was raised",
      (s) => Math.abs(s.models.section!.offset - offset - 0.1) < 1e-6,
    );
    await tabTo(page, { name: zh("closeup.allStoreys") }, "Shift+Tab");
    await press("Enter");
    await tabTo(page, { name: zh("models.isolate", { name: storeys[1]!.name }) });
    await press("Enter");
    await waitForState(page, "one storey is left", (s) => {
      const { hiddenStoreys } = s.models.models[0]!;
      return hiddenStoreys.length === storeys.length - 1 && !hiddenStoreys.includes(storeys[1]!.globalId);
    });
    await press("Escape");
    expect((await state(page)).models.open, "Escape closes the list of storeys alone").toBe(id);
  });

  it("finds the doors without a fire rating, isolates them, keeps a viewpoint and gives it as BCF", async () => {
    const { page } = twin;
    await pane("search");
    await tabTo(page, { name: zh("reading.query") });
    await page.keyboard.type("class:IfcDoor Pset_DoorCommon.FireRating=-");
    await press("Enter");
    await waitForState(page, "the search is over", (s) => s.reading.search?.state === "done");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("class:IfcDoor");
    await press("Enter");
    const found = await waitForState(
      page,
      "all doors are found",
      (s) => s.reading.search?.query === "class:IfcDoor" && s.reading.search.state === "done",
    );
    expect(Object.keys(found.reading.search!.rows).length).toBeGreaterThan(3);
    await tabTo(page, { role: "listbox", name: zh("reading.results") });
    await press("ArrowDown", "i");
    await waitForState(page, "the chosen door is alone", (s) => s.reading.models[id]?.isolated !== null);
    await pane("views");
    await tabTo(page, { name: zh("reading.viewTitle") });
    await page.keyboard.type("门的耐火极限");
    await press("Enter");
    await waitForState(page, "the viewpoint is kept", (s) => s.reading.viewpoints.length === 1);
    const download = page.waitForEvent("download");
    await tabTo(page, { name: zh("reading.exportBcf", { version: "3.0" }) });
    await press("Enter");
    expect((await download).suggestedFilename()).toMatch(/\.bcf$/);
  });

  it("finds everything there after a reload", async () => {
    const { page } = twin;
    const before = await waitForState(page, "all of it is settled", (s) =>
      s.jobs.every((job) => job.state === "done"),
    );
    await page.waitForFunction((model) => location.search.includes(`open=${model}`), id);
    await page.reload({ waitUntil: "domcontentloaded" });
    await waitForTwin(page);
    const after = await waitForState(
      page,
      "it is open close up again, with its question answered",
      (s) => s.models.open === id && s.reading.search?.state === "done",
    );
    expect(after.models.section).toEqual(before.models.section);
    expect(after.models.models[0]!.hiddenStoreys).toEqual(before.models.models[0]!.hiddenStoreys);
    expect(after.reading.models[id]!.isolated).toEqual(before.reading.models[id]!.isolated);
    expect(after.reading.search!.rows).toEqual(before.reading.search!.rows);
    expect(after.reading.panel).toBe("views");
    expect(after.reading.viewpoints.map(({ title }) => title)).toEqual(["门的耐火极限"]);
    await whenIdle(page);
    expect(twin.problems.list()).toEqual([]);
  });
});
