import type { SensorMoves } from "../domain/risk.ts";
import type { DecodedMove } from "./sensorthings.ts";

type Place = Omit<DecodedMove, "key" | "timeMs"> & { readonly timeMs: number };

/** Where the moving things of a feed are, newest place each. */
export class MovingRows {
  readonly #places = new Map<string, Place>();
  readonly #dirty = new Set<string>();

  /** Takes a place over unless a newer one of the same thing is known. */
  move({ key, longitudeDeg, latitudeDeg, height, headingDeg }: DecodedMove, timeMs: number): void {
    const known = this.#places.get(key);
    if (known && known.timeMs >= timeMs) return;
    this.#places.set(key, { longitudeDeg, latitudeDeg, height, headingDeg, timeMs });
    this.#dirty.add(key);
  }

  /** Forgets the others; rows have moved, so the places of those that stay are told again. */
  retain(keys: ReadonlySet<string>): void {
    for (const key of this.#places.keys())
      if (keys.has(key)) this.#dirty.add(key);
      else {
        this.#places.delete(key);
        this.#dirty.delete(key);
      }
  }

  /** Places that changed since the last call, in fresh arrays; null when none did. Things without a row wait for one. */
  takeMoves(rowOf: (key: string) => number | undefined): SensorMoves | null {
    const moved = [...this.#dirty].filter((key) => rowOf(key) !== undefined);
    if (moved.length === 0) return null;
    const moves = {
      rows: new Uint32Array(moved.length),
      positions: new Float64Array(moved.length * 3),
      headingsDeg: new Float32Array(moved.length),
      timesMs: new Float64Array(moved.length),
    };
    for (const [i, key] of moved.entries()) {
      const { longitudeDeg, latitudeDeg, height, headingDeg, timeMs } = this.#places.get(key)!;
      this.#dirty.delete(key);
      moves.rows[i] = rowOf(key)!;
      moves.positions.set([longitudeDeg, latitudeDeg, height], i * 3);
      moves.headingsDeg[i] = headingDeg;
      moves.timesMs[i] = timeMs;
    }
    return moves;
  }
}
