import type { Page } from "playwright-core";

export interface LongScript {
  /** What called it: `FrameRequestCallback`, `MessagePort.onmessage` ... */
  readonly invoker: string;
  readonly function: string;
  readonly source: string;
  readonly ms: number;
}

/**
 * Notes scripts of the page above 50 ms from now on, with their cause. Software GL makes every frame long; frame callbacks
 * are therefore told apart from what messages, timers and promises cause.
 */
export async function watchLongScripts(page: Page): Promise<() => Promise<LongScript[]>> {
  await page.evaluate(() => {
    const holder = window as unknown as {
      longScripts?: unknown[];
      longScriptsObserver?: PerformanceObserver;
    };
    const found: unknown[] = [];
    holder.longScripts = found;
    holder.longScriptsObserver?.disconnect();
    holder.longScriptsObserver = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { scripts = [] } = entry as unknown as {
          scripts?: {
            duration: number;
            invoker: string;
            sourceURL: string;
            sourceFunctionName: string;
          }[];
        };
        for (const script of scripts)
          if (script.duration > 50)
            found.push({
              invoker: script.invoker,
              function: script.sourceFunctionName,
              source: script.sourceURL.split("/").at(-1),
              ms: Math.round(script.duration),
            });
      }
    });
    holder.longScriptsObserver.observe({ type: "long-animation-frame" });
  });
  return () =>
    page.evaluate(() => {
      const holder = window as unknown as {
        longScripts?: unknown[];
        longScriptsObserver?: PerformanceObserver;
      };
      holder.longScriptsObserver?.disconnect();
      return (holder.longScripts ?? []) as LongScript[];
    });
}
