import { circularMeanDeg } from "../geo/circular-mean.ts";
import { distanceM } from "../geo/local-plane.ts";
import { NO_DATA_LEVEL, type Sensor, type SensorLevel, type Warning, type WarningLevel } from "./risk.ts";
import type { Indicator, IndicatorValue, ScenarioManifest, SensorKind } from "./scenario.ts";

/** Worst first: the first threshold that a value reaches gives its level. */
const WORST_FIRST: readonly WarningLevel[] = [1, 2, 3, 4];

/**
 * Level of a value by the scenario's thresholds; a value equal to a threshold has reached it. 0 is below all of them.
 * A value that is no finite number has no level (NO_DATA_LEVEL): silence is never drawn as safety.
 */
export function levelOf(value: number, kind: Pick<SensorKind, "direction" | "thresholds">): SensorLevel {
  if (!Number.isFinite(value)) return NO_DATA_LEVEL;
  for (const level of WORST_FIRST) {
    const threshold = kind.thresholds[`${level}`];
    if (threshold === undefined) continue;
    if (kind.direction === "above" ? value >= threshold : value <= threshold) return level;
  }
  return 0;
}

/** Whether level `a` is worse than `b`: 1 red is worst, 0 is harmless, no data is neither. */
export function isWorse(a: number, b: number): boolean {
  return severityRank(a) > severityRank(b);
}

/** 4 for red down to 1 for blue, 0 for below every threshold, -1 for no data. */
export function severityRank(level: number): number {
  if (level === NO_DATA_LEVEL) return -1;
  return level === 0 ? 0 : 5 - level;
}

/** Sensor arrays of equal length: index = sensor row. NaN or NO_DATA_LEVEL says that a sensor has not reported. */
export interface RiskInput {
  readonly sensors: readonly Sensor[];
  readonly values: ArrayLike<number>;
  readonly levels: ArrayLike<number>;
  /** phenomenonTime of each value, epoch ms. */
  readonly timesMs: ArrayLike<number>;
  readonly warnings: readonly Warning[];
}

/**
 * Indicators of a scenario in the manifest's order. Once sensors are known, an indicator of a kind that this city does not
 * have (a tide inland) is left out: it will never have a value.
 */
export function computeIndicators(manifest: ScenarioManifest, input: RiskInput): readonly IndicatorValue[] {
  const kinds = new Set(input.sensors.map((sensor) => sensor.kind));
  return manifest.indicators
    .filter(({ kind }) => kind === undefined || kinds.size === 0 || kinds.has(kind))
    .map((indicator) => computeIndicator(indicator, manifest, input));
}

function computeIndicator(
  indicator: Indicator,
  manifest: ScenarioManifest,
  input: RiskInput,
): IndicatorValue {
  if (indicator.measure === "warnings") return countWarnings(indicator, input.warnings);
  const kind = indicator.kind === undefined ? undefined : manifest.sensorKinds[indicator.kind];
  const tally = tallyKind(indicator, input);
  const { id } = indicator;
  const timeMs = tally.newestMs;
  switch (indicator.measure) {
    case "reporting":
      return {
        id,
        value: tally.known === 0 ? null : (100 * tally.reporting) / tally.known,
        level: 0,
        timeMs,
      };
    case "countAtOrWorse":
      return { id, value: tally.known === 0 ? null : tally.atOrWorse, level: tally.worstLevel, timeMs };
    case "max":
      return tally.reporting === 0
        ? { id, value: null, level: NO_DATA_LEVEL, timeMs }
        : { id, value: tally.extreme(kind), level: tally.worstLevel, timeMs };
    case "mean": {
      const value = kind?.circular ? meanDirection(indicator, kind, input) : tally.sum / tally.reporting;
      return tally.reporting === 0 || Number.isNaN(value)
        ? { id, value: null, level: NO_DATA_LEVEL, timeMs }
        : { id, value, level: kind ? levelOf(value, kind) : 0, timeMs };
    }
  }
}

/** NaN where nothing blows, or everything against everything. */
function meanDirection({ kind }: Indicator, { circular }: SensorKind, input: RiskInput): number {
  const rows = reportingRows(input, kind);
  const directions = rows.map((row) => input.values[row]!);
  const weighers = circular?.weightedBy === undefined ? [] : reportingRows(input, circular.weightedBy);
  if (weighers.length === 0) return circularMeanDeg(directions);
  const weights = rows.map((row) => Math.max(0, input.values[nearestRow(input.sensors, row, weighers)]!));
  return circularMeanDeg(directions, weights);
}

function reportingRows({ sensors, values, levels }: RiskInput, kind: string | undefined): number[] {
  return [...sensors.keys()].filter(
    (row) =>
      sensors[row]!.kind === kind &&
      levels[row] !== NO_DATA_LEVEL &&
      Number.isFinite(values[row] ?? Number.NaN),
  );
}

/** A vane's own anemometer is the nearest one. */
function nearestRow(sensors: readonly Sensor[], row: number, among: readonly number[]): number {
  const { longitudeDeg, latitudeDeg } = sensors[row]!;
  const distance = (other: Sensor) =>
    distanceM(longitudeDeg, latitudeDeg, other.longitudeDeg, other.latitudeDeg);
  return among.reduce((best, one) => (distance(sensors[one]!) < distance(sensors[best]!) ? one : best));
}

interface Tally {
  known: number;
  reporting: number;
  sum: number;
  atOrWorse: number;
  worstLevel: number;
  newestMs: number | null;
  extreme(kind: SensorKind | undefined): number;
}

/** One pass over the sensors of the indicator's kind, or over all when it names none. */
function tallyKind(indicator: Indicator, { sensors, values, levels, timesMs }: RiskInput): Tally {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const tally: Tally = {
    known: 0,
    reporting: 0,
    sum: 0,
    atOrWorse: 0,
    worstLevel: 0,
    newestMs: null,
    // where low values are the bad ones, the extreme is the lowest
    extreme: (kind) => (kind?.direction === "below" ? low : high),
  };
  const wanted = severityRank(indicator.level ?? 4);
  for (let row = 0; row < sensors.length; row++) {
    if (indicator.kind !== undefined && sensors[row]!.kind !== indicator.kind) continue;
    tally.known++;
    const value = values[row] ?? Number.NaN;
    const level = levels[row] ?? NO_DATA_LEVEL;
    if (level === NO_DATA_LEVEL || !Number.isFinite(value)) continue;
    tally.reporting++;
    tally.sum += value;
    low = Math.min(low, value);
    high = Math.max(high, value);
    if (severityRank(level) >= wanted) tally.atOrWorse++;
    if (isWorse(level, tally.worstLevel)) tally.worstLevel = level;
    const timeMs = timesMs[row] ?? Number.NaN;
    if (Number.isFinite(timeMs) && timeMs > (tally.newestMs ?? Number.NEGATIVE_INFINITY))
      tally.newestMs = timeMs;
  }
  return tally;
}

function countWarnings({ id }: Indicator, warnings: readonly Warning[]): IndicatorValue {
  let level = 0;
  let timeMs: number | null = null;
  for (const warning of warnings) {
    if (isWorse(warning.level, level)) level = warning.level;
    timeMs = Math.max(timeMs ?? warning.sentMs, warning.sentMs);
  }
  return { id, value: warnings.length, level, timeMs };
}
