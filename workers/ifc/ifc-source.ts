import { Gunzip, unzipSync } from "fflate";
import { TwinError } from "../../src/base/errors.ts";
import {
  detectLegacyEncoding,
  isPlainText,
  type LegacyEncoding,
  toUtf8,
  undoByteEscapes,
} from "./legacy-text.ts";

/** What was found in the file before any parser saw it. */
export interface IfcSource {
  /** The STEP text as bytes, unpacked. */
  readonly step: Uint8Array;
  /** As written in FILE_SCHEMA. */
  readonly schema: string;
  /** How the text was encoded when it was not UTF-8; `step` is UTF-8 now. */
  readonly legacyEncoding: LegacyEncoding | null;
}

const GUNZIP_STEP = 1 << 18;
const HEAD_BYTES = 64 * 1024;
const TAIL_BYTES = 8 * 1024;
/** An estimate: 219 MB took 906 MB of a tab at the peak, so a larger file would come near what a tab is given. */
export const MAX_IFC_BYTES = 1.5e9;
/** IFC text shrinks to a tenth, at most to a thirtieth: what is packed this tightly is no model (and above `BOMB_BYTES`). */
const BOMB_RATIO = 200;
const BOMB_BYTES = 100e6;
const KNOWN_SCHEMA = /^IFC(2X3(_TC1)?|2X_FINAL|4|4X1|4X2|4X3(_(RC[1-4]|ADD[12]|TC1))?)$/i;
const SCHEMA_NAMES = "IFC2X3, IFC4, IFC4X1, IFC4X2, IFC4X3";

function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

function startsWith(bytes: Uint8Array, ...magic: number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

function unzip(bytes: Uint8Array, fileName: string): Uint8Array {
  let found: string | null = null;
  let size = 0;
  let xml = false;
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        xml ||= /\.ifcxml$/i.test(name);
        if (found || !/\.ifc$/i.test(name) || name.startsWith("__MACOSX")) return false;
        found = name;
        size = originalSize;
        return !isTooMuch(originalSize, bytes.length);
      },
    });
  } catch (cause) {
    throw new TwinError(
      "ifc.zip_broken",
      `${fileName} is a ZIP archive that cannot be unpacked: it is damaged or incomplete. Copy it again.`,
      { file: fileName },
      cause,
    );
  }
  if (found && entries[found]) return entries[found]!;
  if (found) throw tooMuch(fileName, size);
  if (xml) throw xmlError(fileName);
  throw new TwinError(
    "ifc.zip_without_ifc",
    `${fileName} is a ZIP archive without an .ifc file in it. Choose an IFC or ifcZIP file.`,
    { file: fileName },
  );
}

function isTooMuch(unpacked: number, packed: number): boolean {
  return unpacked > MAX_IFC_BYTES || (unpacked > BOMB_BYTES && unpacked > packed * BOMB_RATIO);
}

function tooMuch(fileName: string, size: number): TwinError {
  const megabytes = Math.round(size / 1e6);
  return new TwinError(
    "ifc.zip_bomb",
    `${fileName} unpacks to more than ${megabytes} MB, which no model of its size does: it was not opened. Unpack it yourself if you trust it.`,
    { file: fileName, megabytes },
  );
}

/** @throws TwinError `ifc.too_large`, before anything of the file is read */
export function refuseTooLarge(size: number, fileName: string): void {
  if (size <= MAX_IFC_BYTES) return;
  const gigabytes = (size / 1e9).toFixed(1);
  throw new TwinError(
    "ifc.too_large",
    `${fileName} has ${gigabytes} GB, more than a browser can hold (${MAX_IFC_BYTES / 1e9} GB). Export it in parts, for example by storey or discipline.`,
    { file: fileName, size: gigabytes, limit: MAX_IFC_BYTES / 1e9 },
  );
}

/** Piece by piece: the length that a gzip file gives of itself is not to be trusted. */
function gunzip(bytes: Uint8Array, fileName: string): Uint8Array {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    const stream = new Gunzip((piece) => {
      size += piece.length;
      if (isTooMuch(size, bytes.length)) throw tooMuch(fileName, size);
      pieces.push(piece);
    });
    for (let at = 0; at < bytes.length; at += GUNZIP_STEP)
      stream.push(bytes.subarray(at, at + GUNZIP_STEP), at + GUNZIP_STEP >= bytes.length);
    return joined(pieces, size);
  } catch (cause) {
    if (cause instanceof TwinError) throw cause;
    throw new TwinError(
      "ifc.zip_broken",
      `${fileName} is a compressed file that cannot be unpacked: it is damaged or incomplete. Copy it again.`,
      { file: fileName },
      cause,
    );
  }
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function xmlError(fileName: string): TwinError {
  return new TwinError(
    "ifc.xml",
    `${fileName} is ifcXML, which is not read here. Export it as IFC-SPF (.ifc) instead.`,
    { file: fileName },
  );
}

