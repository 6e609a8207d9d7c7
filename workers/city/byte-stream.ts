/** Takes exact numbers of bytes from a stream. */
export class ByteStream {
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  /** Bytes taken so far. */
  taken = 0;
  readonly #iterator: AsyncIterator<Uint8Array>;

  constructor(
    chunks: AsyncIterable<Uint8Array>,
    private readonly onBytes: (count: number) => void = () => {},
  ) {
    this.#iterator = chunks[Symbol.asyncIterator]();
  }

  /** A view on the next bytes when they are at hand, else null: spares a promise for most records. */
  tryTake(count: number): Uint8Array | null {
    if (this.#at + count > this.#bytes.length) return null;
    const view = this.#bytes.subarray(this.#at, this.#at + count);
    this.#at += count;
    this.taken += count;
    return view;
  }

  /** The next bytes, or null when fewer are left. The view holds until the next call. */
  async take(count: number): Promise<Uint8Array | null> {
    const parts: Uint8Array[] = [this.#bytes.subarray(this.#at)];
    let length = parts[0]!.length;
    while (length < count) {
      const { value, done } = await this.#iterator.next();
      if (done) break;
      this.onBytes(value.length);
      parts.push(value);
      length += value.length;
    }
    if (parts.length > 1) {
      this.#bytes = joined(parts, length);
      this.#at = 0;
    }
    return this.tryTake(count);
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** All bytes of a stream. */
export async function readAllBytes(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
  }
  return joined(parts, length);
}
