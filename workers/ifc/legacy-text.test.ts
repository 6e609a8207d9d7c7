import { describe, expect, it } from "vitest";
import { detectLegacyEncoding, toUtf8, undoByteEscapes } from "./legacy-text.ts";

const file = (high: readonly number[]) =>
  Uint8Array.from(
    [..."#1=IFCWALL('", ...String.fromCharCode(...high), ..."',$);\n"].map((c) => c.charCodeAt(0)),
  );
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** 钢筋混凝土框架柱 in GBK, 上げ下げ窓の形 in Shift-JIS, Tür für Café in Latin-1. */
const GBK = [0xb8, 0xd6, 0xbd, 0xee, 0xbb, 0xec, 0xc4, 0xfd, 0xcd, 0xc1, 0xbf, 0xf2, 0xbc, 0xdc, 0xd6, 0xf9];
const SJIS = [0x8f, 0xe3, 0x82, 0xb0, 0x89, 0xba, 0x82, 0xb0, 0x91, 0x8b, 0x82, 0xcc, 0x8c, 0x60];
const LATIN = [0x54, 0xfc, 0x72, 0x20, 0x66, 0xfc, 0x72, 0x20, 0x43, 0x61, 0x66, 0xe9];

describe("legacy text", () => {
  it("leaves ASCII and UTF-8 alone, also with a byte order mark", () => {
    const utf8 = new TextEncoder().encode("\ufeff#1=IFCWALL('钢筋混凝土é');");
    expect([file([]), utf8, utf8.subarray(3)].map(detectLegacyEncoding)).toEqual([null, null, null]);
  });

  it.each([
    ["gb18030", GBK, "钢筋混凝土框架柱"],
    ["shift_jis", SJIS, "上げ下げ窓の形"],
    ["windows-1252", LATIN, "Tür für Café"],
  ] as const)("reads %s", (encoding, high, expected) => {
    const bytes = file(high);
    expect(detectLegacyEncoding(bytes)).toBe(encoding);
    expect(text(toUtf8(bytes, encoding))).toBe(`#1=IFCWALL('${expected}',$);\n`);
  });

  it("undoes byte escapes that cannot be Latin-1, and leaves real ones alone", () => {
    const encode = (line: string) => new TextEncoder().encode(line);
    const escaped = encode("#1=IFCSITE('\\X\\83T\\X\\83C\\X\\83g');");
    const undone = undoByteEscapes(escaped);
    expect(detectLegacyEncoding(undone)).toBe("shift_jis");
    expect(text(toUtf8(undone, "shift_jis"))).toBe("#1=IFCSITE('サイト');");
    const latin = encode("#1=IFCSITE('Caf\\X\\E9 \\X2\\5E02\\X0\\');");
    expect(undoByteEscapes(latin)).toBe(latin);
  });
});