function wrongKind(head: string, bytes: Uint8Array, fileName: string): TwinError {
  const start = head
    .replace(/^\xef\xbb\xbf/, "")
    .trimStart()
    .slice(0, 400)
    .toLowerCase();
  if (start.startsWith("<!doctype html") || start.startsWith("<html"))
    return new TwinError(
      "ifc.html",
      `${fileName} is a web page, not a model: a download link may have asked for a sign-in. Fetch the IFC file itself.`,
      { file: fileName },
    );
  if (start.startsWith("<?xml") || start.startsWith("<ifc") || start.startsWith("<ex:"))
    return xmlError(fileName);
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff))
    return new TwinError(
      "ifc.utf16",
      `${fileName} is saved as UTF-16 text. Save it as plain text (UTF-8) and try again.`,
      { file: fileName },
    );
  return new TwinError(
    "ifc.not_ifc",
    `${fileName} is not an IFC file: it does not begin with ISO-10303-21. Choose a file exported as IFC.`,
    { file: fileName },
  );
}

function readSchema(head: string, fileName: string): string {
  const found = /FILE_SCHEMA\s*\(\s*\(\s*'([^']*)'/i.exec(head);
  if (!found?.[1])
    throw new TwinError(
      "ifc.schema_missing",
      `${fileName} does not say which IFC schema it follows (FILE_SCHEMA). Export the model again.`,
      { file: fileName },
    );
  const schema = found[1].trim();
  if (!KNOWN_SCHEMA.test(schema))
    throw new TwinError(
      "ifc.schema_unknown",
      `${fileName} follows the schema "${schema}", which is not read here. Export it as one of ${SCHEMA_NAMES}.`,
      { file: fileName, schema, known: SCHEMA_NAMES },
    );
  return schema;
}

/**
 * Unpacks ifcZIP and gzip, and refuses what a parser would choke on, with a sentence for the user. The text is as it was.
 * @throws TwinError `ifc.empty`, `ifc.zip_broken`, `ifc.zip_bomb`, `ifc.zip_without_ifc`, `ifc.xml`, `ifc.html`, `ifc.utf16`,
 * `ifc.not_ifc`, `ifc.schema_missing`, `ifc.schema_unknown`, `ifc.truncated`
 */
export function unpackIfc(bytes: Uint8Array, fileName: string): Pick<IfcSource, "step" | "schema"> {
  refuseTooLarge(bytes.byteLength, fileName);
  if (bytes.byteLength === 0)
    throw new TwinError("ifc.empty", `${fileName} is empty (0 bytes). Export or copy it again.`, {
      file: fileName,
    });
  let step = bytes;
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) step = unzip(bytes, fileName);
  else if (startsWith(bytes, 0x1f, 0x8b)) step = gunzip(bytes, fileName);
  const head = latin1(step.subarray(0, HEAD_BYTES));
  if (!/^(?:\xef\xbb\xbf)?\s*(?:\/\*[\s\S]*?\*\/\s*)*ISO-10303-21\s*;/.test(head))
    throw wrongKind(head, step, fileName);
  const schema = readSchema(head, fileName);
  const tail = latin1(step.subarray(Math.max(0, step.byteLength - TAIL_BYTES)));
  if (!/END-ISO-10303-21\s*;/.test(tail))
    throw new TwinError(
      "ifc.truncated",
      `${fileName} ends too early: its last line END-ISO-10303-21 is missing, so part of the model is lost. Export or download it again.`,
      { file: fileName },
    );
  return { step, schema };
}

/** The unpacked file as UTF-8, whatever it was written in. Throws as `unpackIfc`. */
export function readIfcSource(bytes: Uint8Array, fileName: string): IfcSource {
  const { step, schema } = unpackIfc(bytes, fileName);
  if (isPlainText(step)) return { step, schema, legacyEncoding: null };
  const text = undoByteEscapes(step);
  const legacyEncoding = detectLegacyEncoding(text);
  return { step: legacyEncoding ? toUtf8(text, legacyEncoding) : text, schema, legacyEncoding };
}
