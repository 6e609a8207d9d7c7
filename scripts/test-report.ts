export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

interface VitestReport {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly testResults?: readonly {
    readonly name?: string;
    readonly status?: string;
    readonly message?: string;
    readonly assertionResults?: readonly {
      readonly status?: string;
      readonly fullName?: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

/**
 * Counts a Vitest JSON report. A file that failed without a failed test of its own (it did not load, a hook threw) is one
 * failure; so is a run that ended badly, or that ran nothing, without saying which test it was.
 */
export function countReport(report: unknown, exitCode: number): Tally {
  const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = (report ?? {}) as VitestReport;
  const brokenFiles = testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults?.some((test) => test.status === "failed"),
  ).length;
  const failed = numFailedTests + brokenFiles;
  const isSilentFailure = failed === 0 && (exitCode !== 0 || numPassedTests === 0);
  return { passed: numPassedTests, failed: isSilentFailure ? 1 : failed };
}

/** A line for each failure that `countReport` counts: file, test, first line of the reason. */
export function namesOfFailures(report: unknown, exitCode: number): string[] {
  const { testResults = [] } = (report ?? {}) as VitestReport;
  const lines = testResults.flatMap(({ name = "?", status, message = "", assertionResults = [] }) => {
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (status === "failed" && failed.length === 0) return [`${name}: ${firstLine(message)}`];
    return failed.map((test) => `${name}: ${test.fullName}: ${firstLine(test.failureMessages?.[0] ?? "")}`);
  });
  if (lines.length === 0 && countReport(report, exitCode).failed > 0)
    return [`ended with ${exitCode} without a failed test: an error outside of tests, or nothing ran`];
  return lines;
}

/** Paths of the files in which something failed. */
export function filesThatFailed(report: unknown): string[] {
  const { testResults = [] } = (report ?? {}) as VitestReport;
  return testResults.flatMap(({ name, status }) => (status === "failed" && name ? [name] : []));
}

/** The first report with the files of a second run in the place of their first results. */
export function withSecondRun(first: unknown, second: unknown): unknown {
  const again = ((second ?? {}) as VitestReport).testResults ?? [];
  const names = new Set(again.map(({ name }) => name));
  const testResults = [
    ...(((first ?? {}) as VitestReport).testResults ?? []).filter(({ name }) => !names.has(name)),
    ...again,
  ];
  const count = (status: string) =>
    testResults.flatMap((file) => file.assertionResults ?? []).filter((test) => test.status === status)
      .length;
  return { testResults, numPassedTests: count("passed"), numFailedTests: count("failed") };
}

function firstLine(text: string): string {
  return (text.trim().split("\n")[0] ?? "").slice(0, 300);
}
