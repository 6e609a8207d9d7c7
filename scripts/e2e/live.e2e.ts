import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readRecordings } from "../server/storm-recording.ts";
import { placeSensors } from "../server/storm-sensors.ts";
import { createTwinServer } from "../server/twin-server.ts";
import { BARE_CITY, builtProduct, launchTwin, type TwinUnderTest } from "./launch.ts";
import {
  expectAlive,
  look,
  pictureChanged,
  run,
  screenshot,
  state,
  waitForState,
  whenIdle,
} from "./twin-page.ts";
import { having, zh } from "./words.ts";

const LEVEL_WORDS = [1, 2, 3, 4] as const;

/** Journeys 5 and 6: live risk and the flood scenario as data. */
describe("live risk", () => {
  let twin: TwinUnderTest;

  beforeAll(async () => {
    twin = await launchTwin({ address: BARE_CITY });
    await whenIdle(twin.page);
  });
  afterAll(() => twin?.close());

  it("the flood scenario opens as data and its feed comes alive", async () => {
    const { page } = twin;
    await expectAlive(page);
    const { scenario } = await state(page);
    const flood = scenario.available.find((pack) => pack.id === "hazard-flood");
    expect(flood).toBeDefined();
    await page
      .getByRole("button", { name: new RegExp(zh.text(flood!.title)) })
      .first()
      .click();
    const live = await waitForState(
      page,
      "2 000 sensors report",
      (s) =>
        s.risk.sensors >= 2000 && s.feeds.some((feed) => feed.state === "live") && s.risk.warnings.length > 0,
    );
    expect(live.scenario.active?.id).toBe("hazard-flood");
    expect(live.risk.sensorCounts.reduce((sum, n) => sum + n, 0)).toBe(live.risk.sensors);
    expect(["SIMULATED", "RECORDED"]).toContain(live.feeds[0]?.provenance.kind);
    for (const warning of live.risk.warnings) expect(warning.status).toBe("Exercise");
  });

  it("draws sensors and warnings over the city", async () => {
    const { page } = twin;
    await whenIdle(page);
    await expectAlive(page);
    const shown = await screenshot(page);
    const layers = (await state(page)).layers.filter((layer) => ["sensors", "warnings"].includes(layer.kind));
    expect(layers.length).toBeGreaterThanOrEqual(2);
    for (const layer of layers) await run(page, { type: "show-layer", id: layer.id, visible: false });
    await whenIdle(page);
    await pictureChanged(page, shown, 0.3, "the change");
    for (const layer of layers) await run(page, { type: "show-layer", id: layer.id, visible: true });
  });

  it("lists feeds with source, age, rate and state", async () => {
    const { page } = twin;
    await page.getByRole("button", { name: zh("top.feeds", { state: zh("feed.state.live") }) }).click();
    await waitForState(page, "the feed list is open", (s) => s.ui.panels.bottom);
    for (const key of ["feed.source", "feed.state", "feed.age", "feed.rate"] as const)
      await page.getByText(zh(key), { exact: true }).first().waitFor();
    const { feeds } = await state(page);
    await page.getByText(zh.text(feeds[0]!.title)).first().waitFor();
    await page
      .getByText(zh(`provenance.${feeds[0]!.provenance.kind}`))
      .first()
      .waitFor();
    await waitForState(page, "messages keep coming", (s) => s.feeds[0]!.received > feeds[0]!.received);
  });

  it("a sensor shows its recent series", async () => {
    const { page } = twin;
    const { risk } = await waitForState(
      page,
      "some sensor is beyond its threshold",
      (s) => s.risk.worst.length > 0,
    );
    expect(risk.worst[0]!.level).toBeGreaterThan(0);
    // By key: the list keeps re-ordering, which a click would chase.
    await page
      .getByRole("region", { name: zh("feed.worst") })
      .getByRole("button")
      .first()
      .press("Enter");
    const { selection } = await waitForState(
      page,
      "a sensor is selected",
      (s) => s.selection.kind === "sensor",
    );
    expect(selection.kind).toBe("sensor");
    await waitForState(page, "its series arrives", (s) => (s.risk.series?.values.length ?? 0) > 1);
    const inspector = page.getByRole("complementary", { name: zh("panel.right") });
    await inspector.getByText(zh("sensor.series"), { exact: true }).waitFor();
    await inspector.locator("canvas").first().waitFor();
    await run(page, { type: "clear-selection" });
  });

  it("a sensor is found by a click in the city", async () => {
    const { page } = twin;
    const recording = readRecordings().find(({ city }) => city === "shenyang")!;
    const gauge = placeSensors(recording).find(({ kind, silent }) => kind === "waterlogging" && !silent)!;
    const { longitudeDeg, latitudeDeg, height } = gauge;
    // From above, where nothing stands before it whether it is lifted by a warning or not.
    await run(page, {
      type: "fly-to",
      longitudeDeg,
      latitudeDeg,
      height,
      range: 260,
      pitchDeg: -89.9,
      durationS: 0,
    });
    await whenIdle(page);
    await page.mouse.click(720, 450);
    await waitForState(page, "the sensor is selected", (s) => s.selection.kind === "sensor");
    const inspector = page.getByRole("complementary", { name: zh("panel.right") });
    await inspector.getByText(zh.text(gauge.name), { exact: false }).first().waitFor();
    await run(page, { type: "clear-selection" });
    await run(page, { type: "fly-home", durationS: 0 });
  });

  it("survives the broker's restart and says so meanwhile", async () => {
    const { page, server } = twin;
    const back = server.restartBroker(3000);
    await waitForState(page, "the feed is lost", (s) => s.feeds[0]?.state === "lost");
    await page.getByText(zh("feed.state.lost")).first().waitFor();
    await back;
    const before = (await state(page)).feeds[0]!.received;
    await waitForState(
      page,
      "it is live again",
      (s) => s.feeds[0]?.state === "live" && s.feeds[0].received > before,
    );
    expect((await state(page)).risk.sensors).toBeGreaterThanOrEqual(2000);
    twin.problems.forget();
  });

  it("shows indicators with values and levels", async () => {
    const { page } = twin;
    const { scenario } = await waitForState(page, "indicators have values", (s) =>
      s.scenario.indicators.some((indicator) => indicator.value !== null),
    );
    const valued = new Set(scenario.indicators.filter(({ value }) => value !== null).map(({ id }) => id));
    expect(valued).toContain("rain-max");
    // Shenyang has no tide gauge: what nobody measures there is not listed.
    for (const indicator of scenario.active!.indicators.filter(({ id }) => valued.has(id)))
      await page.getByText(zh.text(indicator.title)).first().waitFor();
  });

  it("choosing a warning flies to it and lists the buildings and people inside", async () => {
    const { page } = twin;
    const { risk, camera } = await state(page);
    const warning = [...risk.warnings].sort((a, b) => a.level - b.level)[0]!;
    expect(LEVEL_WORDS).toContain(warning.level);
    await page
      .getByRole("button", { name: having(zh.text(warning.headline)) })
      .first()
      .click();
    const chosen = await waitForState(
      page,
      "affected buildings are listed",
      (s) => s.scenario.chosenWarning === warning.id && s.scenario.affected !== null,
    );
    const affected = chosen.scenario.affected!;
    expect(affected.buildings).toBeGreaterThan(0);
    expect(affected.residentsNight).toBeGreaterThan(0);
    expect(affected.rows[0]!.height).toBeGreaterThan(0);
    await whenIdle(page);
    expect((await state(page)).camera.observed).not.toEqual(camera.observed);
    await page.getByText(zh("affected.title")).first().waitFor();
    await page.getByRole("button", { name: zh("warning.back") }).click();
    await waitForState(
      page,
      "the scenario is back",
      (s) => s.scenario.chosenWarning === null && s.selection.kind === "none",
    );
  });

  it("the water level floods the city by level, with counts that grow", async () => {
    const { page } = twin;
    await run(page, { type: "fly-home", durationS: 0 });
    const alive = (await state(page)).layers.filter(({ kind }) => kind === "sensors" || kind === "warnings");
    for (const { id } of alive) await run(page, { type: "show-layer", id, visible: false });
    await whenIdle(page);
    // The river runs through the foreground of the home view.
    const foreground = { x: 320, y: 660, width: 700, height: 160 };
    const dry = await screenshot(page, foreground);
    const counts: number[] = [];
    for (const level of [1, 3, 6]) {
      await run(page, { type: "set-water-level", level });
      counts.push((await state(page)).scenario.inundation!.buildings);
    }
    expect(counts[1]!).toBeGreaterThanOrEqual(counts[0]!);
    expect(counts[2]!).toBeGreaterThan(counts[0]!);
    await whenIdle(page);
    await pictureChanged(page, dry, 2, "the water", foreground);
    await page
      .getByRole("slider", { name: zh("scenario.water") })
      .first()
      .waitFor();
    const analysis = (await state(page)).scenario.active!.analyses[0]!;
    await page.getByText(zh.text(analysis.method)).first().waitFor();
    await run(page, { type: "set-water-level", level: null });
    for (const { id } of alive) await run(page, { type: "show-layer", id, visible: true });
    await whenIdle(page);
    expect((await state(page)).scenario.inundation).toBeNull();
    expect((await look(page)).colors).toBeGreaterThan(24);
  });

  it("closing the scenario takes its layers and feeds away", async () => {
    const { page } = twin;
    await run(page, { type: "close-scenario" });
    const { scenario, layers, feeds } = await state(page);
    expect(scenario.active).toBeNull();
    expect(layers.some((layer) => ["sensors", "warnings", "water"].includes(layer.kind))).toBe(false);
    expect(feeds.filter((feed) => feed.state !== "off")).toEqual([]);
  });

  it("a broken manifest names its field", async () => {
    const { page } = twin;
    await page.route("**/scenarios/hazard-flood/manifest.json", async (route) => {
      const manifest = (await (await route.fetch()).json()) as { indicators: { measure: string }[] };
      manifest.indicators[0]!.measure = "wisdom";
      await route.fulfill({ json: manifest });
    });
    await expect(run(page, { type: "open-scenario", id: "hazard-flood" })).rejects.toThrow(
      /^scenario\.\w+: .*indicators\.0\.measure/,
    );
    expect((await state(page)).scenario.active).toBeNull();
    await page.unroute("**/scenarios/hazard-flood/manifest.json");
  });

  it("takes an external broker from the operator's configuration", async () => {
    const { page } = twin;
    const readToken = "read-token-of-the-other-hub";
    const other = await createTwinServer({ ...builtProduct(), readToken });
    try {
      const url = `${other.url.replace("http", "ws")}/mqtt`;
      await page.route("**/config.json", async (route) => {
        const manifest = (await (
          await page.request.get(`${twin.server.url}/scenarios/hazard-flood/manifest.json`)
        ).json()) as { feeds: { id: string }[] };
        const feeds = Object.fromEntries(manifest.feeds.map((feed) => [feed.id, { url, username: "duty" }]));
        await route.fulfill({ json: { feeds } });
      });
      await page.goto(`${twin.server.url}/${BARE_CITY}&scenario=hazard-flood`, {
        waitUntil: "domcontentloaded",
      });
      const asked = await waitForState(
        page,
        "the other broker asks for a password",
        (s) => s.feeds[0]?.state === "refused",
      );
      await run(page, { type: "set-secret", name: `feed:${asked.feeds[0]!.id}`, value: readToken });
      await run(page, { type: "retry-feed", id: asked.feeds[0]!.id });
      const there = await waitForState(
        page,
        "sensors come from the other broker",
        (s) => s.risk.sensors >= 2000,
      );
      expect(there.feeds[0]!.url).toBe(url);
      expect(JSON.stringify(there)).not.toContain(readToken);
    } finally {
      await page.unroute("**/config.json");
      await other.close();
    }
    twin.problems.forget();
  });
});
