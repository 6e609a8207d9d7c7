import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BARE_CITY, launchTwin, type TwinUnderTest } from "./launch.ts";
import { expectAlive, run, state, waitForState, whenIdle } from "./twin-page.ts";
import { having, zh } from "./words.ts";

/** Rain rises, an alert fires, and a commander takes it to the close: with the mouse and with the keyboard. */
describe("an incident", () => {
  let twin: TwinUnderTest;

  beforeAll(async () => {
    twin = await launchTwin({ address: `${BARE_CITY}&scenario=hazard-flood&mode=command` });
    await whenIdle(twin.page);
  });
  afterAll(() => twin?.close());

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

  it("leaves no error in the console", () => {
    expect(twin.problems.list()).toEqual([]);
  });
});
