import type { Sensor, SensorUpdate } from "../domain/risk.ts";
import { levelOf } from "../domain/risk-rules.ts";
import type { SensorKind } from "../domain/scenario.ts";
import { RingSeries } from "./ring-series.ts";
import type { DecodedObservation, DecodedSensor } from "./sensorthings.ts";

/** Observations that came before their Thing, newest each; more than this many are forgotten. */
const MAX_WAITING = 20_000;
const NO_THRESHOLDS = { direction: "above", thresholds: {} } as const;

/** Sensors of one feed as rows; rows only ever grow, so that a row number stays valid. */
export class SensorRows {
  readonly #kinds: Readonly<Record<string, SensorKind>>;
  readonly #sensors: Sensor[] = [];
  readonly #series: RingSeries[] = [];
  readonly #rowOfKey = new Map<string, number>();
  readonly #waiting = new Map<string, { readonly timeMs: number; readonly value: number }>();
  readonly #dirty = new Map<number, { readonly timeMs: number; readonly value: number }>();
  #isChanged = false;

  constructor(kinds: Readonly<Record<string, SensorKind>>) {
    this.#kinds = kinds;
  }

  get length(): number {
    return this.#sensors.length;
  }

  /** Adds or corrects sensors. The same page again changes nothing. */
  describe(decoded: readonly DecodedSensor[]): void {
    for (const { key, sensor } of decoded) {
      const known = this.#rowOfKey.get(key);
      if (known !== undefined) {
        if (JSON.stringify(this.#sensors[known]) === JSON.stringify(sensor)) continue;
        this.#sensors[known] = sensor;
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
      if (waiting) this.#store(row, waiting.timeMs, waiting.value);
    }
  }

  /** Stores a value; one of a sensor that is not yet known waits for its description. */
  observe({ key, value }: DecodedObservation, timeMs: number): void {
    const row = this.#rowOfKey.get(key);
    if (row !== undefined) {
      this.#store(row, timeMs, value);
      return;
    }
    const waiting = this.#waiting.get(key);
    if (waiting && waiting.timeMs >= timeMs) return;
    if (!waiting && this.#waiting.size >= MAX_WAITING) return;
    this.#waiting.set(key, { timeMs, value });
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
      update.levels[i] = this.#levelOf(row, value);
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

  #store(row: number, timeMs: number, value: number): void {
    // a late value belongs into the series, but is not what the sensor says now
    if (this.#series[row]!.add(timeMs, value) === "newest") this.#dirty.set(row, { timeMs, value });
  }

  #levelOf(row: number, value: number): number {
    return levelOf(value, this.#kinds[this.#sensors[row]!.kind] ?? NO_THRESHOLDS);
  }
}
