type Numbers = Float64Array | Uint32Array | Uint8Array;

/** A typed array that grows as numbers come. */
export class GrowingArray<T extends Numbers> {
  length = 0;

  constructor(
    private readonly create: (length: number) => T,
    private values: T = create(1024),
  ) {}

  push(value: number): void {
    if (this.length === this.values.length) {
      const bigger = this.create(this.length * 2);
      bigger.set(this.values);
      this.values = bigger;
    }
    this.values[this.length++] = value;
  }

  /** The numbers so far, cut to their length. */
  take(): T {
    return this.values.slice(0, this.length) as T;
  }
}

export const growingDoubles = () => new GrowingArray<Float64Array>((length) => new Float64Array(length));
export const growingUints = () => new GrowingArray<Uint32Array>((length) => new Uint32Array(length));
export const growingBytes = () => new GrowingArray<Uint8Array>((length) => new Uint8Array(length));
