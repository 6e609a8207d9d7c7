import type { Page } from "playwright-core";
import type { Command } from "../../src/commands/schemas.ts";
import type { Stores } from "../../src/state/stores.ts";
import { decodePng, type Picture, type PictureFacts, pictureDistance, pictureFacts } from "./picture.ts";

type State<Name extends keyof Stores> = ReturnType<Stores[Name]["get"]>;

/** What `window.twin.state()` gives: plain JSON, bulk data as counts. */
export interface TwinState {
  readonly ui: State<"ui">;
  readonly camera: State<"camera">;
  readonly city: State<"city">;
  readonly layers: State<"layers">["layers"];
  readonly selection: State<"selection">["selection"];
  readonly models: State<"models">;
  readonly jobs: State<"jobs">["jobs"];
  readonly feeds: State<"feeds">["feeds"];
  readonly risk: Omit<State<"risk">, "sensors"> & { readonly sensors: number };
  readonly scenario: State<"scenario">;
  readonly story: State<"story">;
  readonly alerts: State<"alerts">["groups"];
  readonly incidents: State<"incidents">;
  readonly timeline: State<"timeline">;
  readonly response: State<"response">;
  readonly announcements: State<"announcements">;
  readonly cap: State<"cap">;
  readonly changes: State<"changes">["items"];
  readonly reading: State<"reading">;
  readonly placement: State<"placement">;
  readonly terrain: State<"terrain">;
  readonly catalogue: Pick<State<"catalogue">, "status" | "pending">;
  readonly table: State<"table">["open"];
  readonly buildingFilter: State<"buildingFilter">["active"];
  readonly redLines: State<"redLines">;
  readonly notices: State<"notices">["notices"];
  readonly counters: Readonly<Record<string, number>>;
}

interface TwinWindow {
  twin: {
    run(command: unknown): Promise<void>;
    state(): unknown;
    whenIdle(): Promise<void>;
  };
}

/** A command that the page refused: `code` is the product's error code. */
export class CommandRefused extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** Runs a command through the page's one door; rejects with CommandRefused. */
export async function run(page: Page, command: Command): Promise<void> {
  const failure = await page.evaluate(
    (plain) =>
      (window as unknown as TwinWindow).twin.run(plain).then(
        () => null,
        (error: { code?: string; message?: string }) => ({
          code: error.code ?? "?",
          message: error.message ?? String(error),
        }),
      ),
    command as unknown,
  );
  if (failure) throw new CommandRefused(failure.code, failure.message);
}

export async function state(page: Page): Promise<TwinState> {
  return (await page.evaluate(() => (window as unknown as TwinWindow).twin.state())) as TwinState;
}

/** Tiles settled, commands and jobs done. Software GL on a busy machine needs more patience than the page itself has. */
export async function whenIdle(page: Page, timeoutMs = 200_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const complaint = await page.evaluate(() =>
      (window as unknown as TwinWindow).twin.whenIdle().then(
        () => null,
        (error: { message?: string }) => error.message ?? String(error),
      ),
    );
    if (complaint === null) return;
    if (performance.now() > end) throw new Error(`the twin did not come to rest: ${complaint}`);
  }
}

/**
 * Waits until the state fulfils the predicate, which runs in Node on plain JSON, and gives that state. Says what it waited
 * for when it gives up.
 */
export async function waitForState(
  page: Page,
  what: string,
  predicate: (state: TwinState) => boolean,
  timeoutMs = 120_000,
): Promise<TwinState> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const now = await state(page);
    if (predicate(now)) return now;
    if (performance.now() > end) throw new Error(`gave up after ${timeoutMs} ms waiting until ${what}`);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  }
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The middle of the city, free of panels: CSS pixels of a 1440 x 900 window. */
export const MIDDLE: Box = { x: 480, y: 260, width: 480, height: 380 };

export async function screenshot(page: Page, clip: Box = MIDDLE): Promise<Picture> {
  return decodePng(await page.screenshot({ clip, type: "png" }));
}

/**
 * Resolves when the picture differs from `before` by more than `distance` (mean of the channels, 0-255); throws with `what`
 * when it stays the same. A frame may come a little after the state that it shows.
 */
export async function pictureChanged(
  page: Page,
  before: Picture,
  distance: number,
  what: string,
  clip: Box = MIDDLE,
): Promise<void> {
  const end = performance.now() + 45_000;
  for (;;) {
    const now = pictureDistance(before, await screenshot(page, clip));
    if (now > distance) return;
    if (performance.now() > end)
      throw new Error(
        `the picture does not show ${what}: it differs by ${now.toFixed(3)}, not by ${distance}`,
      );
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 250)));
  }
}

export async function look(page: Page, clip: Box = MIDDLE): Promise<PictureFacts> {
  return pictureFacts(await screenshot(page, clip));
}

/**
 * Throws unless the canvas in `host` has a living WebGL 2 context and shows a picture: several colours, none of which fills
 * nearly all of it. The first assertion of every journey: software GL can leave tests green on nothing.
 */
export async function expectAlive(page: Page, host = "#city"): Promise<void> {
  const canvas = await page
    .locator(`${host} canvas`)
    .first()
    .evaluate((element) => {
      const surface = element as HTMLCanvasElement;
      const gl = surface.getContext("webgl2");
      return { isLost: gl === null || gl.isContextLost(), width: surface.width, height: surface.height };
    });
  if (canvas.isLost) throw new Error(`${host}: the WebGL 2 context is missing or lost`);
  if (canvas.width < 200 || canvas.height < 120)
    throw new Error(`${host}: the canvas is ${canvas.width} x ${canvas.height}`);
  const facts = await look(page);
  if (facts.colors < 24 || facts.largestShare > 0.97)
    throw new Error(
      `${host}: the picture is flat (${facts.colors} colours, the largest covers ${facts.largestShare.toFixed(2)})`,
    );
}
