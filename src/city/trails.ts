/** Last places of rows that move, in a ring of offsets for each; newest last when read. */
export class Trails {
  readonly length: number;
  readonly #slotOf = new Map<number, number>();
  #places = new Float64Array(0);
  #heads = new Uint8Array(0);
  #sizes = new Uint8Array(0);

  constructor(length: number) {
    this.length = length;
  }

  /** Rows that have a trail, in the order in which they began. */
  get rows(): Iterable<number> {
    return this.#slotOf.keys();
  }

  has(row: number): boolean {
    return this.#slotOf.has(row);
  }

  get count(): number {
    return this.#slotOf.size;
  }

  /** Remembers a place of a row; offsets are three metres from `at`. Places nearer than `least` to the last are the same. */
  note(row: number, offsets: ArrayLike<number>, at: number, least: number): boolean {
    const slot = this.#slotOf.get(row) ?? this.#begin(row);
    const head = this.#heads[slot]!;
    const last = 3 * (slot * this.length + ((head + this.length - 1) % this.length));
    if (this.#sizes[slot]! > 0) {
      let square = 0;
      for (let axis = 0; axis < 3; axis++)
        square += (this.#places[last + axis]! - (offsets[at + axis] ?? 0)) ** 2;
      if (square < least * least) return false;
    }
    const to = 3 * (slot * this.length + head);
    for (let axis = 0; axis < 3; axis++) this.#places[to + axis] = offsets[at + axis] ?? 0;
    this.#heads[slot] = (head + 1) % this.length;
    this.#sizes[slot] = Math.min(this.length, this.#sizes[slot]! + 1);
    return true;
  }

  /**
   * Oldest to newest into `out`, `length` places; a shorter trail begins with its oldest place drawn out by a millimetre a
   * step, since a line's steps may not be nothing. Returns how many places are real.
   */
  read(row: number, out: Float64Array): number {
    const slot = this.#slotOf.get(row);
    if (slot === undefined) return 0;
    const size = this.#sizes[slot]!;
    const first = this.#heads[slot]! + this.length - size;
    for (let k = 0; k < this.length; k++) {
      const missing = Math.max(0, this.length - size - k);
      const from = 3 * (slot * this.length + ((first + Math.max(0, k - (this.length - size))) % this.length));
      for (let axis = 0; axis < 3; axis++) out[3 * k + axis] = this.#places[from + axis]!;
      out[3 * k] = out[3 * k]! + 1e-3 * missing;
    }
    return size;
  }

  #begin(row: number): number {
    const slot = this.#slotOf.size;
    this.#slotOf.set(row, slot);
    if (slot < this.#heads.length) return slot;
    const room = Math.max(16, 2 * this.#heads.length);
    const places = new Float64Array(3 * room * this.length);
    places.set(this.#places);
    this.#places = places;
    const grow = (old: Uint8Array) => {
      const grown = new Uint8Array(room);
      grown.set(old);
      return grown;
    };
    this.#heads = grow(this.#heads) as Uint8Array<ArrayBuffer>;
    this.#sizes = grow(this.#sizes) as Uint8Array<ArrayBuffer>;
    return slot;
  }
}
