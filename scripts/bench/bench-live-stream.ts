import type { Page } from "playwright-core";
import type { AlertRule } from "../../src/domain/alert-rule.ts";
import type { FeedConfig, SensorKind } from "../../src/domain/scenario.ts";
import { launchTwin } from "../e2e/launch.ts";
import { run, state, waitForState, whenIdle } from "../e2e/twin-page.ts";
import type { BenchWindow } from "./live-page/live-page.ts";
import { type LoadSource, type Packing, startLoadSource } from "./load-source.ts";
import { print } from "./measure.ts";
import { type TaskTimes, tasksOf } from "./task-times.ts";

const MESSAGES_PER_S = 20_000;
const STREAM_S = 20;
/** Poured on both sides of what is measured. */
const MARGIN_S = 3;
const PACKINGS: readonly (readonly [Packing, string])[] = [
  ["packets-together", "packets that are due at once (every 4 ms) in one WebSocket frame"],
  ["frame-a-message", "a WebSocket frame a message"],
];
const SCENARIO = "hazard-flood";
const HOME = "?view=123.454206,41.768567,1768.3,332,-24";

export interface StreamParts {
  readonly config: FeedConfig;
  readonly kinds: Readonly<Record<string, SensorKind>>;
  readonly rules: readonly AlertRule[];
  readonly sensors: number;
}

/** A stream through the product's worker, drawn on a stage of a few pixels, and through the whole product with its city. */
export async function benchStream(page: Page, parts: StreamParts, wanted: readonly string[]): Promise<void> {
  const isWanted = (part: string) => wanted.length === 0 || wanted.includes(part);
  for (const [packing, how] of PACKINGS) {
    if (!isWanted(packing)) continue;
    await page.reload();
    await page.waitForFunction(() => "bench" in window);
    await withSource(parts.sensors, (source) => streamThroughPage(page, parts, source, packing, how));
  }
  if (!isWanted("product")) return;
  await page.goto("about:blank");
  for (const [packing, how] of PACKINGS)
    await withSource(parts.sensors, (source) => streamThroughProduct(parts, source, packing, how));
}

async function withSource(sensors: number, work: (source: LoadSource) => Promise<void>): Promise<void> {
  const source = await startLoadSource(sensors);
  try {
    await work(source);
  } finally {
    source.close();
  }
}

const pourAll = (source: LoadSource, packing: Packing) =>
  source.pour({ rate: MESSAGES_PER_S, seconds: STREAM_S + 2 * MARGIN_S, packing });

const subjectOf = (sensors: number, where: string) =>
  `${MESSAGES_PER_S} messages a second of ${sensors} sensors asked for, ${where}`;

async function streamThroughPage(
  page: Page,
  { config, kinds, sensors }: StreamParts,
  source: LoadSource,
  packing: Packing,
  how: string,
): Promise<void> {
  const { result, spans } = await tasksOf(page, async () => {
    const setupTasks = await page.evaluate(
      ([config, kinds, sensors]) => (window as never as BenchWindow).bench.openStream(config, kinds, sensors),
      [{ ...config, url: source.url } as FeedConfig, kinds, sensors] as const,
    );
    const { startMs, poured } = await pourAll(source, packing);
    const measured = await page.evaluate(
      ([startMs, seconds]) => (window as never as BenchWindow).bench.measureStream(startMs, seconds),
      [startMs, STREAM_S] as const,
    );
    return { setupTasks, measured, sent: await poured };
  });
  const { measured, setupTasks, sent } = result;
  const described = Math.ceil(sensors / 2000);
  const totals = await settledTotals(sent + described, () =>
    page.evaluate(() => (window as never as BenchWindow).bench.totalsOfStream()),
  );
  await page.evaluate(() => (window as never as BenchWindow).bench.closeStream());
  print({
    bench: "live",
    subject: subjectOf(sensors, "decoded in the page's worker and drawn"),
    by: "liaotwin",
    measured: `MQTT 5 over WebSocket, ${how}, encoded beforehand by a process of its own on this machine`,
    seconds: Math.round(measured.seconds * 10) / 10,
    messagesPerS: Math.round(measured.received / measured.seconds),
    sent,
    notReceived: sent + described - totals.received,
    notDecoded: totals.lost,
    ageMs: measured.ageMs,
    longTasks: measured.longTasks,
    ...spans[1],
    longTasksOfSetup: setupTasks,
    setupOver50CpuMs: spans[0]?.over50CpuMs,
    batches: measured.batches,
    frames: measured.frames,
  });
}

