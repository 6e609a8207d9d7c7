import { describe, expect, it } from "vitest";
import { countReport, filesThatFailed, namesOfFailures, withSecondRun } from "./test-report.ts";

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

describe("a second try", () => {
  const file = (name: string, ...tests: string[]) => ({
    name,
    status: tests.includes("failed") ? "failed" : "passed",
    assertionResults: tests.map((status) => ({ status, fullName: status })),
  });
  const first = {
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [file("a", "passed", "passed"), file("b", "passed", "failed")],
  };

  it("is for the files that failed", () => {
    expect(filesThatFailed(first)).toEqual(["b"]);
    expect(filesThatFailed(null)).toEqual([]);
  });

  it("takes the place of their first results", () => {
    const mended = withSecondRun(first, { testResults: [file("b", "passed", "passed")] });
    expect(countReport(mended, 0)).toEqual({ passed: 4, failed: 0 });
    const broken = withSecondRun(first, { testResults: [file("b", "passed", "failed")] });
    expect(countReport(broken, 1)).toEqual({ passed: 3, failed: 1 });
    expect(namesOfFailures(broken, 1)).toHaveLength(1);
  });

  it("that wrote no report leaves the first failure standing", () => {
    expect(countReport(withSecondRun(first, null), 1)).toEqual({ passed: 3, failed: 1 });
  });
});
