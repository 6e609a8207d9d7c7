import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchTwin, type TwinUnderTest } from "./launch.ts";
import { expectAlive, run, state, waitForState, whenIdle } from "./twin-page.ts";
import { zh } from "./words.ts";

/** Journey 7: demo mode. */
describe("story", () => {
  let twin: TwinUnderTest;
  let storyId = "";

  beforeAll(async () => {
    twin = await launchTwin({ pixelRatio: 0.35 });
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

  it("runs to the end by itself, in about two minutes, without an error in the console", async () => {
    const { page } = twin;
    await run(page, { type: "set-story-loop", loop: false });
    twin.problems.forget();
    const start = performance.now();
    await run(page, { type: "play-story", id: storyId });
    await run(page, { type: "set-story-loop", loop: false });
    const seen = new Set<number>();
    const steps = (await state(page)).story.steps;
    await waitForState(
      page,
      "the story is over",
      (s) => {
        if (s.story.status === "playing") seen.add(s.story.step);
        return s.story.status === "stopped" || (s.story.status === "paused" && s.story.step === steps - 1);
      },
      200_000,
    );
    const seconds = (performance.now() - start) / 1000;
    expect(seen.size).toBe(steps);
    expect(seconds).toBeGreaterThan(90);
    expect(seconds).toBeLessThan(150);
    expect(twin.problems.list()).toEqual([]);
    expect((await state(page)).notices.filter((notice) => notice.tone === "error")).toEqual([]);
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
