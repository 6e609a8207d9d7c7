/** Room to begin with, and what it grows to a multiple of. */
const STEP_BYTES = 1 << 20;

/**
 * Working memory for one tile at a time, used again for the next: fresh arrays of megabytes cost more (they are zeroed
 * page by page) than what is written into them. What `take` gives is not cleared, and holds until `reset`.
 */
export class Arena {
  #buffer = new ArrayBuffer(0);
  #used = 0;
  #wanted = 0;

  /** All that was taken is given up; room for as much as was wanted last time. */
  reset(): void {
    if (this.#wanted > this.#buffer.byteLength)
      this.#buffer = new ArrayBuffer(Math.ceil(this.#wanted / STEP_BYTES) * STEP_BYTES);
    this.#used = 0;
    this.#wanted = 0;
  }

  #place(bytes: number): { buffer: ArrayBuffer; at: number } {
    const padded = (bytes + 7) & ~7;
    this.#wanted += padded;
    const at = this.#used;
    if (at + padded > this.#buffer.byteLength) return { buffer: new ArrayBuffer(padded), at: 0 };
    this.#used += padded;
    return { buffer: this.#buffer, at };
  }

  floats(length: number): Float32Array {
    const { buffer, at } = this.#place(length * 4);
    return new Float32Array(buffer, at, length);
  }

  words(length: number): Int32Array {
    const { buffer, at } = this.#place(length * 4);
    return new Int32Array(buffer, at, length);
  }

  indices(length: number): Uint32Array {
    const { buffer, at } = this.#place(length * 4);
    return new Uint32Array(buffer, at, length);
  }

  shorts(length: number): Uint16Array {
    const { buffer, at } = this.#place(length * 2);
    return new Uint16Array(buffer, at, length);
  }
}
