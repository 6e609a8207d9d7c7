import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readIndex, tallest } from "./city-data.ts";
import { BARE_CITY, launchTwin, type TwinUnderTest, waitForTwin } from "./launch.ts";
import { expectAlive, run, state, waitForState, whenIdle } from "./twin-page.ts";
import { zh } from "./words.ts";

/** Journey 8: one door for buttons, palette, links, stories and scripts. */
describe("commands", () => {
  let twin: TwinUnderTest;

  beforeAll(async () => {
    twin = await launchTwin({ address: BARE_CITY });
    await whenIdle(twin.page);
  });
  afterAll(() => twin?.close());

  it("the palette finds commands, cities, coordinates and buildings", async () => {
    const { page } = twin;
    await expectAlive(page);
    const palette = page.getByRole("dialog", { name: zh("palette.title") });
    const ask = async (text: string) => {
      await page.keyboard.press("Control+k");
      await palette.waitFor();
      await page.keyboard.type(text);
    };
    await ask(zh("look.white"));
    await palette
      .getByRole("option", { name: zh("palette.look", { name: zh("look.white") }) })
      .first()
      .waitFor();
    await page.keyboard.press("Enter");
    await waitForState(page, "the look is white", (s) => s.city.look === "white");
    await palette.waitFor({ state: "detached" });

    await ask("121.64, 38.92");
    await palette.getByRole("option").first().waitFor();
    await page.keyboard.press("Enter");
    await waitForState(page, "the camera is at Dalian", (s) => (s.camera.observed?.longitudeDeg ?? 0) < 122);

    const tower = tallest(readIndex("shenyang"));
    await run(page, { type: "set-city", city: "shenyang" });
    await ask(tower.id);
    await palette.locator(`[data-key="building ${tower.id}"]`).click();
    await waitForState(page, "the camera is at the building", ({ camera }) => {
      const { longitudeDeg = 0, latitudeDeg = 0 } = camera.observed ?? {};
      return Math.hypot(longitudeDeg - tower.longitudeDeg, latitudeDeg - tower.latitudeDeg) < 0.02;
    });
    await page.keyboard.press("Control+k");
    await palette.waitFor();
    await page.keyboard.press("Escape");
    await palette.waitFor({ state: "detached" });
  });

  it("the address carries view, look, selection and scenario, and brings them back", async () => {
    const { page } = twin;
    const tower = tallest(readIndex("shenyang"));
    const { longitudeDeg, latitudeDeg } = tower;
    await run(page, { type: "open-scenario", id: "hazard-flood" });
    await run(page, { type: "style-by", property: "year" });
    await run(page, {
      type: "select",
      target: { kind: "building", layerId: "city-shenyang", buildingId: tower.id },
    });
    await run(page, {
      type: "fly-to",
      longitudeDeg,
      latitudeDeg,
      height: 900,
      headingDeg: 40,
      pitchDeg: -60,
      durationS: 0,
    });
    await whenIdle(page);
    await page.waitForFunction(
      (id) =>
        location.search.includes(id) &&
        location.search.includes("scenario=") &&
        location.search.includes("theme="),
      tower.id,
    );
    const before = await state(page);
    const link = page.url();
    await page.goto("about:blank");
    await page.goto(link, { waitUntil: "domcontentloaded" });
    await waitForTwin(page);
    await whenIdle(page);
    const after = await state(page);
    expect(after.city.theme).toBe("year");
    expect(after.scenario.active?.id).toBe("hazard-flood");
    expect(after.selection).toMatchObject({ kind: "building", buildingId: tower.id });
    expect(after.camera.observed!.longitudeDeg).toBeCloseTo(before.camera.observed!.longitudeDeg, 4);
    expect(after.camera.observed!.height).toBeCloseTo(before.camera.observed!.height, 0);
    expect(after.camera.observed!.headingDeg).toBeCloseTo(before.camera.observed!.headingDeg, 0);
  });

  it("refuses what is not a command, and says which argument is wrong", async () => {
    const { page } = twin;
    await expect(run(page, { type: "make-coffee" } as never)).rejects.toThrow(/^command\.unknown/);
    await expect(run(page, { type: "set-hour", hour: 25 })).rejects.toThrow(/^command\.invalid.*hour/);
    await expect(run(page, { type: "set-look", look: "natural", extra: 1 } as never)).rejects.toThrow(
      /^command\.invalid.*extra/,
    );
    await expect(
      run(page, {
        type: "select",
        target: { kind: "building", layerId: "city-shenyang", buildingId: "SY-999999" },
      }),
    ).rejects.toThrow(/^select\.unknown/);
  });

  it("state is plain JSON, without secrets", async () => {
    const { page } = twin;
    await run(page, { type: "set-secret", name: "tianditu", value: "not-to-be-seen" });
    const text = await page.evaluate(() =>
      JSON.stringify((window as unknown as { twin: { state(): unknown } }).twin.state()),
    );
    expect(text).not.toContain("not-to-be-seen");
    expect(page.url()).not.toContain("not-to-be-seen");
    expect(JSON.parse(text)).toMatchObject({ ui: { engine: "ready" } });
  });

  it("tells listeners what ran", async () => {
    const { page } = twin;
    const heard = await page.evaluate(async () => {
      const { twin: api } = window as unknown as {
        twin: {
          on(event: string, fn: (payload: unknown) => void): () => void;
          run(command: unknown): Promise<void>;
        };
      };
      const payloads: unknown[] = [];
      const off = api.on("ran", (payload) => payloads.push(payload));
      await api.run({ type: "set-hour", hour: 9 });
      off();
      await api.run({ type: "set-hour", hour: 16 });
      return payloads;
    });
    expect(heard).toMatchObject([{ command: { type: "set-hour", hour: 9 }, error: null }]);
  });

  it("leaves no error in the console", () => {
    expect(twin.problems.list()).toEqual([]);
  });
});
