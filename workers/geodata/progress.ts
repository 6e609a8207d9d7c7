import type { Progress } from "../../src/domain/job.ts";

const MIN_INTERVAL_MS = 50;

/** Counts bytes of a stage and tells of them at most twenty times a second, and at the end. */
export function createByteProgress(
  stage: string,
  total: number,
  report: (progress: Progress) => void,
): (count: number) => void {
  let done = 0;
  let lastMs = 0;
  report({ stage, done: 0, total });
  return (count) => {
    done += count;
    const nowMs = performance.now();
    if (nowMs - lastMs < MIN_INTERVAL_MS && done < total) return;
    lastMs = nowMs;
    report({ stage, done: Math.min(done, total || done), total });
  };
}
