import { TwinError } from "../../src/base/errors.ts";

export interface ZipEntry {
  readonly path: string;
  /** Bytes when unpacked, as the directory says. */
  readonly size: number;
  readonly packedSize: number;
  readonly method: number;
  readonly crc: number;
  readonly headerAt: number;
  readonly isEncrypted: boolean;
}

const END_MARK = 0x06054b50;
const END64_LOCATOR_MARK = 0x07064b50;
const END64_MARK = 0x06064b50;
const ENTRY_MARK = 0x02014b50;
const HEADER_MARK = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
const LONGEST_COMMENT = 65_535;
const MOST_ENTRIES = 2_000_000;
/** Deflate reaches 1032 : 1 on a single letter; maps and tables stay below 60 : 1. */
const MOST_RATIO = 300;
const FREE_BYTES = 16 << 20;
const MOST_BYTES = 8 * 2 ** 30;

/**
 * A zip file, read by its directory: entries are unpacked one at a time, by the platform's own inflater, and never beyond
 * what the directory promises, so that no file can blow up.
 */
export class ZipArchive {
  readonly entries: readonly ZipEntry[];

  private constructor(
    readonly name: string,
    private readonly blob: Blob,
    entries: readonly ZipEntry[],
  ) {
    this.entries = entries;
  }

  /** @throws TwinError `zip.invalid`, `zip.bomb` */
  static async open(name: string, blob: Blob): Promise<ZipArchive> {
    const invalid = (reason: string) => zipInvalid(name, reason);
    const { at, size, count } = await findDirectory(blob, invalid);
    if (at + size > blob.size || count > MOST_ENTRIES) throw invalid("its directory is damaged");
    const bytes = new Uint8Array(await blob.slice(at, at + size).arrayBuffer());
    const entries = readDirectory(bytes, count, invalid);
    for (const entry of entries)
      if (entry.size > MOST_BYTES || entry.size > entry.packedSize * MOST_RATIO + FREE_BYTES)
        throw new TwinError(
          "zip.bomb",
          `${name}: ${entry.path} would unpack ${entry.packedSize} bytes to ${entry.size}. Such an archive is not opened.`,
          { file: name, entry: entry.path },
        );
    return new ZipArchive(name, blob, entries);
  }

  find(path: string): ZipEntry | null {
    return this.entries.find((entry) => entry.path === path) ?? null;
  }

  /** The unpacked bytes, piece by piece. @throws TwinError `zip.invalid`, `zip.unsupported` */
  async *chunks(entry: ZipEntry): AsyncGenerator<Uint8Array> {
    const packed = await this.#packed(entry);
    const broken = (reason: string, cause?: unknown) =>
      zipInvalid(this.name, `${entry.path}: ${reason}`, cause);
    let length = 0;
    let crc = 0xffffffff;
    const source = packed.stream() as ReadableStream<Uint8Array<ArrayBuffer>>;
    const reader = (
      entry.method === STORED ? source : source.pipeThrough(new DecompressionStream("deflate-raw"))
    ).getReader();
    try {
      for (;;) {
        const { value, done } = await reader.read().catch((cause: unknown) => {
          throw broken("its packed bytes are damaged", cause);
        });
        if (done) break;
        length += value.length;
        if (length > entry.size) throw broken("it is longer than the directory says");
        crc = crcOf(value, crc);
        yield value;
      }
    } finally {
      reader.cancel().catch(() => {});
    }
    if (length !== entry.size || (crc ^ 0xffffffff) >>> 0 !== entry.crc)
      throw broken("its checksum is wrong");
  }

  async bytes(entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
    const out = new Uint8Array(entry.size);
    let at = 0;
    for await (const chunk of this.chunks(entry)) {
      out.set(chunk, at);
      at += chunk.length;
    }
    return out;
  }

  async #packed(entry: ZipEntry): Promise<Blob> {
    if (entry.isEncrypted || (entry.method !== STORED && entry.method !== DEFLATED))
      throw new TwinError(
        "zip.unsupported",
        `${this.name}: ${entry.path} is ${entry.isEncrypted ? "encrypted" : `packed by method ${entry.method}`}, which is not read here. Pack it again as a plain zip.`,
        { file: this.name, entry: entry.path },
      );
    const header = new DataView(await this.blob.slice(entry.headerAt, entry.headerAt + 30).arrayBuffer());
    if (header.byteLength < 30 || header.getUint32(0, true) !== HEADER_MARK)
      throw zipInvalid(this.name, `${entry.path} has no header`);
    const start = entry.headerAt + 30 + header.getUint16(26, true) + header.getUint16(28, true);
    if (start + entry.packedSize > this.blob.size) throw zipInvalid(this.name, `${entry.path} is cut short`);
    return this.blob.slice(start, start + entry.packedSize);
  }
}

