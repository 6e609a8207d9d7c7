import type { TerrainProgress } from "../../workers/terrain/contract.ts";

const EVERY_MS = 250;
const UNITS = { read: "rows", mesh: "tiles" } as const;

/** Turns progress into a line with rate and time left, at most four times a second. */
export function createTerrainProgressLine(
  write: (line: string) => void,
  now: () => number = () => performance.now(),
): (progress: TerrainProgress) => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  let phase = "";
  let startedMs = 0;
  return ({ phase: current, done, total }) => {
    const ms = now();
    if (current !== phase) {
      phase = current;
      startedMs = ms;
    } else if (ms - lastMs < EVERY_MS && done !== total) return;
    lastMs = ms;
    const seconds = Math.max(0.001, (ms - startedMs) / 1000);
    const left = done > 0 ? `, ${Math.ceil((seconds * (total - done)) / done)} s left` : "";
    const unit = UNITS[current];
    const percent = Math.floor((done / total) * 100);
    const end = done === total ? "\n" : "";
    write(
      `${current} ${percent} %: ${done} of ${total} ${unit}, ${(done / seconds).toFixed(1)} ${unit}/s${left}${end}`,
    );
  };
}
