import type { FeedTally, Sensor, SensorLevel, SensorUpdate } from "../domain/risk.ts";
import { levelOf } from "../domain/risk-rules.ts";
import type { SensorKind } from "../domain/scenario.ts";
import { RingSeries } from "./ring-series.ts";
import type { DecodedObservation, DecodedSensor } from "./sensorthings.ts";

/** Observations that came before their Thing, newest each; more than this many are forgotten. */
const MAX_WAITING = 20_000;
const NO_THRESHOLDS = { direction: "above", thresholds: {} } as const;

interface Newest {
  readonly timeMs: number;
  readonly value: number;
  readonly level?: SensorLevel;
}

/** Sensors of one feed as rows. Rows only grow, except in `retain`, after which all are told anew. */
export class SensorRows {
  readonly #kinds: Readonly<Record<string, SensorKind>>;
  readonly #sensors: Sensor[] = [];
  readonly #series: RingSeries[] = [];
  readonly #rowOfKey = new Map<string, number>();
  readonly #waiting = new Map<string, Newest>();
  readonly #dirty = new Map<number, Newest>();
  /** Levels that the source gave itself, by row. */
  readonly #givenLevels = new Map<number, SensorLevel>();
  #duplicates = 0;
  #late = 0;
  #isChanged = false;

  constructor(kinds: Readonly<Record<string, SensorKind>>) {
    this.#kinds = kinds;
  }

  get length(): number {
    return this.#sensors.length;
  }

  /** Values that came twice, and values that came after newer ones. */
  get tally(): Pick<FeedTally, "duplicates" | "late"> {
    return { duplicates: this.#duplicates, late: this.#late };
  }

  /** Adds or corrects sensors. The same page again changes nothing. */
  describe(decoded: readonly DecodedSensor[]): void {
    for (const { key, sensor } of decoded) {
      const known = this.#rowOfKey.get(key);
      if (known !== undefined) {
        const before = this.#sensors[known]!;
        const now = sensor.isMoving && before.isMoving ? { ...sensor, ...placeOf(before) } : sensor;
        if (JSON.stringify(before) === JSON.stringify(now)) continue;
        this.#sensors[known] = now;
        this.#isChanged = true;
        continue;
      }
      const row = this.#sensors.length;
      this.#rowOfKey.set(key, row);
      this.#sensors.push(sensor);
      this.#series.push(new RingSeries());
      this.#isChanged = true;
      const waiting = this.#waiting.get(key);
      this.#waiting.delete(key);
      if (waiting) this.#store(row, waiting, false);
    }
  }

  /** Takes away the sensors that are not named; the rows of the others move, and all their values are told again. */
  retain(keys: ReadonlySet<string>): void {
    const kept = [...this.#rowOfKey].filter(([key]) => keys.has(key));
    if (kept.length === this.#sensors.length) return;
    const [sensors, series, levels] = [[...this.#sensors], [...this.#series], new Map(this.#givenLevels)];
    for (const list of [this.#sensors, this.#series]) list.length = 0;
    for (const map of [this.#rowOfKey, this.#dirty, this.#givenLevels]) map.clear();
    for (const [key, old] of kept) {
      const row = this.#sensors.length;
      this.#rowOfKey.set(key, row);
      this.#sensors.push(sensors[old]!);
      this.#series.push(series[old]!);
      const level = levels.get(old);
      if (level !== undefined) this.#givenLevels.set(row, level);
      this.#dirty.set(row, series[old]!.last() ?? { timeMs: 0, value: Number.NaN });
    }
    this.#isChanged = true;
  }

  /** Stores a value; one of a sensor that is not yet known waits for its description. */
  observe({ key, value, level, isRevision = false }: DecodedObservation, timeMs: number): void {
    const row = this.#rowOfKey.get(key);
    const newest: Newest = { timeMs, value, ...(level !== undefined && { level }) };
    if (row !== undefined) {
      this.#store(row, newest, isRevision);
      return;
    }
    const waiting = this.#waiting.get(key);
    if (waiting && waiting.timeMs >= timeMs) return;
    if (!waiting && this.#waiting.size >= MAX_WAITING) return;
    this.#waiting.set(key, newest);
  }

  /** Row of a key; undefined before it has been described. */
  rowOf(key: string): number | undefined {
    return this.#rowOfKey.get(key);
  }

  /** The sensor that a Datastream's key names; undefined before it has been described. */
  sensorOf(key: string): Sensor | undefined {
    const row = this.#rowOfKey.get(key);
    return row === undefined ? undefined : this.#sensors[row];
  }

  /** All sensors when the set changed since the last call, else null. */
  takeSensors(): readonly Sensor[] | null {
    if (!this.#isChanged) return null;
    this.#isChanged = false;
    return [...this.#sensors];
  }

  /** Newest values of the rows that changed since the last call, in fresh arrays; null when none did. */
  takeUpdate(): SensorUpdate | null {
    const count = this.#dirty.size;
    if (count === 0) return null;
    const update = {
      rows: new Uint32Array(count),
      values: new Float32Array(count),
      timesMs: new Float64Array(count),
      levels: new Uint8Array(count),
    };
    let i = 0;
    for (const [row, { timeMs, value }] of this.#dirty) {
      update.rows[i] = row;
      update.values[i] = value;
      update.timesMs[i] = timeMs;
      update.levels[i] = this.#givenLevels.get(row) ?? this.#levelOf(row, value);
      i++;
    }
    this.#dirty.clear();
    return update;
  }

  /** Recent values of a row, oldest first; empty for a row that is not there. */
  series(row: number): { timesMs: Float64Array; values: Float32Array; levels: Uint8Array } {
    const series = this.#series[row];
    if (!series) return { timesMs: new Float64Array(), values: new Float32Array(), levels: new Uint8Array() };
    const { timesMs, values } = series.copy();
    return { timesMs, values, levels: Uint8Array.from(values, (value) => this.#levelOf(row, value)) };
  }

  #store(row: number, newest: Newest, isRevision: boolean): void {
    const { timeMs, value, level } = newest;
    const series = this.#series[row]!;
    let outcome = series.add(timeMs, value);
    const isRelevelled = level !== undefined && level !== this.#givenLevels.get(row);
    if (outcome === "duplicate" && isRevision) {
      const revised = series.revise(timeMs, value);
      const isNow = series.last()?.timeMs === timeMs;
      outcome = revised === "duplicate" && isRelevelled && isNow ? "newest" : revised;
    }
    // a late value belongs into the series, but is not what the sensor says now
    if (outcome === "newest") {
      if (level === undefined) this.#givenLevels.delete(row);
      else this.#givenLevels.set(row, level);
      this.#dirty.set(row, newest);
    } else if (outcome === "duplicate") this.#duplicates++;
    else this.#late++;
  }

  #levelOf(row: number, value: number): number {
    return levelOf(value, this.#kinds[this.#sensors[row]!.kind] ?? NO_THRESHOLDS);
  }
}

const placeOf = ({ longitudeDeg, latitudeDeg, height }: Sensor) => ({ longitudeDeg, latitudeDeg, height });
