import type { Page } from "playwright-core";
import type { BenchWindow } from "./live-page/live-page.ts";
import type { DayParts } from "./live-page/simulated-day.ts";
import { print } from "./measure.ts";

const HOURS = 24;
const STEP_HOURS = 2;

/** A simulated day of the product's live parts in one page: what stands in memory at every second hour, garbage collected. */
export async function benchLiveDay(page: Page, parts: DayParts): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await page.evaluate((parts) => (window as never as BenchWindow).bench.beginDay(parts), parts);
  for (let hour = 0; hour < HOURS; hour += STEP_HOURS) {
    const start = performance.now();
    const stands = await page.evaluate((h) => (window as never as BenchWindow).bench.runDay(h), STEP_HOURS);
    const ms = Math.round(performance.now() - start);
    for (let turn = 0; turn < 3; turn++) await cdp.send("HeapProfiler.collectGarbage");
    const { usedSize, backingStorageSize } = (await cdp.send("Runtime.getHeapUsage")) as {
      usedSize: number;
      /** Typed arrays: Chromium tells it apart, the protocol's typings do not know it yet. */
      backingStorageSize?: number;
    };
    print({
      bench: "live",
      subject: `a simulated day of ${parts.sensors} sensors in one page`,
      by: "liaotwin",
      measured:
        "Chromium, after collecting garbage; the session that is a worker's in the product is in the page here",
      ms,
      ...stands,
      heapMb: Math.round(usedSize / 1e5) / 10,
      arraysMb: Math.round((backingStorageSize ?? Number.NaN) / 1e5) / 10,
    });
  }
}
