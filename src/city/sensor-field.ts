import { NO_DATA_LEVEL, type SensorMoves, type SensorUpdate, type WarningLevel } from "../domain/risk.ts";
import { Glide } from "./glide.ts";
import { farthestOffset, LocalFrame } from "./local-frame.ts";

/** More than these jump: to draw the way of each in every frame would cost more than it shows. */
const MOST_GLIDING = 4000;

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
  /** Metres in the frame, as drawn at this moment. */
  offsets: Float64Array = new Float64Array(0);
  /** Metres above ground as drawn: low ones are lifted, so that streets and low roofs do not hide them. */
  heights = new Float32Array(0);
  /** Metres from the frame's origin within which all are. */
  radius = 0;
  glide: Glide | null = null;

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
    this.glide = null;
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

  /**
   * Sends rows to where they are reported. `isJump` leaves no way between, nor do too many at once: those are there at once, and
   * `onPlaced` is called for each.
   */
  move(
    { rows, positions }: SensorMoves,
    nowMs: number,
    isJump: boolean,
    onPlaced: (row: number) => void,
  ): void {
    this.glide ??= new Glide(this.count);
    const isAtOnce = isJump || this.glide.count + rows.length > MOST_GLIDING;
    const to = new Float64Array(3);
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k]!;
      if (row >= this.count) continue;
      const [at, from] = [3 * row, 3 * k];
      const height = Math.max(positions[from + 2]!, MOVING_LIFT);
      this.positions[at] = positions[from]!;
      this.positions[at + 1] = positions[from + 1]!;
      this.positions[at + 2] = positions[from + 2]!;
      this.heights[row] = height;
      if (isAtOnce) {
        this.frame.write(positions[from]!, positions[from + 1]!, height, this.offsets, at);
        this.glide.settle(row, this.offsets, nowMs);
        onPlaced(row);
      } else {
        this.frame.write(positions[from]!, positions[from + 1]!, height, to, 0);
        this.glide.go(row, to, this.offsets, nowMs);
      }
    }
  }

  isShown(row: number, kind: number | null): boolean {
    return kind === null || this.kinds[row] === kind;
  }

  /** Rows at a warning level, of one kind or of all. */
  warnedRows(kind: number | null): Uint32Array {
    const rows = new Uint32Array(this.count);
    let count = 0;
    for (let row = 0; row < this.count; row++)
      if (isWarned(this.levels[row]!) && this.isShown(row, kind)) rows[count++] = row;
    return rows.subarray(0, count);
  }
}
