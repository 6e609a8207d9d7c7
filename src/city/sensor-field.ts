import { NO_DATA_LEVEL, type SensorMoves, type SensorUpdate, type WarningLevel } from "../domain/risk.ts";
import { farthestOffset, LocalFrame } from "./local-frame.ts";
import { Ways } from "./ways.ts";

const STANDING_LIFT = 14;
const MOVING_LIFT = 5;

export function isWarned(level: number): level is WarningLevel {
  return level >= 1 && level <= 4;
}

/** What is known of all sensors, in typed arrays: places, kinds, levels, values, staleness, and ways between places. */
export class SensorField {
  /** Interleaved lon, lat, height as last reported. */
  positions = new Float64Array(0);
  kinds = new Uint8Array(0);
  levels = new Uint8Array(0);
  values = new Float32Array(0);
  stale = new Uint8Array(0);
  frame = new LocalFrame(0, 0);
  /** Metres in the frame, where last reported: `write` says where it is drawn. */
  offsets: Float64Array = new Float64Array(0);
  /** Metres above ground as drawn: low ones are lifted, so that streets and low roofs do not hide them. */
  heights = new Float32Array(0);
  /** Metres from the frame's origin within which all are. */
  radius = 0;
  /** Ways to where they were reported; null while none has moved. */
  ways: Ways | null = null;
  #warned = new Uint32Array(0);

  get count(): number {
    return this.levels.length;
  }

  set(positions: Float64Array, kinds: Uint8Array): void {
    const count = positions.length / 3;
    this.positions = positions.slice();
    this.kinds = kinds.length === count ? kinds.slice() : new Uint8Array(count);
    this.levels = new Uint8Array(count).fill(NO_DATA_LEVEL);
    this.values = new Float32Array(count).fill(Number.NaN);
    this.stale = new Uint8Array(count);
    this.frame = LocalFrame.around(this.positions);
    this.heights = new Float32Array(count);
    this.offsets = new Float64Array(3 * count);
    for (let row = 0, at = 0; row < count; row++, at += 3) {
      const height = Math.max(positions[at + 2]!, STANDING_LIFT);
      this.heights[row] = height;
      this.frame.write(positions[at]!, positions[at + 1]!, height, this.offsets, at);
    }
    this.radius = farthestOffset(this.offsets);
    this.ways = null;
    this.#warned = new Uint32Array(count);
  }

  /** Takes new readings in; calls back for each row whose level is another one now. */
  update({ rows, values, levels }: SensorUpdate, onLevel: (row: number) => void): void {
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k]!;
      if (row >= this.count) continue;
      this.values[row] = values[k]!;
      if (this.levels[row] === levels[k]) continue;
      this.levels[row] = levels[k]!;
      onLevel(row);
    }
  }

  /** Calls back for each row whose staleness is another one now. */
  setStale(stale: Uint8Array, onChanged: (row: number) => void): void {
    for (let row = 0; row < this.count; row++) {
      const flag = stale[row] ?? 0;
      if (this.stale[row] === flag) continue;
      this.stale[row] = flag;
      onChanged(row);
    }
  }

  /** Sends rows to where they are reported and calls back for each. `isJump` leaves no way between. */
  move(
    { rows, positions }: SensorMoves,
    nowMs: number,
    isJump: boolean,
    onMoved: (row: number) => void,
  ): void {
    // where nothing glides, nothing but places goes to the graphics process
    if (!isJump) this.ways ??= new Ways(this.count, nowMs);
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k]!;
      if (row >= this.count) continue;
      const at = 3 * row;
      const from = 3 * k;
      const height = Math.max(positions[from + 2]!, MOVING_LIFT);
      this.positions[at] = positions[from]!;
      this.positions[at + 1] = positions[from + 1]!;
      this.positions[at + 2] = positions[from + 2]!;
      this.heights[row] = height;
      this.ways?.report(row, this.offsets, nowMs, isJump);
      this.frame.write(positions[from]!, positions[from + 1]!, height, this.offsets, at);
      onMoved(row);
    }
  }

  /** Writes where a row is drawn at a moment, metres in the frame, to `out[to]` and the two after it. */
  write(row: number, nowMs: number, out: Float64Array, to = 0): void {
    if (this.ways) this.ways.write(row, this.offsets, nowMs, out, to);
    else for (let axis = 0; axis < 3; axis++) out[to + axis] = this.offsets[3 * row + axis]!;
  }

  isShown(row: number, kind: number | null): boolean {
    return kind === null || this.kinds[row] === kind;
  }

  /** Rows at a warning level, of one kind or of all; good until it is asked again. */
  warnedRows(kind: number | null): Uint32Array {
    const rows = this.#warned;
    let count = 0;
    for (let row = 0; row < this.count; row++)
      if (isWarned(this.levels[row]!) && this.isShown(row, kind)) rows[count++] = row;
    return rows.subarray(0, count);
  }
}
