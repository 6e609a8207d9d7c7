import { describe, expect, it } from "vitest";
import { countReport, namesOfFailures } from "./test-report.ts";

describe("counting a report", () => {
  it("adds tests and files that did not load", () => {
    const report = {
      numPassedTests: 7,
      numFailedTests: 1,
      testResults: [
        { status: "failed", assertionResults: [{ status: "failed" }, { status: "passed" }] },
        { status: "failed", assertionResults: [] },
        { status: "passed", assertionResults: [{ status: "passed" }] },
      ],
    };
    expect(countReport(report, 1)).toEqual({ passed: 7, failed: 2 });
  });

  it("never passes on nothing", () => {
    expect(countReport(null, 1)).toEqual({ passed: 0, failed: 1 });
    expect(countReport({ numPassedTests: 0, numFailedTests: 0 }, 0)).toEqual({ passed: 0, failed: 1 });
    expect(countReport({ numPassedTests: 5, numFailedTests: 0 }, 1)).toEqual({ passed: 5, failed: 1 });
    expect(countReport({ numPassedTests: 5, numFailedTests: 0 }, 0)).toEqual({ passed: 5, failed: 0 });
  });

  it("names what failed", () => {
    const failed = { status: "failed", fullName: "a b", failureMessages: ["no\n  at x"] };
    const report = {
      numPassedTests: 1,
      numFailedTests: 1,
      testResults: [
        { name: "x.test.ts", status: "failed", assertionResults: [failed, { status: "passed" }] },
        { name: "y.test.ts", status: "failed", message: "Hook timed out\nmore", assertionResults: [] },
      ],
    };
    expect(namesOfFailures(report, 1)).toEqual(["x.test.ts: a b: no", "y.test.ts: Hook timed out"]);
    expect(namesOfFailures({ numPassedTests: 1 }, 0)).toEqual([]);
    expect(namesOfFailures({ numPassedTests: 1 }, 1)).toEqual([expect.stringContaining("ended with 1")]);
  });
});
