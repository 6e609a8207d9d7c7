import type { WarningLevel } from "../../domain/risk.ts";
import type { SensorKind } from "../../domain/scenario.ts";

export interface Threshold {
  readonly level: WarningLevel;
  /** In the kind's own unit. */
  readonly value: number;
}

const LEVELS: readonly WarningLevel[] = [1, 2, 3, 4];

/** The thresholds that a kind uses, red first. */
export function sensorThresholds(kind: SensorKind): readonly Threshold[] {
  return LEVELS.flatMap((level) => {
    const value = kind.thresholds[`${level}`];
    return value === undefined ? [] : [{ level, value }];
  });
}

/** Range of the value axis: all values, and those thresholds that lie near enough to matter, with a tenth of air. */
export function axisRange(
  values: readonly number[],
  thresholds: readonly Threshold[],
): readonly [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const reach = Math.max(high - low, Math.abs(high) * 0.5, 0.1);
  const near = thresholds
    .map(({ value }) => value)
    .filter((value) => value >= low - reach && value <= high + reach);
  const min = Math.min(low, ...near);
  const max = Math.max(high, ...near);
  const air = Math.max((max - min) * 0.1, 1e-6);
  return [min >= 0 ? Math.max(0, min - air) : min - air, max + air];
}
