import type { Page } from "playwright-core";
import type { Command } from "../../src/commands/schemas.ts";
import type { Stores } from "../../src/state/stores.ts";
import { decodePng, pictureFacts } from "./picture.ts";

/** What `window.twin.state()` gives: every store's state by its name, without functions. */
export type TwinState = { readonly [Name in keyof Stores]: ReturnType<Stores[Name]["get"]> };

interface TwinWindow {
  twin: {
    run(command: unknown): Promise<void>;
    state(): unknown;
    whenIdle(timeoutMs?: number): Promise<void>;
  };
}

/** Runs a command through the page's one door; rejects with the error's code and sentence. */
export async function run(page: Page, command: Command): Promise<void> {
  const failure = await page.evaluate(
    (plain) =>
      (window as unknown as TwinWindow).twin.run(plain).then(
        () => null,
        (error: { code?: string; message?: string }) =>
          `${error.code ?? "?"}: ${error.message ?? String(error)}`,
      ),
    command as unknown,
  );
  if (failure !== null) throw new Error(failure);
}

export async function state(page: Page): Promise<TwinState> {
  return (await page.evaluate(() => (window as unknown as TwinWindow).twin.state())) as TwinState;
}

/** Tiles settled, jobs done. */
export async function whenIdle(page: Page, timeoutMs = 90_000): Promise<void> {
  await page.evaluate((timeout) => (window as unknown as TwinWindow).twin.whenIdle(timeout), timeoutMs);
}

/** Waits until the state fulfils the predicate; the predicate runs in Node on plain JSON. Says what it saw last when it gives up. */
export async function waitForState(
  page: Page,
  predicate: (state: TwinState) => boolean,
  what: string,
  timeoutMs = 60_000,
): Promise<TwinState> {
  const end = performance.now() + timeoutMs;
  let last = await state(page);
  while (!predicate(last)) {
    if (performance.now() > end) throw new Error(`gave up waiting until ${what}`);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))));
    last = await state(page);
  }
  return last;
}

/** Facts of what is drawn inside a rectangle of the page (CSS pixels), from a screenshot. */
export async function look(page: Page, clip: { x: number; y: number; width: number; height: number }) {
  return pictureFacts(decodePng(await page.screenshot({ clip, type: "png" })));
}

/**
 * Throws unless the canvas in `host` holds a living WebGL context and shows a picture: several colours, none of which fills
 * nearly all of it. The first assertion of every journey: software GL can leave tests green on nothing.
 */
export async function expectAlive(page: Page, host = "#city"): Promise<void> {
  const canvas = page.locator(`${host} canvas`).first();
  const context = await canvas.evaluate((element) => {
    const surface = element as HTMLCanvasElement;
    const gl = surface.getContext("webgl2");
    return { isLost: gl === null || gl.isContextLost(), width: surface.width, height: surface.height };
  });
  if (context.isLost) throw new Error(`${host}: the WebGL 2 context is missing or lost`);
  if (context.width < 400 || context.height < 300)
    throw new Error(`${host}: the canvas is ${context.width} x ${context.height}`);
  const box = await canvas.boundingBox();
  if (!box) throw new Error(`${host}: the canvas is not on screen`);
  const middle = {
    x: box.x + box.width * 0.3,
    y: box.y + box.height * 0.3,
    width: box.width * 0.4,
    height: box.height * 0.4,
  };
  const facts = await look(page, middle);
  if (facts.colors < 24 || facts.largestShare > 0.97)
    throw new Error(
      `${host}: the picture is flat (${facts.colors} colours, largest ${facts.largestShare.toFixed(2)})`,
    );
}
