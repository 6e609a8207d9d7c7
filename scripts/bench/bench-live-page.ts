import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CDPSession, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { CHROMIUM_FLAGS, CHROMIUM_MISSING, findChromium } from "../e2e/chromium.ts";
import { ROOT } from "../root.ts";
import { createTwinServer } from "../server/twin-server.ts";
import { benchLiveDay } from "./bench-live-day.ts";
import { benchStream, type StreamParts } from "./bench-live-stream.ts";
import type { FrameCost } from "./live-page/frames.ts";
import type { BenchWindow } from "./live-page/live-page.ts";
import type { DayParts } from "./live-page/simulated-day.ts";
import { thingsPage } from "./load-messages.ts";
import { median, print } from "./measure.ts";
import { tasksOf } from "./task-times.ts";

const OBJECTS = 100_000;
const ENTITIES = 10_000;
const POINTS = 1_000_000;
const ROUNDS = 3;
const THINGS_A_PAGE = 2000;
/** Parts of the stream that may be asked for by name. */
const STREAM_PARTS = ["packets-together", "frame-a-message", "product"];
const HONESTLY =
  "Chromium, software GL, canvas of 64 x 64; wall time of the main thread, the graphics process drained between frames";

/** Live objects in a real browser: the product's sensors against Entities, a million points, a stream through the worker. */
export async function benchLivePage(source: StreamParts, wanted: readonly string[]): Promise<void> {
  const isWanted = (part: string) => wanted.length === 0 || wanted.includes("page") || wanted.includes(part);
  const executablePath = findChromium();
  if (!executablePath) throw new Error(CHROMIUM_MISSING);
  const outDir = mkdtempSync(join(tmpdir(), "live-bench-"));
  await build({
    root: join(ROOT, "scripts/bench/live-page"),
    configFile: false,
    base: "./",
    logLevel: "error",
    worker: { format: "es" },
    build: { outDir, target: "es2022", emptyOutDir: true },
  });
  const server = await createTwinServer({
    root: outDir,
    cesiumDir: join(ROOT, "node_modules/cesium/Build/Cesium"),
    feed: false,
  });
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
  try {
    const page = await browser.newPage({ viewport: { width: 400, height: 300 } });
    const processes = await browser.newBrowserCDPSession();
    await page.goto(`${server.url}/`);
    await page.waitForFunction(() => "bench" in window);
    if (isWanted("frames")) await benchFrames(page);
    if (isWanted("points")) await benchStanding(page, processes);
    const parts: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
      [
        "stream",
        () =>
          benchStream(
            page,
            source,
            wanted.filter((part) => STREAM_PARTS.includes(part)),
          ),
      ],
      ["timeline", () => benchTimeline(page, source.sensors)],
      ["day", () => benchLiveDay(page, dayOf(source))],
    ];
    for (const [part, run] of parts) {
      if (!isWanted(part)) continue;
      await page.reload();
      await page.waitForFunction(() => "bench" in window);
      await run(page);
    }
  } finally {
    await browser.close();
    await server.close();
    rmSync(outDir, { recursive: true, force: true });
  }
}

/** Ours and theirs in turn, so that a busy moment of the machine meets both. */
async function benchFrames(page: Page): Promise<void> {
  const call = (name: "moving" | "gliding" | "relevelling" | "entities", count: number) =>
    page.evaluate(([name, count]) => (window as never as BenchWindow).bench[name](count), [
      name,
      count,
    ] as const);
  await mustGlide(page);
  const empty = await page.evaluate(() => (window as never as BenchWindow).bench.emptyScene());
  const rounds = {
    ours: [] as FrameCost[],
    gliding: [] as FrameCost[],
    few: [] as FrameCost[],
    theirs: [] as FrameCost[],
  };
  for (let round = 0; round < ROUNDS; round++) {
    rounds.ours.push(await call("moving", OBJECTS));
    rounds.theirs.push(await call("entities", ENTITIES));
    rounds.gliding.push(await call("gliding", OBJECTS));
    rounds.few.push(await call("moving", ENTITIES));
  }
  const levels = await call("relevelling", OBJECTS);
  const base = { bench: "live", measured: HONESTLY };
  print({ ...base, subject: "frame of an empty scene", by: "cesium", ...empty });
  const moving = (count: number) => `a tenth of ${count} objects somewhere else each frame`;
  const ours = summary(rounds.ours);
  const gliding = summary(rounds.gliding);
  const theirs = summary(rounds.theirs);
  print({ ...base, subject: moving(OBJECTS), by: "liaotwin", ...ours, targetMs: 8 });
  print({ ...base, subject: `${moving(OBJECTS)}, all gliding`, by: "liaotwin", ...gliding, targetMs: 8 });
  print({ ...base, subject: moving(ENTITIES), by: "liaotwin", ...summary(rounds.few) });
  print({ ...base, subject: moving(ENTITIES), by: "cesium Entities", ...theirs });
  const subject = `a tenth of ${OBJECTS} objects at another level each frame`;
  print({ ...base, subject, by: "liaotwin", ...summary([levels]) });
  for (const [how, cost] of [["jumping", ours] as const, ["gliding", gliding] as const])
    print({
      ...base,
      ...perObject(empty, cost, theirs),
      subject: `${PER_OBJECT}, ours ${how}`,
      by: "liaotwin",
    });
}

