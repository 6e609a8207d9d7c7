import type { CityProgress } from "../../workers/city/contract.ts";

const EVERY_MS = 250;

/** Turns progress into a line with rate and time left, at most four times a second. */
export function createProgressLine(
  write: (line: string) => void,
  now: () => number = () => performance.now(),
): (progress: CityProgress) => void {
  let lastMs = -Infinity;
  let phase = "";
  let startedMs = 0;
  return ({ phase: current, done, total, features }) => {
    const ms = now();
    if (current !== phase) {
      phase = current;
      startedMs = ms;
    } else if (ms - lastMs < EVERY_MS && done !== total) return;
    lastMs = ms;
    const seconds = Math.max(0.001, (ms - startedMs) / 1000);
    const share = total ? done / total : null;
    const left = share ? `, ${Math.ceil((seconds * (1 - share)) / share)} s left` : "";
    const percent = share === null ? "" : ` ${Math.floor(share * 100)} %`;
    const rate =
      current === "read"
        ? `${features} features, ${(done / 1e6 / seconds).toFixed(0)} MB/s`
        : `${done} of ${total} tiles, ${(done / seconds).toFixed(1)} tiles/s`;
    const end = done === total && current === "encode" ? "\n" : "";
    write(`${current}${percent}: ${rate}${left}${end}`);
  };
}
