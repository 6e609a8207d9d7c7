import { NO_DATA_LEVEL, type Sensor, type SensorMoves } from "../domain/risk.ts";
import type { FeedBatch } from "../jobs/feed-client.ts";

interface FeedShelf {
  readonly feedId: string;
  readonly sensors: readonly Sensor[];
  offset: number;
  /** Last places of those that moved. */
  readonly moved: MovedPlaces;
}

/** Places of rows of a feed: lon, lat, height. Two arrays, not an object for each: ten thousand may move in a frame. */
class MovedPlaces {
  readonly #places: Float64Array;
  readonly #has: Uint8Array;
  #count = 0;

  constructor(rows: number) {
    this.#places = new Float64Array(3 * rows);
    this.#has = new Uint8Array(rows);
  }

  /** Takes three numbers from `from`; a row that is not there is left out. */
  put(row: number, places: ArrayLike<number>, from: number): void {
    if (row >= this.#has.length) return;
    for (let axis = 0; axis < 3; axis++) this.#places[3 * row + axis] = places[from + axis]!;
    if (this.#has[row] === 1) return;
    this.#has[row] = 1;
    this.#count += 1;
  }

  clear(): void {
    this.#has.fill(0);
    this.#count = 0;
  }

  /** Calls back with each row that has moved, and its place in `places` from `at` on. */
  each(fn: (row: number, places: Float64Array, at: number) => void): void {
    if (this.#count === 0) return;
    for (let row = 0; row < this.#has.length; row++) if (this.#has[row] === 1) fn(row, this.#places, 3 * row);
  }

  /** As one table; null when none has moved. */
  all(): SensorMoves | null {
    if (this.#count === 0) return null;
    const moves = {
      rows: new Uint32Array(this.#count),
      positions: new Float64Array(3 * this.#count),
      headingsDeg: new Float32Array(this.#count).fill(Number.NaN),
      timesMs: new Float64Array(this.#count),
    };
    let k = 0;
    this.each((row, places, at) => {
      moves.rows[k] = row;
      moves.positions.set(places.subarray(at, at + 3), 3 * k++);
    });
    return moves;
  }
}

/** One feed's sensors and their newest readings; arrays have one place for each sensor. */
export interface FeedTable {
  readonly feedId: string;
  readonly sensors: readonly Sensor[];
  readonly values: Float32Array;
  readonly timesMs: Float64Array;
  readonly levels: Uint8Array;
  /** Last places of those that moved, rows of the feed; absent or null where none did. */
  readonly moved?: SensorMoves | null;
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
  #index = indexOf([]);

  /** Replaces one feed's sensors; the others keep their values, rows may move. */
  setSensors(feedId: string, sensors: readonly Sensor[]): void {
    const before = {
      shelves: this.#shelves,
      values: this.values,
      timesMs: this.timesMs,
      levels: this.levels,
    };
    const others = this.#shelves.filter((shelf) => shelf.feedId !== feedId);
    this.#shelves =
      sensors.length > 0
        ? [...others, { feedId, sensors, offset: 0, moved: this.#keptMoves(feedId, sensors) }]
        : others;
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

  /**
   * Takes whole tables of feeds in, in place of all that was there; the arrays are copied. True when the sensors are others than
   * before, false when only their readings changed.
   */
  load(feeds: readonly FeedTable[]): boolean {
    const isSame =
      feeds.length === this.#shelves.length &&
      feeds.every(({ feedId, sensors }, at) => {
        const shelf = this.#shelves[at];
        return shelf?.feedId === feedId && shelf.sensors === sensors;
      });
    if (!isSame) {
      this.#shelves = [];
      for (const { feedId, sensors } of feeds) this.setSensors(feedId, sensors);
    }
    for (const { feedId, values, timesMs, levels, moved } of feeds) {
      const shelf = this.#shelves.find((one) => one.feedId === feedId);
      if (shelf === undefined) continue;
      const { offset } = shelf;
      shelf.moved.clear();
      if (moved) this.move(feedId, moved);
      this.values.set(values, offset);
      this.timesMs.set(timesMs, offset);
      this.levels.set(levels, offset);
    }
    return !isSame;
  }

  /** One feed's part of the table, as copies; null when it has no sensors. */
  tableOf(feedId: string): FeedTable | null {
    const shelf = this.#shelves.find((other) => other.feedId === feedId);
    if (!shelf) return null;
    const { sensors, offset } = shelf;
    const until = offset + sensors.length;
    return {
      feedId,
      sensors,
      moved: shelf.moved.all(),
      values: this.values.slice(offset, until),
      timesMs: this.timesMs.slice(offset, until),
      levels: this.levels.slice(offset, until),
    };
  }

  /** Gives another desk what this one holds, and takes what that one held. */
  exchange(other: SensorDesk): void {
    [this.sensors, other.sensors] = [other.sensors, this.sensors];
    [this.values, other.values] = [other.values, this.values];
    [this.timesMs, other.timesMs] = [other.timesMs, this.timesMs];
    [this.levels, other.levels] = [other.levels, this.levels];
    [this.#shelves, other.#shelves] = [other.#shelves, this.#shelves];
  }

  /** Moves of rows that still are the same sensor. */
  #keptMoves(feedId: string, sensors: readonly Sensor[]): MovedPlaces {
    const old = this.#shelves.find((shelf) => shelf.feedId === feedId);
    const kept = new MovedPlaces(sensors.length);
    old?.moved.each((row, places, at) => {
      if (sensors[row]?.id === old.sensors[row]?.id) kept.put(row, places, at);
    });
    return kept;
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

  /** Takes a feed's moves in and answers them with rows of the common table; null when the feed has no sensors. */
  move(feedId: string, moves: SensorMoves): SensorMoves | null {
    const shelf = this.#shelves.find((other) => other.feedId === feedId);
    if (!shelf) return null;
    for (let i = 0; i < moves.rows.length; i++) shelf.moved.put(moves.rows[i] ?? 0, moves.positions, 3 * i);
    return { ...moves, rows: moves.rows.map((row) => row + shelf.offset) };
  }

  /** Places of all that have moved, with rows of the common table; null where none has. Headings and times are not kept. */
  moves(): SensorMoves | null {
    const all = this.#shelves.flatMap((shelf) => {
      const moves = shelf.moved.all();
      return moves ? [{ ...moves, rows: moves.rows.map((row) => row + shelf.offset) }] : [];
    });
    return all.length === 0 ? null : joined(all);
  }

  /** Interleaved longitudeDeg, latitudeDeg, height; of those that moved, where they were last. */
  positions(): Float64Array {
    const positions = new Float64Array(this.sensors.length * 3);
    let at = 0;
    for (const { longitudeDeg, latitudeDeg, height } of this.sensors) {
      positions[at++] = longitudeDeg;
      positions[at++] = latitudeDeg;
      positions[at++] = height;
    }
    for (const { offset, moved } of this.#shelves)
      moved.each((row, places, at) => {
        positions.set(places.subarray(at, at + 3), (offset + row) * 3);
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

  /** The first row of that name; -1 when there is none. */
  rowOf(sensorId: string): number {
    if (this.#index.of !== this.sensors) this.#index = indexOf(this.sensors);
    return this.#index.rows.get(sensorId) ?? -1;
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

/** Rows by name: a rule's alerts ask for hundreds of them among tens of thousands. */
function indexOf(sensors: readonly Sensor[]) {
  const rows = new Map<string, number>();
  for (const [row, { id }] of sensors.entries()) if (!rows.has(id)) rows.set(id, row);
  return { of: sensors, rows };
}

function joined(all: readonly SensorMoves[]): SensorMoves {
  return {
    rows: Uint32Array.from(all.flatMap(({ rows }) => [...rows])),
    positions: Float64Array.from(all.flatMap(({ positions }) => [...positions])),
    headingsDeg: Float32Array.from(all.flatMap(({ headingsDeg }) => [...headingsDeg])),
    timesMs: Float64Array.from(all.flatMap(({ timesMs }) => [...timesMs])),
  };
}