const PER_OBJECT =
  "main-thread time an object and frame, Entities over ours, same run: the marginal cost (frame with objects less empty scene, by their number), and with the empty scene in both";

/** What one object more costs in a frame, microseconds, and how often ours goes into theirs. */
function perObject(
  empty: FrameCost,
  ours: { ms: number; best: number },
  theirs: { ms: number; best: number },
) {
  const ratio = (their: number, our: number) => Math.round(their / ENTITIES / (our / OBJECTS));
  const us = (ms: number, count: number) => Math.round((ms / count) * 1e6) / 1e3;
  return {
    oursUs: us(ours.ms - empty.ms, OBJECTS),
    entitiesUs: us(theirs.ms - empty.ms, ENTITIES),
    ratio: ratio(theirs.ms - empty.ms, ours.ms - empty.ms),
    ratioWithEmptyScene: ratio(theirs.ms, ours.ms),
    ratioOfBest: ratio(theirs.best, ours.best),
    targetRatio: 50,
  };
}

/** What glides must be drawn half-way after half the time, and be picked there, or nothing is measured. */
async function mustGlide(page: Page): Promise<void> {
  const found = await page.evaluate(() => (window as never as BenchWindow).bench.glideIsDrawn());
  const { beginPx, middlePx, endPx, pickedInTheMiddle, pickedAtBegin } = found;
  const isHalfWay = endPx - beginPx > 10 && Math.abs(middlePx - (beginPx + endPx) / 2) < 1.5;
  if (!isHalfWay || pickedInTheMiddle !== 7 || pickedAtBegin !== null)
    throw new Error(`objects do not glide as they should: ${JSON.stringify(found)}`);
}

function summary(rounds: readonly FrameCost[]) {
  return {
    ms: median(rounds.map(({ ms }) => ms)),
    best: Math.min(...rounds.map(({ best }) => best)),
    p95: median(rounds.map(({ p95 }) => p95)),
    worst: Math.max(...rounds.map(({ worst }) => worst)),
    frames: rounds.reduce((sum, { frames }) => sum + frames, 0),
    medians: rounds.map(({ ms }) => ms),
  };
}

/** Resident memory of the page's process, MB. */
async function residentMb(processes: CDPSession): Promise<number> {
  const { processInfo } = await processes.send("SystemInfo.getProcessInfo");
  const sizes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(
      ({ id }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? 0) / 1024,
    );
  return Math.round(Math.max(...sizes));
}

async function benchStanding(page: Page, processes: CDPSession): Promise<void> {
  const before = await residentMb(processes);
  const { result: cost, spans } = await tasksOf(page, () =>
    page.evaluate((count) => (window as never as BenchWindow).bench.standing(count), POINTS),
  );
  print({
    bench: "live",
    subject: `${POINTS} points that stand still`,
    by: "liaotwin",
    measured: HONESTLY,
    ...cost,
    longTasks: cost.longTasks,
    ...spans[0],
    showMs: Math.round(cost.setupMs),
    residentMbBefore: before,
    residentMbAfter: await residentMb(processes),
  });
}

function dayOf({ config, kinds, rules, sensors }: StreamParts): DayParts {
  const pages = Array.from({ length: Math.ceil(sensors / THINGS_A_PAGE) }, (_, k) =>
    thingsPage(k * THINGS_A_PAGE, THINGS_A_PAGE),
  );
  return { config, kinds, rules, sensors, things: pages };
}

async function benchTimeline(page: Page, sensors: number): Promise<void> {
  const { result: cost, spans } = await tasksOf(page, () =>
    page.evaluate((n) => (window as never as BenchWindow).bench.timeline(n), sensors),
  );
  print({
    bench: "live",
    subject: `jumps through a day's log of ${sensors} sensors, each with its hash`,
    by: "liaotwin",
    measured:
      "Chromium, log in IndexedDB; tasks over 50 ms as its longtask observer tells, and by processor time",
    ...cost,
    ...spans[0],
  });
}
