import axe from "axe-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_URL } from "./ifc-inputs.ts";
import { BARE_CITY, launchTwin, type TwinUnderTest, waitForTwin } from "./launch.ts";
import { expectAlive, run, state, waitForState, whenIdle } from "./twin-page.ts";
import { en, zh } from "./words.ts";

interface AxeResult {
  readonly violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
  readonly passes: unknown[];
}

/** Everybody can use it: axe on each panel, the keyboard alone, both languages, both themes. */
describe("access", () => {
  let twin: TwinUnderTest;

  beforeAll(async () => {
    twin = await launchTwin({ address: BARE_CITY });
    await whenIdle(twin.page);
  });
  afterAll(() => twin?.close());

  /** Serious and critical findings of WCAG 2 A and AA, as lines. */
  async function findings(): Promise<string[]> {
    const { page } = twin;
    // Evaluated through the debugger: the page's policy refuses injected script elements.
    if (await page.evaluate(() => !("axe" in window))) await page.evaluate(axe.source);
    const result = (await page.evaluate(() =>
      (window as unknown as { axe: { run(root: Document, options: unknown): Promise<unknown> } }).axe.run(
        document,
        {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
          resultTypes: ["violations"],
        },
      ),
    )) as AxeResult;
    expect(result.passes.length, "axe looked at something").toBeGreaterThan(5);
    return result.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`),
    );
  }

  it("the explorer's panels have no finding, night and day", async () => {
    const { page } = twin;
    await expectAlive(page);
    await run(page, { type: "show-panel", side: "bottom", open: true });
    for (const theme of ["night", "day"] as const) {
      await run(page, { type: "set-theme", theme });
      expect(await findings(), theme).toEqual([]);
    }
    await run(page, { type: "set-theme", theme: "night" });
  });

  it.each(["palette", "add-tileset", "basemap", "about"] as const)(
    "the %s window has no finding",
    async (overlay) => {
      const { page } = twin;
      await run(page, { type: "open-overlay", overlay });
      await page.getByRole("dialog").waitFor();
      expect(await findings()).toEqual([]);
      await page.keyboard.press("Escape");
      await waitForState(page, "it is closed", (s) => s.ui.overlay === "none");
    },
  );

  it("scenario, warning and command mode have no finding", async () => {
    const { page } = twin;
    await run(page, { type: "open-scenario", id: "hazard-flood" });
    const { risk } = await waitForState(page, "warnings are there", (s) => s.risk.warnings.length > 0);
    expect(await findings(), "scenario").toEqual([]);
    await run(page, { type: "choose-warning", id: risk.warnings[0]!.id });
    await whenIdle(page);
    expect(await findings(), "warning").toEqual([]);
    await run(page, { type: "set-mode", mode: "command" });
    await whenIdle(page);
    expect(await findings(), "command mode").toEqual([]);
    await run(page, { type: "set-mode", mode: "explore" });
    await run(page, { type: "close-scenario" });
  });

  it("model, element and close-up have no finding", async () => {
    const { page } = twin;
    await run(page, { type: "open-ifc", source: SAMPLE_URL });
    const { models } = await state(page);
    await whenIdle(page);
    expect(await findings(), "model list").toEqual([]);
    await run(page, { type: "open-building", id: models.models[0]!.id });
    await whenIdle(page);
    expect(await findings(), "close-up").toEqual([]);
    await run(page, { type: "close-building" });
    await run(page, { type: "remove-model", id: models.models[0]!.id });
  });

  it("the keyboard alone changes the look, opens a scenario and leaves again", async () => {
    const { page } = twin;
    await page.goto(`${twin.server.url}/${BARE_CITY}`, { waitUntil: "domcontentloaded" });
    await waitForTwin(page);
    await whenIdle(page);
    const tabTo = async (name: RegExp) => {
      for (let i = 0; i < 80; i++) {
        await page.keyboard.press("Tab");
        const focused = await page.evaluate(() => {
          const active = document.activeElement;
          const element = active === document.body ? null : active;
          const style = element ? getComputedStyle(element) : null;
          return {
            name: element?.getAttribute("aria-label") ?? element?.textContent ?? "",
            isRinged: style !== null && (style.outlineStyle !== "none" || style.boxShadow !== "none"),
          };
        });
        if (name.test(focused.name)) {
          expect(focused.isRinged, `${focused.name} shows its focus`).toBe(true);
          return;
        }
      }
      throw new Error(`the keyboard does not reach ${name}`);
    };
    await tabTo(new RegExp(zh("look.white")));
    await page.keyboard.press("Enter");
    await waitForState(page, "the look is white", (s) => s.city.look === "white");
    const { available } = (await state(page)).scenario;
    await tabTo(new RegExp(available[0]!.title.zh));
    await page.keyboard.press("Enter");
    await waitForState(page, "the scenario is open", (s) => s.scenario.active !== null);
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("Dalian");
    await page.keyboard.press("Enter");
    await waitForState(page, "the city is Dalian", (s) => s.city.city === "dalian");
  });

  it("speaks English and Chinese everywhere, and says which", async () => {
    const { page } = twin;
    await page.getByRole("button", { name: zh("top.locale") }).click();
    await waitForState(page, "it is English", (s) => s.ui.locale === "en");
    await page.getByRole("heading", { name: en("app.name") }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toMatch(/^en/);
    const body = await page.evaluate(() => document.body.textContent ?? "");
    expect(body.match(/\b(undefined|NaN|\[object Object\])\b/g)).toBeNull();
    await page.getByRole("button", { name: en("top.locale") }).click();
    await waitForState(page, "it is Chinese", (s) => s.ui.locale === "zh-CN");
    expect(await page.evaluate(() => document.documentElement.lang)).toMatch(/^zh/);
  });

  it("has a large type mode with a base of at least 18 px", async () => {
    const { page } = twin;
    await page.getByRole("button", { name: zh("top.largeType") }).click();
    await waitForState(page, "type is large", (s) => s.ui.largeType);
    const size = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
    expect(size).toBeGreaterThanOrEqual(18);
    expect(await findings()).toEqual([]);
    await page.getByRole("button", { name: zh("top.largeType") }).click();
  });

  it("the city is never less than half of a 1440 x 900 screen with every panel open", async () => {
    const { page } = twin;
    for (const side of ["left", "right", "bottom"] as const)
      await run(page, { type: "show-panel", side, open: true });
    await whenIdle(page);
    const free = await page.evaluate(() => {
      let hits = 0;
      const step = 20;
      for (let x = step / 2; x < 1440; x += step)
        for (let y = step / 2; y < 900; y += step) {
          const element = document.elementFromPoint(x, y);
          if (element?.tagName === "CANVAS" && element.closest("#city")) hits++;
        }
      return (hits * step * step) / (1440 * 900);
    });
    expect(free).toBeGreaterThanOrEqual(0.45);
    await run(page, { type: "show-panel", side: "bottom", open: false });
  });
});
