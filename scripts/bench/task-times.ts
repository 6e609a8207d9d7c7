import type { Page } from "playwright-core";

export interface TaskTimes {
  /** Tasks of the page's main thread that took more than 50 ms of the processor, longest first, milliseconds. */
  readonly over50CpuMs: readonly number[];
  readonly longestCpuMs: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  /** Time of the thread itself, microseconds: what a busy machine does to it in between does not count. */
  readonly tdur?: number;
}

/**
 * Runs `work` and tells the main thread's tasks in each of the page's watched spans (`watchLongTasks`) by processor time: on a busy
 * machine the wall clock says nothing of the program.
 */
export async function tasksOf<T>(
  page: Page,
  work: () => Promise<T>,
): Promise<{ result: T; spans: readonly TaskTimes[] }> {
  const browser = page.context().browser()!;
  // not "toplevel": at 20 000 messages a second its messages between processes fill more than a string holds
  const categories = ["disabled-by-default-devtools.timeline", "blink.user_timing", "__metadata"];
  await browser.startTracing(page, { categories });
  const result = await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const marks = (name: string) => traceEvents.filter((event) => event.name === name);
  const [begins, ends] = [marks("watch-begins"), marks("watch-ends")];
  const tasks = traceEvents.filter(({ name, ph }) => ph === "X" && name.endsWith("RunTask"));
  const spans = begins.map((begin, k): TaskTimes => {
    const [fromUs, toUs] = [begin.ts, ends[k]?.ts ?? 0];
    const times = tasks
      .filter((one) => threadOf(one) === threadOf(begin) && one.ts >= fromUs && one.ts <= toUs)
      .map(({ tdur = 0 }) => tdur / 1000);
    if (times.length === 0) throw new Error("the browser told of no tasks");
    const long = times.filter((ms) => ms > 50).sort((a, b) => b - a);
    return { over50CpuMs: long.map(Math.round), longestCpuMs: Math.round(Math.max(...times)) };
  });
  return { result, spans };
}
