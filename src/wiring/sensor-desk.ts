import { NO_DATA_LEVEL, type Sensor } from "../domain/risk.ts";
import type { FeedBatch } from "../jobs/feed-client.ts";

interface FeedShelf {
  readonly feedId: string;
  readonly sensors: readonly Sensor[];
  offset: number;
}

export interface WorstSensor {
  readonly row: number;
  readonly value: number;
  readonly level: number;
  readonly timeMs: number;
}

/** Sensors of all feeds as one table of typed arrays: row = offset of the feed + row within the feed. */
export class SensorDesk {
  sensors: readonly Sensor[] = [];
  values = new Float32Array(0);
  timesMs = new Float64Array(0);
  levels = new Uint8Array(0);
  #shelves: FeedShelf[] = [];

  /** Replaces one feed's sensors; the others keep their values, rows may move. */
  setSensors(feedId: string, sensors: readonly Sensor[]): void {
    const before = {
      shelves: this.#shelves,
      values: this.values,
      timesMs: this.timesMs,
      levels: this.levels,
    };
    const others = this.#shelves.filter((shelf) => shelf.feedId !== feedId);
    this.#shelves = sensors.length > 0 ? [...others, { feedId, sensors, offset: 0 }] : others;
    this.sensors = this.#shelves.flatMap((shelf) => shelf.sensors);
    this.values = new Float32Array(this.sensors.length).fill(Number.NaN);
    this.timesMs = new Float64Array(this.sensors.length);
    this.levels = new Uint8Array(this.sensors.length).fill(NO_DATA_LEVEL);
    let offset = 0;
    this.#shelves = this.#shelves.map((shelf) => {
      const old = before.shelves.find((other) => other.feedId === shelf.feedId);
      const kept = old ? Math.min(old.sensors.length, shelf.sensors.length) : 0;
      if (old) {
        const slice = (from: Float32Array | Float64Array | Uint8Array) =>
          from.subarray(old.offset, old.offset + kept);
        this.values.set(slice(before.values), offset);
        this.timesMs.set(slice(before.timesMs), offset);
        this.levels.set(slice(before.levels), offset);
      }
      const placed = { ...shelf, offset };
      offset += shelf.sensors.length;
      return placed;
    });
  }

  /** Takes a feed's update in and answers its rows in the common table; null when the feed has no sensors. */
  update(feedId: string, update: NonNullable<FeedBatch["update"]>): Uint32Array | null {
    const shelf = this.#shelves.find((other) => other.feedId === feedId);
    if (!shelf) return null;
    const rows = new Uint32Array(update.rows.length);
    for (let i = 0; i < rows.length; i++) {
      const row = shelf.offset + (update.rows[i] ?? 0);
      rows[i] = row;
      this.values[row] = update.values[i] ?? Number.NaN;
      this.timesMs[row] = update.timesMs[i] ?? 0;
      this.levels[row] = update.levels[i] ?? NO_DATA_LEVEL;
    }
    return rows;
  }

  /** Interleaved longitudeDeg, latitudeDeg, height. */
  positions(): Float64Array {
    const positions = new Float64Array(this.sensors.length * 3);
    this.sensors.forEach((sensor, row) => {
      positions.set([sensor.longitudeDeg, sensor.latitudeDeg, sensor.height], row * 3);
    });
    return positions;
  }

  /** Where a common row belongs; null when out of range. */
  locate(row: number): { readonly feedId: string; readonly row: number } | null {
    const shelf = this.#shelves.find(
      (other) => row >= other.offset && row < other.offset + other.sensors.length,
    );
    return shelf ? { feedId: shelf.feedId, row: row - shelf.offset } : null;
  }

  /** Which rows of the common table are whose. */
  shelves(): readonly { readonly feedId: string; readonly offset: number; readonly count: number }[] {
    return this.#shelves.map(({ feedId, offset, sensors }) => ({ feedId, offset, count: sensors.length }));
  }

  rowOf(sensorId: string): number {
    return this.sensors.findIndex((sensor) => sensor.id === sensorId);
  }

  /** Index 0 normal, 1-4 warning levels, 5 no data. */
  counts(): number[] {
    const counts = [0, 0, 0, 0, 0, 0];
    for (const level of this.levels) {
      const slot = level === NO_DATA_LEVEL ? 5 : level;
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
    return counts;
  }

  /** Sensors at a warning level, worst level first, then newest first. */
  worst(limit: number): WorstSensor[] {
    const rows: number[] = [];
    for (let row = 0; row < this.levels.length; row++) {
      const level = this.levels[row] ?? 0;
      if (level >= 1 && level <= 4) rows.push(row);
    }
    rows.sort(
      (a, b) =>
        (this.levels[a] ?? 0) - (this.levels[b] ?? 0) || (this.timesMs[b] ?? 0) - (this.timesMs[a] ?? 0),
    );
    return rows.slice(0, limit).map((row) => ({
      row,
      value: this.values[row] ?? Number.NaN,
      level: this.levels[row] ?? 0,
      timeMs: this.timesMs[row] ?? 0,
    }));
  }
}
