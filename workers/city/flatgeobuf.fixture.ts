/** Writes small FlatGeobuf files for tests, front to back, after the published layout of FlatBuffers. */
export type FlatValue =
  | { readonly u8: number }
  | { readonly u16: number }
  | { readonly i32: number }
  | { readonly u64: number }
  | { readonly text: string }
  | { readonly bytes: Uint8Array }
  | { readonly doubles: readonly number[] }
  | { readonly u32s: readonly number[] }
  | { readonly table: FlatFields }
  | { readonly tables: readonly FlatFields[] };
export type FlatFields = Readonly<Record<number, FlatValue>>;

const INLINE = { u8: 1, u16: 2, i32: 4, u64: 8 } as const;

class Writer {
  bytes: number[] = [];

  number(value: number, size: number, at = this.bytes.length): void {
    for (let k = 0; k < size; k++) this.bytes[at + k] = Math.floor(value / 256 ** k) & 0xff;
  }

  /** Returns the table's place. */
  table(fields: FlatFields): number {
    const numbers = Object.keys(fields).map(Number);
    const count = Math.max(-1, ...numbers) + 1;
    const vtable = this.bytes.length;
    this.number(4 + count * 2, 2);
    this.number(0, 2);
    for (let k = 0; k < count; k++) this.number(0, 2);
    const table = this.bytes.length;
    this.number(table - vtable, 4);
    const later: (() => void)[] = [];
    for (const field of numbers) {
      const value = fields[field]!;
      const at = this.bytes.length;
      this.number(at - table, 2, vtable + 4 + field * 2);
      const [kind, content] = Object.entries(value)[0]! as [string, number];
      const size = INLINE[kind as keyof typeof INLINE];
      if (size) this.number(content < 0 ? content + 2 ** 32 : content, size);
      else {
        this.number(0, 4);
        later.push(() => this.number(this.child(value) - at, 4, at));
      }
    }
    this.number(this.bytes.length - table, 2, vtable + 2);
    for (const write of later) write();
    return table;
  }

  child(value: FlatValue): number {
    if ("table" in value) return this.table(value.table);
    const start = this.bytes.length;
    if ("tables" in value) {
      this.number(value.tables.length, 4);
      for (const _ of value.tables) this.number(0, 4);
      value.tables.forEach((fields, k) => {
        const at = start + 4 + k * 4;
        this.number(this.table(fields) - at, 4, at);
      });
      return start;
    }
    const raw =
      "text" in value
        ? new TextEncoder().encode(value.text)
        : "bytes" in value
          ? value.bytes
          : "doubles" in value
            ? new Uint8Array(Float64Array.from(value.doubles).buffer)
            : new Uint8Array(Uint32Array.from((value as { u32s: readonly number[] }).u32s).buffer);
    const unit = "doubles" in value ? 8 : "u32s" in value ? 4 : 1;
    this.number(raw.length / unit, 4);
    this.bytes.push(...raw);
    return start;
  }
}

/** A size-prefixed FlatBuffer. */
function message(fields: FlatFields): number[] {
  const writer = new Writer();
  writer.number(0, 4);
  writer.number(writer.table(fields), 4, 0);
  const size = new Writer();
  size.number(writer.bytes.length, 4);
  return [...size.bytes, ...writer.bytes];
}

export function flatGeobufBytes(
  header: FlatFields,
  features: readonly FlatFields[],
  indexBytes = 0,
): Uint8Array {
  const magic = [0x66, 0x67, 0x62, 3, 0x66, 0x67, 0x62, 0];
  const index = new Array<number>(indexBytes).fill(0xaa);
  return Uint8Array.from([...magic, ...message(header), ...index, ...features.flatMap(message)]);
}
