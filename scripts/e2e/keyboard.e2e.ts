import { readFileSync } from "node:fs";
import type { Download } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Keys } from "./keys.ts";
import { BARE_CITY, launchTwin, type TwinUnderTest, waitForTwin } from "./launch.ts";
import { expectAlive, state, type TwinState, waitForState, whenIdle } from "./twin-page.ts";
import { having, zh } from "./words.ts";

const TOKEN = "open-sesame-now";

/** The whole of an incident by keyboard alone: no pointer, no command from outside. */
describe("an incident by keyboard alone", () => {
  let twin: TwinUnderTest;
  let keys: Keys;
  let past: { atMs: number; hash: string };
  const incidentOf = ({ incidents }: TwinState) => incidents.incidents[0]!;
  const phaseTo = (phase: string) => having(zh("incident.phaseTo", { name: phase }));

  beforeAll(async () => {
    twin = await launchTwin({ address: BARE_CITY, publishToken: TOKEN });
    await whenIdle(twin.page);
    keys = new Keys(twin.page);
  });
  afterAll(() => twin?.close());

  async function palette(words: string): Promise<void> {
    await keys.press("Control+k");
    await keys.isAt(having(zh("palette.title")));
    await keys.type(words);
    await keys.press("Enter");
    await waitForState(twin.page, "the palette has closed", (s) => s.ui.overlay === "none");
  }

  /** The playhead to the newest mark that is not after `timeMs`; the moment is shown when it resolves. */
  async function playBackTo(timeMs: number): Promise<void> {
    const { page } = twin;
    await keys.goTo(new RegExp(`^${zh("timeline.live")}$`), "F6", 10);
    await keys.goTo(having(zh("timeline.playhead")));
    await keys.press("End");
    let { timeline } = await waitForState(page, "the past is shown", (s) => s.timeline.mode === "past");
    while (timeline.atMs! > timeMs) {
      const before = timeline.atMs;
      await keys.press("PageUp");
      ({ timeline } = await waitForState(page, "the playhead moves", (s) => s.timeline.atMs !== before));
    }
    await whenIdle(page);
  }

  async function goLive(): Promise<void> {
    await keys.goTo(new RegExp(`^${zh("timeline.live")}$`), "Shift+Tab");
    await keys.press("Enter");
    await waitForState(twin.page, "the present is back", (s) => s.timeline.mode === "live");
    await keys.isAt(new RegExp(zh("timeline.live")));
    // the address follows a little later, and a reload would bring the moment back
    await twin.page.waitForURL((url) => !url.searchParams.has("at"));
  }

  it("rain rises, the warning fires, and the keyboard is at it with one key", async () => {
    const { page } = twin;
    await expectAlive(page);
    const { available } = (await state(page)).scenario;
    await palette(zh.text(available.find(({ id }) => id === "hazard-flood")!.title));
    await waitForState(page, "the scenario is open", (s) => s.scenario.active !== null);
    await palette(zh("mode.command"));
    await waitForState(page, "command mode", (s) => s.ui.mode === "command");
    const { announcements } = await waitForState(
      page,
      "a rule fires and a warning waits",
      (s) =>
        s.announcements.waiting.length > 0 && s.alerts.some(({ rule }) => rule.id === "standing-water-deep"),
    );
    await keys.press("F6");
    await keys.isAt(having(zh("announce.show")));
    await keys.goTo(having(zh("announce.known")));
    await keys.press("Enter");
    await waitForState(page, "it is taken note of", (s) =>
      s.announcements.waiting.every(({ id }) => id !== announcements.waiting[0]!.id),
    );
  });

  it("says who sits here and makes an incident of the alert; the focus goes where it opens", async () => {
    const { page } = twin;
    await keys.goTo(new RegExp(`^${zh("incident.actorGive")}$`));
    await keys.press("Enter");
    await keys.isAt(having(zh("incident.actor")));
    await keys.type("李值班");
    await keys.press("Enter");
    await waitForState(page, "the name is kept", (s) => s.incidents.actor === "李值班");
    await keys.isAt(having(zh("incident.actorChange")));
    await keys.goTo(new RegExp(`^${zh("incident.openFrom")}$`));
    await keys.press("Enter");
    const { incidents } = await waitForState(
      page,
      "an incident is chosen",
      (s) => s.incidents.chosen !== null,
    );
    await keys.isAt(having(zh.text(incidents.incidents[0]!.title)));
  });

  it("acknowledges, verifies, consults: each press leaves the focus on the next step", async () => {
    const { page } = twin;
    await keys.goTo(new RegExp(`^${zh("incident.acknowledge")}$`));
    await keys.press("Enter");
    await waitForState(page, "it is acknowledged", (s) => incidentOf(s).acknowledged?.by === "李值班");
    for (const phase of ["verify", "consult"] as const) {
      await keys.isAt(phaseTo(zh(`incident.phase.${phase}`)));
      await keys.press("Enter");
      await waitForState(page, `it is at ${phase}`, (s) => incidentOf(s).phase === phase);
    }
    await keys.isAt(/./);
  });

  it("sets the warning level and the response level: two scales, two groups", async () => {
    const { page } = twin;
    await keys.goTo(having(zh("warning.level.1")));
    await keys.press("ArrowRight Space");
    await waitForState(page, "the warning is orange", (s) => incidentOf(s).warningLevel === 2);
    await keys.goTo(having(zh("incident.response.1")));
    await keys.press("ArrowRight ArrowRight Space");
    await waitForState(page, "the response is III", (s) => incidentOf(s).responseLevel === 3);
    expect(incidentOf(await state(page)).eventGrade).toBeNull();
  });

  it("exports whom it touches", async () => {
    const { page } = twin;
    await waitForState(page, "they are counted", (s) => (s.incidents.affected?.buildings ?? 0) > 0);
    await keys.goTo(new RegExp(zh("incident.exportCsv")));
    const [file] = await Promise.all([page.waitForEvent("download"), keys.press("Enter")]);
    const csv = readFileSync(await (file as Download).path(), "utf8");
    expect(csv.trim().split("\n").length).toBeGreaterThan(3);
    const rows = page.getByRole("list", { name: zh("affected.buildings") }).getByRole("button");
    await keys.goTo(having((await rows.first().textContent())!));
    await keys.press("End");
    await keys.isAt(having((await rows.last().textContent())!));
  });

  it("drafts and issues a warning", async () => {
    const { page } = twin;
    await keys.goTo(new RegExp(`^${zh("cap.draft")}$`));
    await keys.press("Enter");
    const { title } = incidentOf(await state(page));
    await keys.isAt(having(zh("cap.title", { name: zh.text(title) })));
    await keys.goTo(having(zh("cap.token")));
    await keys.type(TOKEN);
    await keys.press("Enter");
    await waitForState(page, "the token is set", (s) => s.cap.outlets.some(({ hasSecret }) => hasSecret));
    await keys.goTo(new RegExp(`^${zh("cap.issue")}$`));
    await keys.press("Enter");
    await keys.isAt(having(zh("cap.confirm", { status: zh("warning.status.Exercise") })));
    await keys.press("Enter");
    await waitForState(
      page,
      "it is sent",
      (s) => s.ui.overlay === "none" && incidentOf(s).caps?.[0]?.deliveries[0]?.result === "sent",
    );
    await keys.isAt(having(zh("cap.draftUpdate")));
  });

  it("goes on to the close, and takes nothing with it", async () => {
    const { page } = twin;
    await keys.goTo(phaseTo(zh("incident.phase.warn")), "Shift+Tab");
    for (const phase of ["warn", "respond", "close"] as const) {
      const name = phaseTo(zh(`incident.phase.${phase}`));
      if (!name.test((await keys.focus()).name)) await keys.goTo(name);
      await keys.press("Enter");
      await waitForState(page, `it is at ${phase}`, (s) => incidentOf(s).phase === phase);
      await keys.isAt(/./);
    }
  });

  it("replays to a moment in its middle with the playhead's keys", async () => {
    const { page } = twin;
    const { incidents } = await state(page);
    const { openedMs, closedMs } = incidents.incidents[0]!;
    await waitForState(page, "the log has it", (s) => (s.timeline.range?.toMs ?? 0) >= closedMs!);
    await playBackTo((openedMs + closedMs!) / 2);
    const { timeline, incidents: then } = await state(page);
    expect(then.incidents[0]!.phase).not.toBe("close");
    past = { atMs: timeline.atMs!, hash: timeline.hash! };
    expect(past.hash).toMatch(/^[0-9a-f]{16}$/);
    await goLive();
  });

  it("after a reload the same keys lead to the same moment with the same hash", async () => {
    const { page } = twin;
    await page.reload({ waitUntil: "domcontentloaded" });
    await waitForTwin(page);
    await waitForState(
      page,
      "the incident is read back",
      (s) => s.timeline.storage === "ready" && s.incidents.incidents.some(({ phase }) => phase === "close"),
    );
    await whenIdle(page);
    await playBackTo(past.atMs);
    const { timeline } = await state(page);
    expect(timeline).toMatchObject(past);
    await goLive();
  });

  it("never lost the focus out of sight, and left no error", () => {
    expect(keys.complaints).toEqual([]);
    expect(twin.problems.list()).toEqual([]);
  });
});
