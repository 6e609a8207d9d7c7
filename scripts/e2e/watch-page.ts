import type { Page } from "playwright-core";

export interface PageProblems {
  readonly list: () => readonly string[];
  readonly forget: () => void;
}

/** Chromium's own remarks about software rendering are not ours. */
const NOT_OURS = [/GPU stall due to ReadPixels/, /Automatic fallback to software WebGL/, /GL Driver Message/];

/** Collects console errors, uncaught exceptions, failed own requests and Content-Security-Policy violations. */
export async function watchPage(page: Page): Promise<PageProblems> {
  let problems: string[] = [];
  const add = (problem: string) => {
    if (!NOT_OURS.some((pattern) => pattern.test(problem))) problems.push(problem);
  };
  page.on("console", (message) => {
    if (message.type() === "error") add(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => add(`uncaught: ${error.stack ?? error.message}`));
  page.on("crash", () => add("the page crashed"));
  await page.exposeFunction("reportViolation", (violation: string) => add(`policy: ${violation}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const report = (window as unknown as { reportViolation(text: string): void }).reportViolation;
      report(
        `${event.effectiveDirective} refused ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`,
      );
    });
  });
  return {
    list: () => problems,
    forget: () => {
      problems = [];
    },
  };
}
