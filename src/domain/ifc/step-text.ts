const utf8 = new TextDecoder();
/** `\X2\…\X0\` (UTF-16), `\X4\…\X0\` (UTF-32), `\X\hh` (ISO 8859-1), `\S\c` (c with the high bit, of the page), `\PA\` (page: A to I for ISO 8859-1 to 9), `\\`. */
const ESCAPE =
  /\\X2\\([0-9A-Fa-f]*)\\X0\\?|\\X4\\([0-9A-Fa-f]*)\\X0\\?|\\X\\([0-9A-Fa-f]{2})|\\S\\(.)|\\P([A-I])\\|\\\\/g;
const MAX_CODE_POINT = 0x10ffff;

function fromUnits(hex: string, digits: 4 | 8): string {
  let text = "";
  for (let at = 0; at + digits <= hex.length; at += digits) {
    const code = Number.parseInt(hex.slice(at, at + digits), 16);
    if (digits === 4) text += String.fromCharCode(code);
    else if (code <= MAX_CODE_POINT) text += String.fromCodePoint(code);
  }
  return text;
}

function letterOf(page: string, byte: number): string {
  if (page === "A") return String.fromCharCode(byte);
  return new TextDecoder(`iso-8859-${page.charCodeAt(0) - 64}`).decode(Uint8Array.of(byte));
}

/** The letters that the bytes between the quotes of a STEP text stand for (ISO 10303-21, 6.4.3); broken escapes stay, line breaks are none. */
export function decodeStepText(raw: Uint8Array): string {
  const text = utf8.decode(raw);
  let single = text.includes("''") ? text.replaceAll("''", "'") : text;
  if (single.includes("\n")) single = single.replace(/[\r\n]+/g, "");
  if (!single.includes("\\")) return single;
  let page = "A";
  return single.replace(ESCAPE, (whole, utf16, utf32, latin, shifted, turned) => {
    if (utf16 !== undefined) return fromUnits(utf16, 4);
    if (utf32 !== undefined) return fromUnits(utf32, 8);
    if (latin !== undefined) return String.fromCharCode(Number.parseInt(latin, 16));
    if (shifted !== undefined) return letterOf(page, shifted.charCodeAt(0) | 0x80);
    if (turned !== undefined) page = turned;
    return whole === "\\\\" ? "\\" : "";
  });
}
