import { describe, expect, it, vi } from "vitest";
import type { Story } from "../domain/story.ts";
import { createStores } from "../state/stores.ts";
import { type PlayerClock, StoryPlayer } from "./story-player.ts";

const STORY: Story = {
  id: "s",
  version: 1,
  title: { zh: "故事", en: "Story" },
  loop: false,
  steps: [1, 2, 3].map((n) => ({
    caption: { zh: `第${n}步`, en: `Step ${n}` },
    commands: [{ type: "fly-home" }, { type: "set-hour", hour: n }],
    durationS: n * 10,
  })),
};

function createClock() {
  let nowS = 0;
  let due: { atS: number; fn: () => void } | null = null;
  const clock: PlayerClock = {
    nowS: () => nowS,
    after: (seconds, fn) => {
      const mine = { atS: nowS + seconds, fn };
      due = mine;
      return () => {
        if (due === mine) due = null;
      };
    },
  };
  const pass = (seconds: number) => {
    const end = nowS + seconds;
    while (due && due.atS <= end) {
      const { atS, fn } = due;
      nowS = atS;
      due = null;
      fn();
    }
    nowS = end;
  };
  return { clock, pass };
}

function createPlayer() {
  const stores = createStores();
  const run = vi.fn(async (_command: unknown) => {});
  const onError = vi.fn();
  const { clock, pass } = createClock();
  return { stores, run, onError, pass, player: new StoryPlayer(stores, run, onError, clock) };
}

const flush = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("StoryPlayer", () => {
  it("goes through all steps and stops", async () => {
    const { stores, run, pass, player } = createPlayer();
    player.play(STORY);
    await flush();
    expect(stores.story.get()).toMatchObject({ status: "playing", step: 0, steps: 3, playing: "s" });
    pass(10);
    expect(stores.story.get().step).toBe(1);
    expect(stores.story.get().progress).toMatchObject({ from: 10 / 60, to: 30 / 60, durationS: 20 });
    await flush();
    pass(20);
    await flush();
    pass(30);
    expect(stores.story.get()).toMatchObject({ status: "stopped", playing: null, caption: null });
    expect(run).toHaveBeenCalledTimes(6);
  });
  it("holds its remaining time while paused", () => {
    const { stores, pass, player } = createPlayer();
    player.play(STORY);
    pass(4);
    player.pause();
    pass(100);
    expect(stores.story.get()).toMatchObject({ status: "paused", step: 0 });
    player.resume();
    pass(5);
    expect(stores.story.get().step).toBe(0);
    pass(1);
    expect(stores.story.get().step).toBe(1);
  });
  it("at twice the speed takes half the time, flights included", async () => {
    const { stores, run, pass, player } = createPlayer();
    stores.story.set({ speed: 2 });
    const commands = [
      { type: "fly-home", durationS: 4 },
      { type: "set-hour", hour: 9 },
    ];
    player.play({ ...STORY, steps: [{ ...STORY.steps[0]!, commands }, STORY.steps[1]!] });
    await flush();
    expect(run.mock.calls.map(([command]) => command)).toEqual([
      { type: "fly-home", durationS: 2 },
      { type: "set-hour", hour: 9 },
    ]);
    expect(stores.story.get().progress.durationS).toBe(5);
    pass(4.9);
    expect(stores.story.get().step).toBe(0);
    pass(0.1);
    expect(stores.story.get().step).toBe(1);
    pass(10);
    expect(stores.story.get().status).toBe("stopped");
  });
  it("takes a new speed in the middle of a step, playing and paused", () => {
    const { stores, pass, player } = createPlayer();
    const pace = (speed: number) => {
      stores.story.set({ speed });
      player.keepPace();
    };
    player.play(STORY);
    pass(4);
    pace(2);
    expect(stores.story.get().progress).toEqual({ from: expect.closeTo(4 / 60), to: 10 / 60, durationS: 3 });
    pass(1);
    player.pause();
    pace(0.5);
    expect(stores.story.get().progress).toEqual({ from: expect.closeTo(6 / 60), to: 10 / 60, durationS: 8 });
    player.resume();
    pass(7.9);
    expect(stores.story.get().step).toBe(0);
    pass(0.2);
    expect(stores.story.get().step).toBe(1);
  });
  it("steps by hand while paused without starting the clock", () => {
    const { stores, pass, player } = createPlayer();
    player.play(STORY);
    player.pause();
    player.next();
    pass(500);
    expect(stores.story.get()).toMatchObject({ status: "paused", step: 1 });
    player.previous();
    player.previous();
    expect(stores.story.get().step).toBe(0);
  });
  it("starts again when it loops", () => {
    const { stores, pass, player } = createPlayer();
    player.play({ ...STORY, loop: true });
    pass(60);
    expect(stores.story.get()).toMatchObject({ status: "playing", step: 0 });
  });
  it("reports a command that fails and goes on", async () => {
    const { run, onError, player } = createPlayer();
    run.mockRejectedValueOnce(new Error("no"));
    player.play(STORY);
    await flush();
    expect(onError).toHaveBeenCalledOnce();
    expect(run).toHaveBeenCalledTimes(2);
  });
  it("does not run the rest of a step that was left", async () => {
    const { run, player } = createPlayer();
    let finish = () => {};
    run.mockImplementationOnce(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    player.play(STORY);
    player.stop();
    finish();
    await flush();
    expect(run).toHaveBeenCalledTimes(1);
  });
});
