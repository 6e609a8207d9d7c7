import { readFileSync } from "node:fs";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BARE_CITY, launchTwin, type TwinUnderTest, waitForTwin } from "./launch.ts";
import { run, state, type TwinState, waitForState, whenIdle } from "./twin-page.ts";
import { watchPage } from "./watch-page.ts";
import { zh } from "./words.ts";

/** An incident leaves one computer as a file and is looked at on another that has never seen it. */
describe("an incident package", () => {
  let twin: TwinUnderTest;
  let other: Page;
  let problems: Awaited<ReturnType<typeof watchPage>>;
  let file: Buffer;
  /** Moments of the past, with what stood there. */
  const moments: { readonly atMs: number; readonly shown: TwinState }[] = [];

  beforeAll(async () => {
    twin = await launchTwin({ address: `${BARE_CITY}&scenario=hazard-flood&mode=command` });
    await whenIdle(twin.page);
  });
  afterAll(() => twin?.close());

  async function stateAt(page: Page, atMs: number): Promise<TwinState> {
    await run(page, { type: "go-to-time", timeMs: atMs });
    await whenIdle(page);
    return state(page);
  }

  /** Chooses a file in the package menu, as users do. */
  async function choose(page: Page, buffer: Buffer): Promise<void> {
    await page.getByRole("button", { name: zh("timeline.more"), exact: true }).press("Enter");
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("menuitem", { name: zh("timeline.import") }).press("Enter"),
    ]);
    await chooser.setFiles({ name: "incident.zip", mimeType: "application/zip", buffer });
  }

  function rewritten(change: (files: Record<string, Uint8Array>) => void): Buffer {
    const files = unzipSync(new Uint8Array(file));
    change(files);
    return Buffer.from(zipSync(files));
  }

  it("is exported from the menu with everything that was decided and seen", async () => {
    const { page } = twin;
    await waitForState(page, "a rule fires", (s) => s.alerts.length > 0 && s.risk.warnings.length > 0);
    const { alerts } = await state(page);
    await run(page, { type: "open-incident", ruleId: alerts[0]!.rule.id });
    const { incidents } = await waitForState(page, "it is chosen", (s) => s.incidents.chosen !== null);
    const id = incidents.chosen!;
    await run(page, { type: "acknowledge-incident", id });
    await run(page, { type: "note-incident", id, text: "<i>青年大街</i>积水 40 cm" });
    await run(page, { type: "attach-view", id });
    const kept = await waitForState(page, "the view has a picture", (s) =>
      s.incidents.incidents.some((one) => one.views[0]?.image !== undefined),
    );
    const { openedMs } = kept.incidents.incidents[0]!;
    const newest = await waitForState(
      page,
      "the log goes on",
      (s) => s.timeline.range!.toMs > openedMs + 6000,
    );
    for (const atMs of [openedMs + 1, newest.timeline.range!.toMs - 1])
      moments.push({ atMs, shown: await stateAt(page, atMs) });
    expect(moments[0]!.shown.incidents.incidents[0]!.notes).toEqual([]);
    expect(moments[1]!.shown.incidents.incidents[0]!.notes).toHaveLength(1);
    expect(moments[0]!.shown.timeline.hash).not.toBe(moments[1]!.shown.timeline.hash);
    await run(page, { type: "go-live" });
    await page.getByRole("button", { name: zh("timeline.more"), exact: true }).press("Enter");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: zh("timeline.export") }).press("Enter"),
    ]);
    expect(download.suggestedFilename()).toMatch(/^liaotwin-.*\.zip$/);
    file = readFileSync(await download.path());
  });

  it("opens in a browser that has never seen the city: same states at the same moments, pictures and views", async () => {
    // one page at a time: software GL draws both with the same two cores
    await twin.page.goto("about:blank");
    const context = await twin.browser.newContext({
      viewport: { width: 1440, height: 900 },
      deviceScaleFactor: 0.3,
      locale: "zh-CN",
      timezoneId: "Asia/Shanghai",
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(120_000);
    other = await context.newPage();
    problems = await watchPage(other);
    await other.goto(`${twin.server.url}/${BARE_CITY}`, { waitUntil: "domcontentloaded" });
    await waitForTwin(other);
    await whenIdle(other);
    expect((await state(other)).incidents.incidents).toEqual([]);
    await choose(other, file);
    const opened = await waitForState(
      other,
      "the package is shown",
      (s) =>
        s.timeline.packageName !== null && s.timeline.hash !== null && s.incidents.incidents.length === 1,
    );
    expect(opened.scenario.active?.id).toBe("hazard-flood");
    for (const { atMs, shown } of moments) {
      const now = await stateAt(other, atMs);
      expect(now.timeline.hash).toBe(shown.timeline.hash);
      expect(now.incidents.incidents).toEqual(shown.incidents.incidents);
      expect(now.risk.sensors).toBe(shown.risk.sensors);
      expect(now.risk.warnings.map(({ id }) => id)).toEqual(shown.risk.warnings.map(({ id }) => id));
      expect(now.layers.filter(({ kind }) => kind !== "tileset")).toEqual(
        shown.layers.filter(({ kind }) => kind !== "tileset"),
      );
    }
    const [incident] = (await state(other)).incidents.incidents;
    await run(other, { type: "choose-incident", id: incident!.id });
    await other.getByText("<i>青年大街</i>积水 40 cm").first().waitFor();
    await other.locator(`img[src="${incident!.views[0]!.image}"]`).first().waitFor();
    expect(incident!.views[0]!.image).toMatch(/^data:image\//);
    await run(other, { type: "open-view", id: incident!.id, view: incident!.views[0]!.entryId });
    await other.getByText(zh("timeline.badge.package", { name: opened.timeline.packageName! })).waitFor();
  });

  it("plays, and stops at its end", async () => {
    await run(other, { type: "go-to-time", timeMs: moments[0]!.atMs });
    await run(other, { type: "play-timeline", speed: 600 });
    const ended = await waitForState(
      other,
      "it has played to its end",
      (s) => !s.timeline.isPlaying && s.timeline.atMs === s.timeline.range!.toMs,
    );
    expect(ended.incidents.incidents[0]!.notes).toHaveLength(1);
  });

  it.each([
    ["cut short", "package.damaged", () => file.subarray(0, Math.floor(file.length / 2))],
    [
      "changed by a hand",
      "package.hash",
      () =>
        rewritten((files) => {
          const lines = strFromU8(files["events.ndjson"]!).replaceAll("积水 40 cm", "积水 10 cm");
          files["events.ndjson"] = strToU8(lines);
        }),
    ],
    [
      "of a later program",
      "package.version",
      () =>
        rewritten((files) => {
          const manifest = JSON.parse(strFromU8(files["manifest.json"]!)) as Record<string, unknown>;
          files["manifest.json"] = strToU8(JSON.stringify({ ...manifest, version: 99 }));
        }),
    ],
  ] as const)("one that is %s says so in a sentence and changes nothing", async (_how, code, make) => {
    const before = await state(other);
    await choose(other, make());
    const refused = await waitForState(other, "it is refused", (s) =>
      s.notices.some(({ key }) => key === `error.${code}`),
    );
    const { key, params } = refused.notices.find((one) => one.key === `error.${code}`)!;
    await other
      .getByRole("alert")
      .filter({ hasText: zh.maybe(key, "", params) })
      .first()
      .waitFor();
    expect(refused.timeline).toEqual(before.timeline);
    expect(refused.incidents).toEqual(before.incidents);
    for (const { id } of refused.notices) await run(other, { type: "dismiss-notice", id });
  });

  it("closed, it leaves nothing behind", async () => {
    await run(other, { type: "close-package" });
    const { incidents, scenario, timeline } = await waitForState(
      other,
      "the present is back",
      (s) => s.timeline.mode === "live" && s.scenario.active === null && s.incidents.incidents.length === 0,
    );
    expect(incidents.incidents).toEqual([]);
    expect(scenario.active).toBeNull();
    expect(timeline.packageName).toBeNull();
    expect(problems.list()).toEqual([]);
    expect(twin.problems.list()).toEqual([]);
  });
});
