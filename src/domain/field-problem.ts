import * as v from "valibot";

/** The first thing wrong with an input: which field, what it should be, what it is. */
export interface FieldProblem {
  /** Dotted path such as `sensorKinds.rain.thresholds.1`; empty for the whole input. */
  readonly field: string;
  /** In words for the user. */
  readonly expected: string;
  readonly received: string;
}

/** Finds the field that valibot complained about first; inside a union it is the field that came furthest. */
export function fieldProblem(issues: readonly v.BaseIssue<unknown>[]): FieldProblem {
  const issue = deepest(issues[0]!);
  return {
    field: v.getDotPath(issue) ?? "",
    expected: expectation(issue),
    received: issue.received,
  };
}

/** An object's own complaint is about a key: valibot expects the key itself where it is missing, nothing where it is unknown. */
function expectation(issue: v.BaseIssue<unknown>): string {
  const isAboutKey = issue.kind === "schema" && issue.type.endsWith("object") && issue.path !== undefined;
  if (isAboutKey && issue.expected === "never") return "absent: no such field is known";
  if (isAboutKey && issue.received === "undefined") return "given";
  return issue.expected ?? issue.message;
}

function deepest(issue: v.BaseIssue<unknown>): v.BaseIssue<unknown> {
  const inner = (issue.issues ?? []).map(deepest);
  return inner.reduce((best, one) => (depth(one) > depth(best) ? one : best), issue);
}

const depth = (issue: v.BaseIssue<unknown>): number => issue.path?.length ?? 0;
