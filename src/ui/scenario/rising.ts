import type { ScenarioAnalysis } from "../../domain/scenario.ts";

/** The next level while the water rises, on the grid of steps; null at the top. In the analysis's unit. */
export function nextLevel(level: number, { min, max, step }: ScenarioAnalysis): number | null {
  if (level >= max - 1e-9) return null;
  const steps = Math.floor((level - min) / step + 1e-9) + 1;
  return Math.min(max, Number((min + steps * step).toFixed(6)));
}
