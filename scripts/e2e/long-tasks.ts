import type { Browser, Page } from "playwright-core";

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Microseconds that the thread really ran: unlike `dur`, a busy machine does not stretch it. */
  readonly tdur?: number;
  readonly args?: {
    readonly name?: string;
    readonly data?: { readonly functionName?: string; readonly url?: string };
  };
}

export interface LongTask {
  readonly cpuMs: number;
  /** Names of the script functions and engine steps inside, longest first. */
  readonly inside: readonly string[];
}

export interface TaskTrace {
  /** Tasks of the page's main thread above `limitMs` of processor time that are not animation frames. */
  readonly tasks: readonly LongTask[];
  readonly observed: number;
}

/** Traces the page while `work` runs. Software GL makes every animation frame long; those are left out. */
export async function traceTasks(
  browser: Browser,
  page: Page,
  limitMs: number,
  work: () => Promise<void>,
): Promise<TaskTrace> {
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline"] });
  let trace: Buffer;
  try {
    await work();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  return longTasks(traceEvents, limitMs);
}

function longTasks(events: readonly TraceEvent[], limitMs: number): TaskTrace {
  const mains = new Set(
    events
      .filter((event) => event.name === "thread_name" && event.args?.name === "CrRendererMain")
      .map((event) => `${event.pid}:${event.tid}`),
  );
  const complete = events.filter((event) => event.ph === "X" && mains.has(`${event.pid}:${event.tid}`));
  const cpu = (event: TraceEvent) => event.tdur ?? event.dur ?? 0;
  const all = complete.filter((event) => event.name.endsWith("RunTask"));
  const tasks = all
    .filter((event) => cpu(event) > limitMs * 1000)
    .flatMap((task) => {
      const inside = complete
        .filter(
          (event) =>
            event !== task &&
            event.pid === task.pid &&
            event.tid === task.tid &&
            event.ts >= task.ts &&
            event.ts < task.ts + (task.dur ?? 0),
        )
        .sort((a, b) => cpu(b) - cpu(a));
      if (inside.some((event) => event.name === "FireAnimationFrame")) return [];
      const names = inside.slice(0, 6).map(({ name, args, ...event }) => {
        const { functionName = "", url = "" } = args?.data ?? {};
        return `${name} ${functionName} ${url.split("/").at(-1) ?? ""} ${Math.round(cpu({ name, ...event }) / 1000)} ms`;
      });
      return [{ cpuMs: Math.round(cpu(task) / 1000), inside: names }];
    });
  return { tasks, observed: all.length };
}
