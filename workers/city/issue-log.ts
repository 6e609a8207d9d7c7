import type { CityIssue } from "./contract.ts";

/** Full entries kept of one kind; beyond it they are only counted. */
const MOST_OF_A_KIND = 10_000;

export class IssueLog {
  readonly counts: Record<string, number> = {};
  readonly #listed: CityIssue[] = [];
  refused = 0;

  add(issue: CityIssue): void {
    const count = (this.counts[issue.code] ?? 0) + 1;
    this.counts[issue.code] = count;
    if (issue.outcome === "refused") this.refused++;
    if (count <= MOST_OF_A_KIND) this.#listed.push(issue);
  }

  /** The content of `issues.json`. */
  report(read: number, built: number): Record<string, unknown> {
    return {
      read,
      built,
      refused: this.refused,
      counts: this.counts,
      listedOfEachKind: MOST_OF_A_KIND,
      issues: this.#listed,
    };
  }

  get listed(): readonly CityIssue[] {
    return this.#listed;
  }
}
