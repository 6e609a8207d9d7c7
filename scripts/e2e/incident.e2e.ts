import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BARE_CITY, launchTwin, type TwinUnderTest, waitForTwin } from "./launch.ts";
import { expectAlive, run, state, waitForState, whenIdle } from "./twin-page.ts";
import { having, zh } from "./words.ts";

const TOKEN = "open-sesame-now";

/** Rain rises, an alert fires, and a commander takes it to the close: with the mouse and with the keyboard. */
describe("an incident", () => {
  let twin: TwinUnderTest;
  let incidentId = "";
  const caps = async () =>
    (await state(twin.page)).incidents.incidents.find(({ id }) => id === incidentId)?.caps ?? [];

  beforeAll(async () => {
    twin = await launchTwin({
      address: `${BARE_CITY}&scenario=hazard-flood&mode=command`,
      publishToken: TOKEN,
    });
    await whenIdle(twin.page);
  });
  afterAll(() => twin?.close());

  it("what matters is announced until somebody has taken note", async () => {
    const { page } = twin;
    const { announcements } = await waitForState(
      page,
      "something is announced",
      (s) => s.announcements.waiting.length > 0 && s.risk.warnings.length > 1,
    );
    for (const { level } of announcements.waiting) expect(level).toBeLessThanOrEqual(2);
    const [worst] = announcements.waiting;
    await page.getByRole("button", { name: zh("announce.known"), exact: true }).click();
    await waitForState(page, "it waits no more", (s) =>
      s.announcements.waiting.every(({ id }) => id !== worst!.id),
    );
    await run(page, { type: "dismiss-announcement", id: "all" });
  });

  it("begins with alerts, one line a rule, each with what raised it", async () => {
    const { page } = twin;
    await expectAlive(page);
    const { alerts } = await waitForState(page, "a rule fires", (s) =>
      s.alerts.some(({ rule }) => rule.id === "standing-water-deep"),
    );
    expect(new Set(alerts.map(({ rule }) => rule.id)).size).toBe(alerts.length);
    const deep = alerts.find(({ rule }) => rule.id === "standing-water-deep")!;
    expect(deep.alerts[0]!.evidence.at(-1)!.value).toBeGreaterThan(30);
    await page
      .getByRole("button", { name: having(zh.text(deep.rule.title)) })
      .first()
      .waitFor();
  });

  it("is opened from a rule's alerts with a click, and counts whom it concerns", async () => {
    const { page } = twin;
    const { alerts } = await state(page);
    const [worst] = alerts;
    await page
      .getByRole("listitem")
      .filter({ hasText: zh.text(worst!.rule.title) })
      .getByRole("button", { name: zh("incident.openFrom") })
      .first()
      .click();
    const { incidents } = await waitForState(
      page,
      "an incident is chosen",
      (s) => s.incidents.chosen !== null,
    );
    expect(incidents.incidents).toHaveLength(1);
    expect(incidents.incidents[0]).toMatchObject({ phase: "monitor", acknowledged: null });
    await waitForState(page, "buildings are counted", (s) => (s.incidents.affected?.buildings ?? 0) > 0);
  });

  it("is acknowledged and taken to consultation with the keyboard alone", async () => {
    const { page } = twin;
    await run(page, { type: "set-actor", name: "李值班" });
    await page.getByRole("button", { name: zh("incident.acknowledge") }).press("Enter");
    await waitForState(
      page,
      "it is acknowledged",
      (s) => s.incidents.incidents[0]?.acknowledged?.by === "李值班",
    );
    for (const phase of ["verify", "consult"] as const) {
      await page
        .getByRole("button", { name: zh("incident.phaseTo", { name: zh(`incident.phase.${phase}`) }) })
        .press("Enter");
      await waitForState(page, `it is at ${phase}`, (s) => s.incidents.incidents[0]?.phase === phase);
    }
    await page.getByPlaceholder(zh("incident.notePlaceholder")).fill("<b>青年大街</b>积水 40 cm");
    await page.keyboard.press("Control+Enter");
    await waitForState(page, "the note is kept", (s) => s.incidents.incidents[0]?.notes.length === 1);
    await page.getByText("<b>青年大街</b>积水 40 cm").first().waitFor();
  });

  it("a faulty draft says where and cannot go out", async () => {
    const { page } = twin;
    incidentId = (await state(page)).incidents.chosen!;
    await page.getByRole("button", { name: zh("cap.draft"), exact: true }).click();
    const headline = page.getByLabel(`${zh("cap.field.headline")} · ${zh("cap.language.zh")}`);
    const wording = await headline.inputValue();
    await headline.fill("");
    await page.getByRole("button", { name: having(zh("cap.problem.empty")) }).click();
    expect(await headline.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.getByRole("button", { name: zh("cap.issue") }).isDisabled()).toBe(true);
    await headline.fill(wording);
  });

  it("issues after a confirmation that names who, what and where; the broker keeps it; it comes back once", async () => {
    const { page } = twin;
    await page.getByLabel(zh("cap.token")).fill(TOKEN);
    await page.getByRole("button", { name: zh("cap.tokenUse") }).click();
    await page.getByText(zh("cap.tokenSet")).waitFor();
    await page.getByRole("button", { name: zh("cap.issue") }).click();
    await page.getByText(zh("cap.who"), { exact: true }).waitFor();
    await page
      .getByRole("button", { name: zh("cap.confirm", { status: zh("warning.status.Exercise") }) })
      .click();
    await expect.poll(async () => (await caps())[0]?.deliveries[0]?.result, { timeout: 20_000 }).toBe("sent");
    const identifier = (await caps())[0]!.message.identifier;
    const back = await waitForState(page, "it comes back", (s) =>
      s.risk.warnings.some(({ id }) => id === identifier),
    );
    expect(back.risk.warnings.filter(({ id }) => id === identifier)).toHaveLength(1);
    expect(back.announcements.waiting.some(({ target }) => "id" in target && target.id === identifier)).toBe(
      false,
    );
    expect(JSON.stringify(back)).not.toContain(TOKEN);
    expect(page.url()).not.toContain(TOKEN);
  });

  it("a cancel ends it everywhere", async () => {
    const { page } = twin;
    await run(page, { type: "cancel-cap", incidentId, reason: "雨势减弱" });
    const identifier = (await caps())[0]!.message.identifier;
    await waitForState(page, "it is over", (s) => s.risk.warnings.every(({ id }) => id !== identifier));
    expect((await caps()).map(({ message }) => message.msgType)).toEqual(["Alert", "Cancel"]);
  });

  it("exports the affected list as a spreadsheet and as GeoJSON", async () => {
    const { page } = twin;
    const { incidents } = await state(page);
    const [sheet] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: zh("incident.exportCsv") }).click(),
    ]);
    const csv = readFileSync(await sheet.path(), "utf8");
    expect(csv.trim().split("\n").length).toBeGreaterThan(Math.min(20, incidents.affected!.buildings));
    const [map] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: zh("incident.exportGeoJson") }).click(),
    ]);
    expect(JSON.parse(readFileSync(await map.path(), "utf8")).type).toBe("FeatureCollection");
  });

  it("is taken through warning and response to the close, which can be taken back", async () => {
    const { page } = twin;
    for (const phase of ["warn", "respond", "close"] as const) {
      await page
        .getByRole("button", { name: zh("incident.phaseTo", { name: zh(`incident.phase.${phase}`) }) })
        .press("Enter");
      await waitForState(page, `it is at ${phase}`, (s) => s.incidents.incidents[0]?.phase === phase);
    }
    await page
      .getByRole("button", { name: zh("incident.takeBack") })
      .first()
      .waitFor();
  });

  it("the report tells it in order, with a picture, in both languages", async () => {
    const { page } = twin;
    await run(page, { type: "open-report", incidentId });
    const report = page.getByRole("dialog", { name: zh("report.title") });
    await report.getByRole("img", { name: having(zh("report.picture.area")) }).waitFor();
    for (const key of ["report.summary", "report.decisions", "report.issued", "report.sources"] as const)
      await report.getByRole("heading", { name: zh(key) }).waitFor();
    await report.getByRole("button", { name: zh("report.language"), exact: true }).click();
    await page.getByRole("heading", { name: "Decisions in order" }).waitFor();
    await run(page, { type: "set-locale", locale: "zh-CN" });
    await page.keyboard.press("Escape");
    await waitForState(page, "the report is closed", (s) => s.ui.overlay === "none");
  });

  it("the wall shows the city without anything to press, and any press leaves it", async () => {
    const { page } = twin;
    await page.getByRole("button", { name: zh("wall.open") }).click();
    await page.getByRole("heading", { name: zh("glance.worst") }).waitFor();
    expect(await page.locator(".lt-wall-side[inert]").count()).toBe(1);
    await page.mouse.click(900, 500);
    await waitForState(page, "the commander's own screen", (s) => s.ui.mode === "command");
  });

  it("after a reload nothing is lost, and a moment of the past has the same hash as before", async () => {
    const { page } = twin;
    const { timeline, incidents } = await waitForState(
      page,
      "the log has a span",
      (s) => s.timeline.range !== null && s.timeline.storage === "ready",
    );
    const [incident] = incidents.incidents;
    const middleMs = Math.round((incident!.openedMs + incident!.closedMs!) / 2);
    expect(timeline.range!.fromMs).toBeLessThan(middleMs);
    await run(page, { type: "go-to-time", timeMs: middleMs });
    const before = await state(page);
    expect(before.timeline).toMatchObject({ mode: "past", atMs: middleMs });
    expect(before.timeline.hash).toMatch(/^[0-9a-f]{16}$/);
    expect(before.incidents.incidents[0]!.phase).not.toBe("close");
    await page.getByText(zh("timeline.badge.past")).first().waitFor();
    await expect(
      run(page, { type: "note-incident", id: incident!.id, text: "不能写进过去" }),
    ).rejects.toThrow(/^incident\.past|^timeline\.past/);
    await run(page, { type: "choose-incident", id: null });
    await page.keyboard.press("Escape");
    await waitForState(page, "the present is back", (s) => s.timeline.mode === "live");

    await page.reload({ waitUntil: "domcontentloaded" });
    await waitForTwin(page);
    const again = await waitForState(
      page,
      "the incident is read back",
      (s) => s.incidents.incidents.length === 1 && s.timeline.storage === "ready",
    );
    expect(again.incidents.incidents[0]).toEqual(incident);
    // what the address asks for comes first: opening its scenario leads back to the present
    await whenIdle(page);
    await run(page, { type: "go-to-time", timeMs: middleMs });
    expect((await state(page)).timeline.hash).toBe(before.timeline.hash);
    await run(page, { type: "go-live" });
  });

  it("leaves no error in the console", () => {
    expect(twin.problems.list()).toEqual([]);
  });
});