/** What has been received once all is there; after ten seconds, what is there. */
async function settledTotals<T extends { readonly received: number }>(
  expected: number,
  read: () => Promise<T>,
): Promise<T> {
  for (let turn = 0; ; turn++) {
    const totals = await read();
    if (totals.received >= expected || turn >= 100) return totals;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The built product, `dist/`, with the buildings of its city, its log and its rules; a feed of the flood scenario is the load's. */
async function streamThroughProduct(
  { config, kinds, rules, sensors }: StreamParts,
  source: LoadSource,
  packing: Packing,
  how: string,
): Promise<void> {
  const twin = await launchTwin({ address: HOME, feed: false, viewport: { width: 960, height: 600 } });
  try {
    const { page } = twin;
    await page.route(`**/scenarios/${SCENARIO}/manifest.json`, async (route) => {
      const manifest = await (await route.fetch()).json();
      const feed = { ...config, id: "city-hub", url: source.url };
      await route.fulfill({
        json: {
          ...manifest,
          feeds: [feed],
          rules: [...manifest.rules, ...rules],
          sensorKinds: { ...manifest.sensorKinds, ...kinds },
        },
      });
    });
    await whenIdle(page);
    await run(page, { type: "open-scenario", id: SCENARIO });
    await waitForState(page, "all sensors are there", (s) => s.risk.sensors >= sensors);
    await whenIdle(page);
    const { result, spans } = await tasksOf(page, async () => {
      const { startMs, poured } = await pourAll(source, packing);
      const measured = await page.evaluate(measureProduct, [startMs + 1000, STREAM_S * 1000] as const);
      return { measured, sent: await poured };
    });
    const { measured, sent } = result;
    const described = Math.ceil(sensors / 2000);
    const feed = await settledTotals(sent + described, async () => (await state(page)).feeds[0]!);
    printProduct(subjectOf(sensors, "through the whole product with its city, 960 x 600 at 0.3"), how, {
      seconds: Math.round(measured.seconds * 10) / 10,
      messagesPerS: Math.round(measured.received / measured.seconds),
      sent,
      notReceived: sent + described - feed.received,
      notDecoded: feed.rejected + (feed.tally?.duplicates ?? 0),
      newestAgeMs: measured.newestAgeMs,
      longTasks: measured.longTasks,
      ...(spans[0] as TaskTimes),
      frames: measured.frames,
      buildings: measured.counters,
    });
  } finally {
    await twin.close();
  }
}

function printProduct(subject: string, how: string, figures: Readonly<Record<string, unknown>>): void {
  const measured = `dist/, MQTT 5 over WebSocket, ${how}; rules, log in IndexedDB, timeline and panels on`;
  print({ bench: "live", subject, by: "liaotwin", measured, ...figures });
}

/** Runs in the page: counts from one batch to another, some `ms` apart, and long tasks meanwhile. Names no functions: the compiler would wrap them. */
async function measureProduct([fromMs, ms]: readonly [number, number]) {
  interface Feed {
    readonly received: number;
    readonly provenance: { readonly observedAtMs?: number };
  }
  type Twin = { state(): { feeds: Feed[]; counters: Record<string, number> } };
  const { twin } = window as never as { twin: Twin };
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, fromMs - Date.now())));
  const ends: { received: number; atMs: number; frames: number }[] = [];
  const longTasks: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(Math.round(duration));
  });
  for (const waitMs of [0, ms]) {
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (waitMs > 0) {
      performance.mark("watch-ends");
      for (const { duration } of observer.takeRecords()) longTasks.push(Math.round(duration));
      observer.disconnect();
    }
    const { received } = twin.state().feeds[0]!;
    while (twin.state().feeds[0]!.received === received)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const { feeds, counters } = twin.state();
    ends.push({ received: feeds[0]!.received, atMs: performance.now(), frames: counters.frames ?? 0 });
    if (waitMs === 0) {
      observer.observe({ type: "longtask" });
      performance.mark("watch-begins");
    }
  }
  const [before, after] = [ends[0]!, ends[1]!];
  const { counters, feeds } = twin.state();
  return {
    received: after.received - before.received,
    seconds: (after.atMs - before.atMs) / 1000,
    longTasks,
    newestAgeMs: Math.round(Date.now() - (feeds[0]!.provenance.observedAtMs ?? Number.NaN)),
    frames: after.frames - before.frames,
    counters,
  };
}
