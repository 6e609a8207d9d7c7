import type { SensorKind } from "./scenario.ts";
import type { HeatScale } from "./sensor-display.ts";

const LEVELS = [1, 2, 3, 4] as const;
/** A station speaks for this much of the distance to its neighbours. */
const REACH_SHARE = 1.6;
const REACH_LEAST = 400;
const REACH_MOST = 6000;

/**
 * What the colours of a kind's heat map mean: from what is calm to past the worst threshold. Fixed by the kind's rules and
 * not by the values of the moment, so that the same colour is the same value tomorrow. Without thresholds the span of the
 * values counts. `spacing` is the typical distance between neighbouring sensors, metres.
 */
export function heatScaleOf(
  kind: string,
  rule: SensorKind,
  values: Float32Array,
  spacing: number,
): HeatScale {
  const thresholds = LEVELS.flatMap((level) => {
    const value = rule.thresholds[`${level}`];
    return value === undefined ? [] : [{ level, value }];
  });
  const reach = Math.round(Math.min(REACH_MOST, Math.max(REACH_LEAST, spacing * REACH_SHARE)));
  const [low, high] = thresholds.length > 0 ? spanOfThresholds(thresholds, rule.direction) : spanOf(values);
  return { kind, min: low, max: high > low ? high : low + 1, reach, thresholds };
}

function spanOfThresholds(
  thresholds: HeatScale["thresholds"],
  direction: SensorKind["direction"],
): readonly [number, number] {
  const values = thresholds.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const margin = Math.max(most - least, Math.abs(most) * 0.5) * 0.25;
  if (direction === "below") return [least - margin, most + (most - least + margin)];
  return [least > 0 ? 0 : least - margin, most + margin];
}

function spanOf(values: Float32Array): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : [0, 1];
}
