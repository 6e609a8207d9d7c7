import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BARE_CITY, launchTwin, type TwinUnderTest } from "./launch.ts";
import { pictureChanged, run, screenshot, state, waitForState, whenIdle } from "./twin-page.ts";
import { having, zh } from "./words.ts";

const PACKS = [
  "hazard-weather",
  "hazard-chemical",
  "hazard-industry",
  "traffic",
  "lifelines",
  "one-map",
] as const;

/** Every scenario pack but the flood, which has journeys of its own: opened from the menu, alive, drawn, told, closed again. */
describe("scenario packs", () => {
  let twin: TwinUnderTest;

  beforeAll(async () => {
    twin = await launchTwin({ address: BARE_CITY });
    await whenIdle(twin.page);
  });
  afterAll(() => twin?.close());

  it("are all offered", async () => {
    const { available } = (await state(twin.page)).scenario;
    expect(available.map(({ id }) => id)).toEqual(expect.arrayContaining([...PACKS]));
  });

  it.each(PACKS)("%s opens, comes alive, is told and closes", async (id) => {
    const { page } = twin;
    const home = await state(page);
    const { title } = home.scenario.available.find((pack) => pack.id === id)!;
    await page
      .getByRole("button", { name: having(zh.text(title)) })
      .first()
      .click();
    const opened = await waitForState(
      page,
      "it is open and its feeds are alive",
      (s) =>
        s.scenario.active?.id === id &&
        s.feeds.every((feed) => feed.state === "live") &&
        (s.scenario.active.feeds.length === 0 || s.risk.sensors > 0) &&
        s.notices.some(({ key }) => key === "scenario.looked"),
    );
    const pack = opened.scenario.active!;
    const view = pack.view![opened.city.city]!;
    await whenIdle(page);
    const there = (await state(page)).camera.observed!;
    expect(Math.abs(there.longitudeDeg - view.longitudeDeg)).toBeLessThan(view.range / 40_000);
    for (const layer of pack.layers)
      expect(opened.layers.find((one) => one.id === layer.id)?.provenance.kind).toMatch(
        /LIVE|RECORDED|SIMULATED|SAMPLE/,
      );
    const inspector = page.getByRole("complementary", { name: zh("panel.right") });
    await inspector.getByText(zh.text(pack.summary)).first().waitFor();
    if (pack.legend.length > 0) await inspector.getByRole("button", { name: zh("scenario.legend") }).click();
    for (const { label } of pack.legend) await inspector.getByText(zh.text(label)).first().waitFor();
    // what it shows is on the screen: without it the picture is another
    const shown = await screenshot(page);
    const own = (await state(page)).layers.filter(
      (layer) => pack.layers.some((one) => one.id === layer.id) || pack.maps?.includes(layer.id),
    );
    expect(own.length).toBeGreaterThanOrEqual(Math.max(pack.layers.length, 1));
    for (const layer of own) await run(page, { type: "show-layer", id: layer.id, visible: false });
    await whenIdle(page);
    await pictureChanged(page, shown, 0.05, "the change");
    await page.getByRole("button", { name: zh("scenario.lookBack") }).click();
    await waitForState(
      page,
      "the camera is back",
      ({ camera }) => Math.abs(camera.observed!.longitudeDeg - home.camera.observed!.longitudeDeg) < 1e-4,
    );
    await page.getByRole("button", { name: zh("scenario.close"), exact: true }).click();
    const closed = await waitForState(page, "it is closed", (s) => s.scenario.active === null);
    expect(closed.layers.map((layer) => layer.id).sort()).toEqual(
      home.layers.map((layer) => layer.id).sort(),
    );
    expect(closed.feeds.filter((feed) => feed.state !== "off")).toEqual([]);
    for (const notice of closed.notices) await run(page, { type: "dismiss-notice", id: notice.id });
    expect(twin.problems.list()).toEqual([]);
  });
});
