import type { Issue } from "../../src/base/errors.ts";

const MOST_OF_A_KIND = 100;

/** Findings about a file: all are counted, the first hundred of a kind are kept. */
export class IssueList {
  readonly listed: Issue[] = [];
  readonly #counts = new Map<string, number>();

  get count(): number {
    let sum = 0;
    for (const count of this.#counts.values()) sum += count;
    return sum;
  }

  add(issue: Issue): void {
    const count = (this.#counts.get(issue.code) ?? 0) + 1;
    this.#counts.set(issue.code, count);
    if (count <= MOST_OF_A_KIND) this.listed.push(issue);
  }

  /** A finding about the whole file, told once. */
  once(code: string, message: string): void {
    if (!this.#counts.has(code)) this.add({ code, severity: "info", message });
  }
}