function zipInvalid(file: string, reason: string, cause?: unknown): TwinError {
  return new TwinError(
    "zip.invalid",
    `${file} is not a whole zip file: ${reason}. Copy or pack it again.`,
    { file, reason },
    cause,
  );
}

type Invalid = (reason: string) => TwinError;

async function findDirectory(
  blob: Blob,
  invalid: Invalid,
): Promise<{ at: number; size: number; count: number }> {
  const tailAt = Math.max(0, blob.size - LONGEST_COMMENT - 22);
  const tail = new DataView(await blob.slice(tailAt).arrayBuffer());
  for (let at = tail.byteLength - 22; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END_MARK) continue;
    const place = {
      count: tail.getUint16(at + 10, true),
      size: tail.getUint32(at + 12, true),
      at: tail.getUint32(at + 16, true),
    };
    const isLarge = place.count === 0xffff || place.size === 0xffffffff || place.at === 0xffffffff;
    if (!isLarge) return place;
    if (at < 20 || tail.getUint32(at - 20, true) !== END64_LOCATOR_MARK) return place;
    const endAt = Number(tail.getBigUint64(at - 12, true));
    const end = new DataView(await blob.slice(endAt, endAt + 56).arrayBuffer());
    if (end.byteLength < 56 || end.getUint32(0, true) !== END64_MARK)
      throw invalid("its directory is damaged");
    return {
      count: Number(end.getBigUint64(32, true)),
      size: Number(end.getBigUint64(40, true)),
      at: Number(end.getBigUint64(48, true)),
    };
  }
  throw invalid("its end is missing, the copy may be cut short");
}

function readDirectory(bytes: Uint8Array, count: number, invalid: Invalid): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: ZipEntry[] = [];
  for (let at = 0, k = 0; k < count; k++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY_MARK)
      throw invalid("its directory is damaged");
    const [nameLength, extraLength, commentLength] = [
      view.getUint16(at + 28, true),
      view.getUint16(at + 30, true),
      view.getUint16(at + 32, true),
    ];
    const end = at + 46 + nameLength + extraLength + commentLength;
    if (end > bytes.length) throw invalid("its directory is damaged");
    entries.push(readEntry(view, bytes, at, nameLength, extraLength));
    at = end;
  }
  return entries.filter(({ path }) => !path.endsWith("/"));
}

function readEntry(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  nameLength: number,
  extraLength: number,
): ZipEntry {
  const sizes = {
    packedSize: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    headerAt: view.getUint32(at + 42, true),
  };
  const extraAt = at + 46 + nameLength;
  for (let field = extraAt; field + 4 <= extraAt + extraLength; ) {
    const length = view.getUint16(field + 2, true);
    if (view.getUint16(field, true) === 1) readLargeSizes(view, field + 4, length, sizes);
    field += 4 + length;
  }
  return {
    path: decodeName(bytes.subarray(at + 46, at + 46 + nameLength)),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    isEncrypted: (view.getUint16(at + 8, true) & 1) !== 0,
    ...sizes,
  };
}

/** The ZIP64 field holds, in this order, those that did not fit. */
function readLargeSizes(
  view: DataView,
  from: number,
  length: number,
  sizes: { size: number; packedSize: number; headerAt: number },
): void {
  let at = from;
  for (const key of ["size", "packedSize", "headerAt"] as const) {
    if (sizes[key] !== 0xffffffff || at + 8 > from + length) continue;
    sizes[key] = Number(view.getBigUint64(at, true));
    at += 8;
  }
}

/** Names are UTF-8 where that fits, whatever their mark says; else GBK, as Chinese systems write them. */
function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replaceAll("\\", "/");
  } catch {
    return new TextDecoder("gb18030").decode(bytes).replaceAll("\\", "/");
  }
}

let crcTable: Uint32Array | null = null;

function createCrcTable(): Uint32Array {
  const table = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    table[byte] = value >>> 0;
  }
  return table;
}

/** CRC-32 carried on from `before`, not yet inverted. */
function crcOf(bytes: Uint8Array, before: number): number {
  crcTable ??= createCrcTable();
  let crc = before;
  for (let k = 0; k < bytes.length; k++) crc = crcTable[(crc ^ bytes[k]!) & 0xff]! ^ (crc >>> 8);
  return crc;
}
