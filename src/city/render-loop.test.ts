import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createRenderLoop, type RenderLoop } from "./render-loop.ts";
import type { Stage } from "./stage.ts";

let ticks: FrameRequestCallback[] = [];
let isLoading = false;
let whileDrawing: () => void = () => {};

/** As much of Cesium as the loop asks: a frame is drawn when one was asked for. */
function createScreen(): Stage {
  const listeners = new Set<() => void>();
  let isAsked = false;
  const scene = {
    fog: {},
    postProcessStages: { fxaa: {} },
    requestRender: () => {
      isAsked = true;
    },
    postRender: {
      addEventListener: (fn: () => void) => {
        listeners.add(fn);
        return () => listeners.delete(fn);
      },
    },
  };
  const render = () => {
    if (!isAsked) return;
    isAsked = false;
    whileDrawing();
    for (const fn of listeners) fn();
  };
  const widget = { resize: () => {}, render };
  return { widget, scene, quality: "full", sharpScale: 1, fogError: 3 } as unknown as Stage;
}

function createLoop(): RenderLoop {
  const stage = createScreen();
  return createRenderLoop({
    stage: () => stage,
    isLoading: () => isLoading,
    beforeFrame: () => false,
    afterTick: () => {},
  });
}

/** Runs animation frames until the promise settles, at most `limit`; gives the frames that were drawn meanwhile. */
async function framesUntil(loop: RenderLoop, promise: Promise<void>, limit = 50): Promise<number> {
  const before = loop.framesDrawn;
  let isOver = false;
  void promise.finally(() => {
    isOver = true;
  });
  for (let n = 0; n < limit && !isOver; n++) {
    for (const tick of ticks.splice(0)) tick(performance.now());
    await Promise.resolve();
    await Promise.resolve();
  }
  expect(isOver).toBe(true);
  return loop.framesDrawn - before;
}

beforeEach(() => {
  ticks = [];
  isLoading = false;
  whileDrawing = () => {};
  vi.stubGlobal("requestAnimationFrame", (fn: FrameRequestCallback) => ticks.push(fn));
  vi.stubGlobal("cancelAnimationFrame", () => {});
});
afterEach(() => void vi.unstubAllGlobals());

it("is settled two frames after a change, and with one more when it is at rest", async () => {
  const loop = createLoop();
  expect(await framesUntil(loop, loop.settled(1000))).toBe(2);
  expect(await framesUntil(loop, loop.settled(1000))).toBe(1);
  loop.request();
  expect(await framesUntil(loop, loop.settled(1000))).toBe(2);
});

it("waits for what loads, also when loading begins with the last frame", async () => {
  const loop = createLoop();
  await framesUntil(loop, loop.settled(1000));
  let frames = 0;
  whileDrawing = () => {
    frames += 1;
    isLoading = frames < 6;
  };
  expect(await framesUntil(loop, loop.settled(1000))).toBe(7);
});

it("settles while data keeps asking for frames", async () => {
  const loop = createLoop();
  whileDrawing = () => loop.request();
  expect(await framesUntil(loop, loop.settled(1000))).toBe(2);
});

it("gives up with a sentence when loading does not end", async () => {
  const loop = createLoop();
  isLoading = true;
  const settled = loop.settled(-1);
  const refused = expect(settled).rejects.toMatchObject({ code: "city.not-settled" });
  await framesUntil(
    loop,
    settled.catch(() => {}),
  );
  await refused;
});
