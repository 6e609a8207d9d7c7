/**
 * IFC text is ASCII with escapes, or UTF-8. Older Chinese and Japanese tools write their system's bytes instead, which
 * web-ifc turns to rubbish; such files are brought to UTF-8 first. Measured on the samples: files without high bytes
 * (most) cost one pass, 1 ms a megabyte.
 */
export type LegacyEncoding = "gb18030" | "shift_jis" | "windows-1252";

const SAMPLE_BYTES = 64 * 1024;
const BACKSLASHES = 0x5c5c5c5c;
const ONES = 0x01010101;
const HIGH_BITS = 0x80808080;

/** Runs of bytes above 127 from all over the file, each followed by a space; at most 64 kB. */
function sampleHighRuns(bytes: Uint8Array): Uint8Array {
  const sample = new Uint8Array(SAMPLE_BYTES);
  const lead = (4 - (bytes.byteOffset & 3)) & 3;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + lead, Math.max(0, bytes.length - lead) >> 2);
  let length = 0;
  for (let i = 0; i < bytes.length && length < SAMPLE_BYTES - 1; i++) {
    if (bytes[i]! < 0x80) {
      // long stretches of ASCII, four at a time
      if (((bytes.byteOffset + i) & 3) === 0) {
        let word = (i - lead) >> 2;
        while (word < words.length && (words[word]! & HIGH_BITS) === 0) word++;
        if (word > (i - lead) >> 2) i = lead + word * 4 - 1;
      }
      continue;
    }
    while (i < bytes.length && bytes[i]! >= 0x80 && length < SAMPLE_BYTES - 1) sample[length++] = bytes[i++]!;
    // a run cut off by the sample's end would look broken
    if (length >= SAMPLE_BYTES - 1) while (length > 0 && sample[length - 1]! >= 0x80) length--;
    else sample[length++] = 0x20;
  }
  return sample.subarray(0, length);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** How the bytes above 127 are meant; null for plain ASCII and UTF-8, which need nothing. */
export function detectLegacyEncoding(bytes: Uint8Array): LegacyEncoding | null {
  const sample = sampleHighRuns(bytes.subarray(0, 3).join() === "239,187,191" ? bytes.subarray(3) : bytes);
  if (sample.length === 0 || isUtf8(sample)) return null;
  let [leads, common, japanese] = [0, 0, 0];
  for (let i = 0; i < sample.length; i++) {
    const lead = sample[i]!;
    if (lead < 0x80) continue;
    leads++;
    // the everyday characters of GB 2312 lie in rows B0-D7; Shift-JIS kana and kanji mostly begin at 81-9F
    if (lead >= 0xb0 && lead <= 0xd7 && sample[i + 1]! >= 0xa1) common++;
    if (lead <= 0x9f) japanese++;
    if (sample[i + 1]! >= 0x80) i++;
  }
  if (japanese > leads * 0.4) return "shift_jis";
  return common > leads * 0.5 ? "gb18030" : "windows-1252";
}

/** The same text in UTF-8. */
export function toUtf8(bytes: Uint8Array, encoding: LegacyEncoding): Uint8Array {
  return new TextEncoder().encode(new TextDecoder(encoding).decode(bytes));
}

const [BACKSLASH, APOSTROPHE, LETTER_S, LETTER_X] = [0x5c, 0x27, 0x53, 0x58];

interface ByteEscape {
  readonly value: number;
  readonly length: number;
}

/** `\X\hh` and `\S\c` (c with the high bit set) at this position. */
function byteEscapeAt(bytes: Uint8Array, at: number): ByteEscape | null {
  if (bytes[at] !== BACKSLASH || bytes[at + 2] !== BACKSLASH) return null;
  const code = bytes[at + 3] ?? 0;
  if (bytes[at + 1] === LETTER_S)
    return { value: code | 0x80, length: code === APOSTROPHE && bytes[at + 4] === APOSTROPHE ? 5 : 4 };
  if (bytes[at + 1] !== LETTER_X) return null;
  const value = Number.parseInt(String.fromCharCode(code, bytes[at + 4] ?? 0), 16);
  return Number.isNaN(value) ? null : { value, length: 5 };
}

function isMisused(bytes: Uint8Array): boolean {
  for (let i = bytes.indexOf(BACKSLASH); i >= 0; i = bytes.indexOf(BACKSLASH, i + 1)) {
    const value = byteEscapeAt(bytes, i)?.value ?? 0;
    if (value >= 0x80 && value <= 0x9f) return true;
  }
  return false;
}

/** Whether there are bytes above 127 or backslashes at all; looks at four bytes at a time, 0.5 ms a megabyte. */
export function isPlainText(bytes: Uint8Array): boolean {
  const lead = Math.min(bytes.length, (4 - (bytes.byteOffset & 3)) & 3);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + lead, (bytes.length - lead) >> 2);
  const wordCount = words.length;
  let seen = 0;
  for (let i = 0; i < wordCount; i++) {
    const word = words[i]!;
    const other = word ^ BACKSLASHES;
    seen |= word | ((other - ONES) & ~other);
  }
  const isPlain = (byte: number) => byte < 0x80 && byte !== BACKSLASH;
  return (
    (seen & HIGH_BITS) === 0 &&
    bytes.subarray(0, lead).every(isPlain) &&
    bytes.subarray(lead + wordCount * 4).every(isPlain)
  );
}

/**
 * Some tools escape the bytes of their system's double-byte encoding one by one (`\X\83T`, `\X\8AK`), although the
 * escapes mean ISO 8859-1, where 80-9F are no letters. Where such codes occur, all byte escapes are undone; other files
 * come back as they are.
 */
export function undoByteEscapes(bytes: Uint8Array): Uint8Array {
  if (!isMisused(bytes)) return bytes;
  const out = new Uint8Array(bytes.length);
  let length = 0;
  let isTrail = false;
  for (let i = 0; i < bytes.length; i++) {
    const found = byteEscapeAt(bytes, i);
    const value = found?.value ?? bytes[i]!;
    // the second byte of a character may be a backslash, which was doubled
    if (found) i += found.length - 1;
    else if (isTrail && value === BACKSLASH && bytes[i + 1] === BACKSLASH) i++;
    out[length++] = value;
    isTrail = !isTrail && value >= 0x80;
  }
  return out.subarray(0, length);
}
