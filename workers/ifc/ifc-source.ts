import { gunzipSync, unzipSync } from "fflate";
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

const HEAD_BYTES = 64 * 1024;
const TAIL_BYTES = 8 * 1024;
const MAX_UNPACKED = 2 ** 31;
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
  let xml = false;
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        xml ||= /\.ifcxml$/i.test(name);
        if (found || !/\.ifc$/i.test(name) || name.startsWith("__MACOSX") || originalSize > MAX_UNPACKED)
          return false;
        found = name;
        return true;
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
  if (xml) throw xmlError(fileName);
  throw new TwinError(
    "ifc.zip_without_ifc",
    `${fileName} is a ZIP archive without an .ifc file in it. Choose an IFC or ifcZIP file.`,
    { file: fileName },
  );
}

function gunzip(bytes: Uint8Array, fileName: string): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    throw new TwinError(
      "ifc.zip_broken",
      `${fileName} is a compressed file that cannot be unpacked: it is damaged or incomplete. Copy it again.`,
      { file: fileName },
      cause,
    );
  }
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
 * Unpacks ifcZIP and gzip, and refuses what a parser would choke on, with a sentence for the user.
 * @throws TwinError `ifc.empty`, `ifc.zip_broken`, `ifc.zip_without_ifc`, `ifc.xml`, `ifc.html`, `ifc.utf16`,
 * `ifc.not_ifc`, `ifc.schema_missing`, `ifc.schema_unknown`, `ifc.truncated`
 */
export function readIfcSource(bytes: Uint8Array, fileName: string): IfcSource {
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
  if (isPlainText(step)) return { step, schema, legacyEncoding: null };
  const text = undoByteEscapes(step);
  const legacyEncoding = detectLegacyEncoding(text);
  return { step: legacyEncoding ? toUtf8(text, legacyEncoding) : text, schema, legacyEncoding };
}
