import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeCap } from "../../src/domain/cap-writer.ts";
import type { Incident } from "../../src/domain/incident.ts";
import { publishRetained } from "../../src/feed/mqtt-publish.ts";
import { ROOT } from "../root.ts";
import { readRecordings } from "../server/storm-recording.ts";
import { placeSensors } from "../server/storm-sensors.ts";
import { SAMPLE_URL } from "./ifc-inputs.ts";
import { BARE_CITY, launchTwin, type TwinUnderTest } from "./launch.ts";
import { expectAlive, run, state, waitForState, whenIdle } from "./twin-page.ts";
import { zh } from "./words.ts";

const TOKEN = "open-sesame-now";
const CAP_SCHEMA = join(ROOT, "../../shared/data/schemas/CAP-v1.2.xsd");
const canValidate = existsSync(CAP_SCHEMA) && spawnSync("xmllint", ["--version"]).status === 0;

/** What a commander has besides the incident itself: warnings that are updated and ended, what-ifs, zones, crews, the clock, rooms. */
describe("a commander's means", () => {
  let twin: TwinUnderTest;
  let id = "";
  const incident = async (): Promise<Incident> =>
    (await state(twin.page)).incidents.incidents.find((one) => one.id === id)!;

  beforeAll(async () => {
    twin = await launchTwin({
      address: `${BARE_CITY}&scenario=hazard-chemical&mode=command`,
      publishToken: TOKEN,
    });
    await whenIdle(twin.page);
  });
  afterAll(() => twin?.close());

  it("an incident is registered by hand, and another is made of a warning", async () => {
    const { page } = twin;
    await page.getByRole("button", { name: zh("incident.newTitle") }).click();
    await page.keyboard.type("居民来电：氨味");
    await page.keyboard.press("Enter");
    const { incidents } = await waitForState(page, "it is there", (s) => s.incidents.chosen !== null);
    expect(incidents.incidents[0]).toMatchObject({ origin: { kind: "person" }, phase: "monitor" });
    await run(page, { type: "move-incident", id: incidents.chosen!, phase: "close" });
    await run(page, { type: "choose-incident", id: null });
    const { risk } = await waitForState(page, "a warning is in force", (s) => s.risk.warnings.length > 0);
    await run(page, { type: "choose-warning", id: risk.warnings[0]!.id });
    await page
      .getByRole("complementary", { name: zh("panel.right") })
      .getByRole("button", { name: zh("incident.openFrom") })
      .click();
    const opened = await waitForState(
      page,
      "the warning's incident is chosen",
      (s) => s.incidents.chosen !== null && s.incidents.incidents.length === 2,
    );
    id = opened.incidents.chosen!;
    expect((await incident()).origin).toMatchObject({ kind: "warning", id: risk.warnings[0]!.id });
  });

  it("a warning is issued, updated and cancelled: each valid CAP 1.2 that refers to the one before", async () => {
    const { page } = twin;
    const { outlets } = (await state(page)).cap;
    await run(page, { type: "set-secret", name: outlets[0]!.secret, value: TOKEN });
    for (const type of ["Alert", "Update"] as const) {
      await run(page, { type: "draft-cap", incidentId: id });
      await page.getByRole("button", { name: zh("cap.issue") }).click();
      await page
        .getByRole("button", { name: zh("cap.confirm", { status: zh("warning.status.Exercise") }) })
        .click();
      await waitForState(
        page,
        `the ${type} is issued`,
        (s) =>
          s.ui.overlay === "none" &&
          s.incidents.incidents.some((one) => one.id === id && one.caps?.at(-1)?.message.msgType === type),
      );
    }
    await run(page, { type: "cancel-cap", incidentId: id, reason: "泄漏已封堵" });
    const messages = (await incident()).caps!.map(({ message }) => message);
    expect(messages.map(({ msgType }) => msgType)).toEqual(["Alert", "Update", "Cancel"]);
    for (const [i, message] of messages.entries())
      if (i > 0) expect(message.references?.join(" ")).toContain(messages[i - 1]!.identifier);
    if (!canValidate) return;
    const folder = mkdtempSync(join(tmpdir(), "cap-"));
    for (const message of messages) {
      const file = join(folder, `${message.msgType}.xml`);
      writeFileSync(file, writeCap(message));
      const { status, stderr } = spawnSync("xmllint", ["--noout", "--nonet", "--schema", CAP_SCHEMA, file]);
      expect(status, String(stderr)).toBe(0);
    }
    rmSync(folder, { recursive: true });
  });

  it("a what-if leaves the log as it was", async () => {
    const { page } = twin;
    const { openedMs, notes } = await incident();
    await run(page, { type: "go-to-time", timeMs: openedMs + 1 });
    const before = await state(page);
    await page.getByRole("button", { name: zh("timeline.whatIf") }).click();
    await waitForState(page, "a branch has begun", (s) => s.timeline.mode === "branch");
    await page.getByText(zh("timeline.badge.branch")).first().waitFor();
    await run(page, { type: "note-incident", id, text: "假如立即疏散" });
    expect((await incident()).notes).toHaveLength(1);
    await page.getByRole("button", { name: zh("timeline.leave") }).click();
    const after = await waitForState(
      page,
      "the past is as it was",
      (s) => s.timeline.mode === "past" && s.incidents.incidents.every((one) => one.notes.length === 0),
    );
    await whenIdle(page);
    expect((await state(page)).timeline.hash).toBe(before.timeline.hash);
    expect(after.timeline.branch).toBeNull();
    await run(page, { type: "go-live" });
    expect((await incident()).notes).toEqual(notes);
  });

  it("an evacuation zone is drawn on the map, and zones are taken from a gas release", async () => {
    const { page } = twin;
    await run(page, { type: "choose-incident", id });
    await page.getByRole("button", { name: zh("command.draw-zone") }).click();
    await page.getByRole("menuitem", { name: zh("zone.kind.evacuation") }).click();
    for (const [i, [x, y]] of [
      [560, 420],
      [820, 440],
      [700, 640],
    ].entries()) {
      await page.mouse.click(x!, y!);
      await waitForState(page, "a corner is set", (s) => s.response.drawing?.ring.length === i + 1);
    }
    await page.getByRole("button", { name: zh("zone.finish") }).click();
    const drawn = await waitForState(page, "the zone stands", (s) => s.response.zones.length === 1);
    expect(drawn.response.zones[0]).toMatchObject({ kind: "evacuation", origin: "drawn", incidentId: id });
    await page.getByRole("button", { name: zh("release.compute") }).click();
    const { response } = await waitForState(
      page,
      "the zones of the release stand",
      (s) => s.response.zones.filter(({ origin }) => origin === "release").length >= 2,
    );
    const released = response.zones.filter(({ origin }) => origin === "release");
    expect(new Set(released.map(({ kind }) => kind))).toContain("isolation");
    for (const { provenance } of response.zones) expect(provenance.kind).toMatch(/^[A-Z]+$/);
  });

  it("a crew is sent by road and arrives", async () => {
    const { page } = twin;
    const { response } = await waitForState(
      page,
      "ways are known",
      (s) => s.response.routeTarget?.incidentId === id && s.response.routes.length > 0,
    );
    const [way] = response.routes;
    expect(way!.length).toBeGreaterThan(0);
    await page
      .getByRole("button", { name: zh("unit.dispatch"), exact: true })
      .first()
      .click();
    const sent = await waitForState(page, "a crew is on its way", (s) =>
      s.response.units.some((unit) => unit.incidentId === id),
    );
    const crew = sent.response.units.find((unit) => unit.incidentId === id)!;
    expect(sent.response.routes.find(({ unitId }) => unitId === crew.id)!.length).toBeGreaterThan(100);
    await run(page, { type: "set-feed-clock", id: "chemical-hub", speed: 60 });
    await waitForState(page, "it has arrived", (s) =>
      s.response.units.some((unit) => unit.id === crew.id && unit.status === "onScene"),
    );
  });

  it("the hub's clock is stopped and sped up from the feed list", async () => {
    const { page } = twin;
    await run(page, { type: "show-panel", side: "bottom", open: true });
    const { title } = (await state(page)).feeds.find(({ id: feed }) => feed === "chemical-hub")!;
    await page.getByRole("button", { name: zh("feed.details", { name: zh.text(title) }) }).click();
    await page
      .getByRole("button", { name: zh("feed.pause") })
      .first()
      .click();
    await waitForState(page, "it stands", (s) => s.feeds.some(({ clock }) => clock?.paused === true));
    await page
      .getByRole("button", { name: zh("feed.play") })
      .first()
      .click();
    await page.getByRole("radio", { name: "×30" }).first().click();
    await waitForState(page, "it is fast", (s) =>
      s.feeds.some(({ clock }) => clock?.paused === false && clock.speed === 30),
    );
    await run(page, { type: "show-panel", side: "bottom", open: false });
  });

  it("a gas alarm in a room of an IFC model opens that room", async () => {
    const { page, server } = twin;
    await run(page, { type: "open-scenario", id: "hazard-flood" });
    await run(page, { type: "open-ifc", source: SAMPLE_URL });
    const recording = readRecordings().find(({ city }) => city === "shenyang")!;
    const detector = placeSensors(recording).find(({ ifcGlobalId, silent }) => ifcGlobalId && !silent)!;
    const flood = await waitForState(
      page,
      "sensors report",
      (s) =>
        s.risk.sensors >= 2000 &&
        s.feeds.some(({ id: feed, state: is }) => feed === "city-hub" && is === "live"),
    );
    expect(flood.models.models).toHaveLength(1);
    await run(page, { type: "set-feed-clock", id: "city-hub", paused: true });
    await waitForState(page, "the storm stands", (s) => s.feeds[0]!.clock?.paused === true);
    const time = new Date(Date.now() + 1000).toISOString();
    const published = await publishRetained({
      url: `${server.url.replace("http", "ws")}/mqtt`,
      username: "duty",
      password: TOKEN,
      topic: `liaotwin/shenyang/v1.1/Datastreams(${detector.datastreamId})/Observations`,
      payload: JSON.stringify({ phenomenonTime: time, resultTime: time, result: 61 }),
    });
    expect(published.result, published.detail).toBe("sent");
    await waitForState(page, "the alarm is among the worst", (s) =>
      s.risk.worst.some(({ level }) => level === 1),
    );
    await run(page, { type: "select", target: { kind: "sensor", sensorId: detector.code } });
    await page.getByRole("button", { name: zh("sensor.openRoom") }).click();
    const { models, selection } = await waitForState(
      page,
      "the room is open",
      (s) => s.models.open !== null && s.selection.kind === "element",
    );
    expect(models.open).toBe(flood.models.models[0]!.id);
    expect(selection).toMatchObject({ kind: "element", globalId: detector.ifcGlobalId });
    await whenIdle(page);
    await expectAlive(page, "#bim");
    await page.keyboard.press("Escape");
  });

  it("leaves no error in the console", () => {
    expect(twin.problems.list()).toEqual([]);
  });
});
