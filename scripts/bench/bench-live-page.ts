import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CDPSession, chromium, type Page } from "playwright-core";
import { build } from "vite";
import type { FeedConfig, SensorKind } from "../../src/domain/scenario.ts";
import { CHROMIUM_FLAGS, CHROMIUM_MISSING, findChromium } from "../e2e/chromium.ts";
import { ROOT } from "../root.ts";
import { createTwinServer } from "../server/twin-server.ts";
import type { LiveBench } from "./live-page/live-page.ts";
import { print } from "./measure.ts";

const OBJECTS = 100_000;
const ENTITIES = 10_000;
const POINTS = 1_000_000;
const MESSAGES_PER_S = 20_000;
const STREAM_S = 10;
/** Messages that the broker is given at once. */
const TOGETHER = 200;
const HONESTLY =
  "Chromium, software GL, canvas of 64 x 64; wall time of the main thread, the graphics process drained between frames";

export interface StreamSource {
  readonly config: FeedConfig;
  readonly kinds: Readonly<Record<string, SensorKind>>;
  readonly sensors: number;
  readonly things: (from: number, count: number) => string;
  readonly topicOf: (id: number) => string;
  readonly observation: (timeMs: number, value: number) => string;
}

type BenchWindow = { bench: LiveBench };

/** Live objects in a real browser: the product's sensors against Entities, a million points, a stream through the worker. */
export async function benchLivePage(source: StreamSource): Promise<void> {
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
    await benchFrames(page);
    await benchStanding(page, processes);
    await page.reload();
    await page.waitForFunction(() => "bench" in window);
    await benchStream(page, server, source);
  } finally {
    await browser.close();
    await server.close();
    rmSync(outDir, { recursive: true, force: true });
  }
}

async function benchFrames(page: Page): Promise<void> {
  const call = (name: "moving" | "relevelling" | "entities", count: number) =>
    page.evaluate(([name, count]) => (window as never as BenchWindow).bench[name](count), [
      name,
      count,
    ] as const);
  const empty = await page.evaluate(() => (window as never as BenchWindow).bench.emptyScene());
  const ours = await call("moving", OBJECTS);
  const levels = await call("relevelling", OBJECTS);
  const theirs = await call("entities", ENTITIES);
  const again = await call("moving", OBJECTS);
  const base = { bench: "live", measured: HONESTLY };
  print({ ...base, subject: "frame of an empty scene", by: "cesium", ...empty });
  const subject = `a tenth of ${OBJECTS} objects somewhere else each frame`;
  print({ ...base, subject, by: "liaotwin", ...ours, againMs: again.ms, targetMs: 8 });
  print({
    ...base,
    subject: `a tenth of ${OBJECTS} objects at another level each frame`,
    by: "liaotwin",
    ...levels,
  });
  print({
    ...base,
    subject: `a tenth of ${ENTITIES} objects somewhere else each frame`,
    by: "cesium Entities",
    ...theirs,
  });
  const perOurs = (ours.ms + again.ms) / 2 / OBJECTS;
  const perTheirs = theirs.ms / ENTITIES;
  print({
    ...base,
    subject: "main-thread time an object and frame, Entities over ours, same run",
    by: "liaotwin",
    oursUs: Math.round(perOurs * 1e6) / 1e3,
    entitiesUs: Math.round(perTheirs * 1e6) / 1e3,
    ratio: Math.round(perTheirs / perOurs),
    targetRatio: 50,
  });
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
  const cost = await page.evaluate((count) => (window as never as BenchWindow).bench.standing(count), POINTS);
  print({
    bench: "live",
    subject: `${POINTS} points that stand still`,
    by: "liaotwin",
    measured: HONESTLY,
    ...cost,
    showMs: Math.round(cost.setupMs),
    residentMbBefore: before,
    residentMbAfter: await residentMb(processes),
  });
}

async function benchStream(
  page: Page,
  server: Awaited<ReturnType<typeof createTwinServer>>,
  source: StreamSource,
): Promise<void> {
  const { config, kinds, sensors } = source;
  for (let from = 0; from < sensors; from += 2000)
    await server.publish(`liaotwin/bench/v1.1/Things/${from}`, source.things(from, 2000), true);
  const publisher = publishSteadily(server, source);
  try {
    const result = await page.evaluate(
      ([config, kinds, seconds]) => (window as never as BenchWindow).bench.stream(config, kinds, seconds),
      [config, kinds, STREAM_S] as const,
    );
    print({
      bench: "live",
      subject: `${MESSAGES_PER_S} messages a second asked of the publisher, decoded in the page's worker and drawn`,
      by: "liaotwin",
      measured:
        "publisher, broker and browser on this machine; tasks over 50 ms as Chromium's longtask observer tells",
      seconds: STREAM_S,
      messagesPerS: Math.round(result.received / STREAM_S),
      longTasks: result.longTasks.length,
      longestTaskMs: Math.max(0, ...result.longTasks),
      batches: result.batches,
    });
  } finally {
    publisher.stop();
  }
}

/** Observations at the rate asked for, or as fast as the broker takes them when that is less. */
function publishSteadily(
  server: Awaited<ReturnType<typeof createTwinServer>>,
  { topicOf, observation, sensors }: StreamSource,
): { stop(): void } {
  let isOn = true;
  const run = async (): Promise<void> => {
    const start = performance.now();
    for (let sent = 0; isOn; sent += TOGETHER) {
      const now = Date.now();
      await Promise.all(
        Array.from({ length: TOGETHER }, (_, k) =>
          server.publish(topicOf((sent + k) % sensors), observation(now, ((sent + k) * 7) % 90), false),
        ),
      );
      const aheadMs = (sent / MESSAGES_PER_S) * 1000 - (performance.now() - start);
      if (aheadMs > 4) await new Promise((resolve) => setTimeout(resolve, aheadMs));
    }
  };
  run().catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
  return {
    stop: () => {
      isOn = false;
    },
  };
}
