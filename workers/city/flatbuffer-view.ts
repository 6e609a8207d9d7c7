/** Reads tables of a FlatBuffer by field number. Offsets that leave the buffer throw RangeError, as DataView does. */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;
  readonly #fields: number;
  readonly #fieldBytes: number;

  private constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
    this.#fields = at - view.getInt32(at, true);
    this.#fieldBytes = view.getUint16(this.#fields, true);
  }

  /** The root table of a buffer without its size prefix. */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  /** Where a field's value stands, 0 when it is not set. */
  #place(field: number): number {
    const entry = 4 + field * 2;
    const offset = entry < this.#fieldBytes ? this.#view.getUint16(this.#fields + entry, true) : 0;
    return offset === 0 ? 0 : this.#at + offset;
  }

  uint8(field: number, other = 0): number {
    const at = this.#place(field);
    return at ? this.#view.getUint8(at) : other;
  }

  uint16(field: number, other = 0): number {
    const at = this.#place(field);
    return at ? this.#view.getUint16(at, true) : other;
  }

  int32(field: number, other = 0): number {
    const at = this.#place(field);
    return at ? this.#view.getInt32(at, true) : other;
  }

  uint64(field: number): number {
    const at = this.#place(field);
    return at ? Number(this.#view.getBigUint64(at, true)) : 0;
  }

  /** Start and length of a vector's elements, null when it is not set. */
  #vector(field: number): { at: number; length: number } | null {
    const place = this.#place(field);
    if (!place) return null;
    const at = place + this.#view.getUint32(place, true);
    return { at: at + 4, length: this.#view.getUint32(at, true) };
  }

  string(field: number): string {
    const vector = this.#vector(field);
    return vector ? new TextDecoder().decode(this.#bytes(vector.at, vector.length)) : "";
  }

  bytes(field: number): Uint8Array {
    const vector = this.#vector(field);
    return vector ? this.#bytes(vector.at, vector.length) : new Uint8Array(0);
  }

  #bytes(at: number, length: number): Uint8Array {
    const { buffer, byteOffset, byteLength } = this.#view;
    if (at + length > byteLength) throw new RangeError("a vector leaves the buffer");
    return new Uint8Array(buffer, byteOffset + at, length);
  }

  doubles(field: number): Float64Array {
    const vector = this.#vector(field);
    if (!vector) return new Float64Array(0);
    if (vector.at + vector.length * 8 > this.#view.byteLength)
      throw new RangeError("a vector leaves the buffer");
    const out = new Float64Array(vector.length);
    for (let k = 0; k < out.length; k++) out[k] = this.#view.getFloat64(vector.at + k * 8, true);
    return out;
  }

  uint32s(field: number): number[] {
    const vector = this.#vector(field);
    if (!vector) return [];
    if (vector.at + vector.length * 4 > this.#view.byteLength)
      throw new RangeError("a vector leaves the buffer");
    return Array.from({ length: vector.length }, (_, k) => this.#view.getUint32(vector.at + k * 4, true));
  }

  table(field: number): FlatTable | null {
    const at = this.#place(field);
    return at ? new FlatTable(this.#view, at + this.#view.getUint32(at, true)) : null;
  }

  tables(field: number): FlatTable[] {
    const vector = this.#vector(field);
    if (!vector) return [];
    return Array.from({ length: vector.length }, (_, k) => {
      const at = vector.at + k * 4;
      return new FlatTable(this.#view, at + this.#view.getUint32(at, true));
    });
  }
}
