import { TwinError } from "../../src/base/errors.ts";
import { ByteStream, readAllBytes } from "./byte-stream.ts";
import type { ByteSource } from "./contract.ts";
import type { RawFeature, RawValue } from "./raw-feature.ts";

const GBK_DRIVERS = [0x4d, 0x7a];
const CODE_PAGES: ReadonlyMap<string, string> = new Map([
  ["65001", "utf-8"],
  ["936", "gb18030"],
  ["cp936", "gb18030"],
  ["gb2312", "gb18030"],
  ["gbk", "gb18030"],
  ["950", "big5"],
  ["1252", "windows-1252"],
  ["ansi1252", "windows-1252"],
]);

interface Field {
  readonly name: string;
  readonly type: string;
  readonly start: number;
  readonly length: number;
}

/** The rows of a dBASE table, one after another. */
export interface DbfRows {
  readonly count: number;
  /** Adds the attributes of the next row; false when the row is marked as deleted or missing. */
  next(raw: RawFeature): Promise<boolean>;
}

/**
 * Text is decoded as the `.cpg` file says, else as the table's own mark says; else as UTF-8 where that fits and GB 18030 (of
 * which GBK and GB 2312 are parts) where it does not.
 * @throws TwinError `dbf.invalid`
 */
export async function openDbf(dbf: ByteSource, cpg: ByteSource | null): Promise<DbfRows> {
  const stream = new ByteStream(dbf.chunks());
  const head = (await stream.take(32))?.slice();
  const invalid = () =>
    new TwinError("dbf.invalid", `${dbf.name} is not a dBASE table. Export the shapefile again.`, {
      file: dbf.name,
    });
  if (!head) throw invalid();
  const view = new DataView(head.buffer);
  const [count, headLength, rowLength] = [
    view.getUint32(4, true),
    view.getUint16(8, true),
    view.getUint16(10, true),
  ];
  const descriptors = headLength > 32 && rowLength > 0 ? (await stream.take(headLength - 32))?.slice() : null;
  if (!descriptors) throw invalid();
  const decode = createDecoder(await namedEncoding(cpg), head[29]!);
  const fields = readFields(descriptors, decode);
  if (fields.some(({ start, length }) => start + length > rowLength)) throw invalid();
  return {
    count,
    async next(raw) {
      const row = stream.tryTake(rowLength) ?? (await stream.take(rowLength));
      if (!row) return false;
      for (const field of fields) raw.attribute(field.name, cellValue(field, row, decode));
      return row[0] !== 0x2a;
    },
  };
}

async function namedEncoding(cpg: ByteSource | null): Promise<string | null> {
  if (!cpg) return null;
  const name = new TextDecoder().decode(await readAllBytes(cpg.chunks())).trim();
  return CODE_PAGES.get(name.toLowerCase().replace(/[\s-]/g, "")) ?? name;
}

function createDecoder(named: string | null, driver: number): (bytes: Uint8Array) => string {
  const known = named ?? (GBK_DRIVERS.includes(driver) ? "gb18030" : null);
  const strict = new TextDecoder("utf-8", { fatal: true });
  const chinese = new TextDecoder("gb18030");
  if (known !== null) {
    try {
      const decoder = new TextDecoder(known);
      return (bytes) => decoder.decode(bytes);
    } catch {
      // An unknown name in the .cpg file says nothing: go on as if there were none.
    }
  }
  return (bytes) => {
    try {
      return strict.decode(bytes);
    } catch {
      return chinese.decode(bytes);
    }
  };
}

function readFields(descriptors: Uint8Array, decode: (bytes: Uint8Array) => string): Field[] {
  const fields: Field[] = [];
  let start = 1;
  for (let at = 0; at + 32 <= descriptors.length && descriptors[at] !== 0x0d; at += 32) {
    const end = descriptors.subarray(at, at + 11).indexOf(0);
    const name = decode(descriptors.subarray(at, at + (end < 0 ? 11 : end))).trim();
    const length = descriptors[at + 16]!;
    fields.push({ name, type: String.fromCharCode(descriptors[at + 11]!), start, length });
    start += length;
  }
  return fields;
}

function cellValue(
  { type, start, length }: Field,
  row: Uint8Array,
  decode: (bytes: Uint8Array) => string,
): RawValue {
  const bytes = row.subarray(start, start + length);
  if (type === "I" || type === "O") {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return type === "I" ? view.getInt32(0, true) : view.getFloat64(0, true);
  }
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0x20 || bytes[end - 1] === 0)) end--;
  if (end === 0) return null;
  const text = decode(bytes.subarray(0, end)).trim();
  if (type === "L") return /^[YyTt]$/.test(text) ? true : /^[NnFf]$/.test(text) ? false : null;
  if (type !== "N" && type !== "F") return text;
  const number = Number(text);
  return text !== "" && Number.isFinite(number) ? number : null;
}
