import type { Progress } from "../../src/domain/job.ts";

export type IfcStage = "read" | "open" | "geometry" | "properties" | "encode" | "write";

const MIN_INTERVAL_MS = 50;

/** Passes progress on at most twenty times a second; a new stage and the end of one always. */
export class ProgressReporter {
  readonly #report: (progress: Progress) => void;
  #stage = "";
  #lastMs = 0;

  constructor(report: ((progress: Progress) => void) | undefined) {
    this.#report = report ?? (() => {});
  }

  at(stage: IfcStage, done: number, total: number): void {
    const nowMs = performance.now();
    const isNews = stage !== this.#stage || done === total;
    if (!isNews && nowMs - this.#lastMs < MIN_INTERVAL_MS) return;
    this.#stage = stage;
    this.#lastMs = nowMs;
    this.#report({ stage, done, total });
  }
}
