import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_URL } from "./ifc-inputs.ts";
import { launchTwin, type TwinUnderTest } from "./launch.ts";
import { expectAlive, run, state, waitForState, whenIdle } from "./twin-page.ts";
import { zh } from "./words.ts";

/** Journey 7: demo mode. */
describe("story", () => {
  let twin: TwinUnderTest;
  let storyId = "";

  beforeAll(async () => {
    twin = await launchTwin();
    await whenIdle(twin.page);
    storyId = (await state(twin.page)).story.available[0]?.id ?? "";
  });
  afterAll(() => twin?.close());

  it("plays, pauses and steps with the keys of a clicker, in both languages", async () => {
    const { page } = twin;
    await expectAlive(page);
    expect(storyId).not.toBe("");
    await run(page, { type: "play-story", id: storyId });
    const first = await waitForState(page, "the first caption shows", (s) => s.story.caption !== null);
    expect(first.ui.mode).toBe("present");
    expect(first.story.status).toBe("playing");
    await page.getByText(first.story.caption!.zh).first().waitFor();
    expect(await page.getByRole("banner").count(), "the chrome is hidden").toBe(0);

    await page.keyboard.press("Space");
    await waitForState(page, "it is paused", (s) => s.story.status === "paused");
    await page.keyboard.press("PageDown");
    const second = await waitForState(page, "the second step", (s) => s.story.step === 1);
    await page.getByText(second.story.caption!.zh).first().waitFor();
    await page.keyboard.press("PageUp");
    await waitForState(page, "the first step again", (s) => s.story.step === 0);
    await run(page, { type: "set-locale", locale: "en" });
    await page.getByText(first.story.caption!.en).first().waitFor();
    await run(page, { type: "set-locale", locale: "zh-CN" });
    await page.keyboard.press("Escape");
    const over = await waitForState(page, "the chrome is back", (s) => s.ui.mode !== "present");
    expect(over.story.playing).toBeNull();
    await page.getByRole("banner").waitFor();
  });

  it("leaves a step when its time is over", async () => {
    const { page } = twin;
    const start = performance.now();
    await run(page, { type: "play-story", id: storyId });
    const { story } = await waitForState(page, "the second step", (s) => s.story.step === 1);
    const seconds = (performance.now() - start) / 1000;
    expect(story.speed).toBe(1);
    expect(seconds).toBeGreaterThan(9.9);
    expect(seconds).toBeLessThan(30);
    await run(page, { type: "stop-story" });
  });

  it("runs to the end by itself, two minutes at four times the speed, without an error in the console", async () => {
    const { page } = twin;
    twin.problems.forget();
    const lasting = await page.evaluate(async (id) => {
      const { steps } = await (await fetch(`stories/${id}.json`)).json();
      return steps.reduce((sum: number, step: { durationS: number }) => sum + step.durationS, 0) as number;
    }, storyId);
    expect(lasting).toBeGreaterThan(90);
    expect(lasting).toBeLessThan(150);
    // what the audience saw, kept by the page itself: software GL may keep it from answering for longer than a step lasts
    await page.evaluate(() => {
      const seen = new Set<string>();
      (window as unknown as { seen: Set<string> }).seen = seen;
      new MutationObserver(() => {
        const shown = document.querySelector(".lt-story-step b")?.textContent;
        if (shown) seen.add(shown);
      }).observe(document.body, { childList: true, characterData: true, subtree: true });
    });
    // at this pace a step is over before software GL has left the converter time: the building is there, as on a stage
    await run(page, { type: "open-ifc", source: SAMPLE_URL });
    await run(page, { type: "set-story-speed", speed: 4 });
    const start = performance.now();
    await run(page, { type: "play-story", id: storyId });
    const { steps } = (await state(page)).story;
    await run(page, { type: "set-story-loop", loop: false });
    await waitForState(page, "the story is over", (s) => s.story.status === "stopped", 200_000);
    const seconds = (performance.now() - start) / 1000;
    const seen = await page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]);
    expect(seen.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: steps }, (_, n) => n + 1));
    expect(seconds).toBeGreaterThan(lasting / 4 - 0.5);
    expect(seconds).toBeLessThan(lasting / 4 + 40);
    expect(twin.problems.list()).toEqual([]);
    expect((await state(page)).notices.filter((notice) => notice.tone === "error")).toEqual([]);
    await run(page, { type: "set-story-speed", speed: 1 });
  });

  it("loops when asked to", async () => {
    const { page } = twin;
    await run(page, { type: "play-story", id: storyId });
    await run(page, { type: "set-story-loop", loop: true });
    const { steps } = (await state(page)).story;
    await run(page, { type: "pause-story" });
    for (let i = 0; i < steps; i++) await run(page, { type: "next-step" });
    expect((await state(page)).story.step).toBe(0);
    await run(page, { type: "stop-story" });
    expect((await state(page)).ui.mode).not.toBe("present");
    expect(zh("story.exit")).not.toBe("");
  });
});
