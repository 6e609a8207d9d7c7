import { TwinError } from "../base/errors.ts";

/** Largest alert that is read: the largest real one in our test data has 0.4 MB. */
const MAX_BYTES = 4 * 1024 * 1024;
/** What alerts are written in, by the name in the XML declaration. GB18030 contains GBK and GB2312. */
const ENCODINGS: Readonly<Record<string, string>> = {
  "utf-8": "utf-8",
  utf8: "utf-8",
  "us-ascii": "utf-8",
  ascii: "utf-8",
  "utf-16": "utf-16le",
  "utf-16le": "utf-16le",
  "utf-16be": "utf-16be",
  "iso-8859-1": "iso-8859-1",
  "windows-1252": "windows-1252",
  gb18030: "gb18030",
  gbk: "gb18030",
  gb2312: "gb18030",
};

/** Text of an XML file in the encoding that it declares (UTF-8 when it declares none). Throws TwinError `cap.encoding`. */
export function decodeXml(bytes: Uint8Array): string {
  if (bytes.byteLength > MAX_BYTES)
    throw new TwinError(
      "cap.size",
      `The alert has ${bytes.byteLength} bytes; at most ${MAX_BYTES} are read.`,
      {
        bytes: bytes.byteLength,
        limit: MAX_BYTES,
      },
    );
  const name = declaredEncoding(bytes);
  const encoding = ENCODINGS[name];
  if (encoding === undefined) throw badEncoding(name);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw badEncoding(name, cause);
  }
}

function declaredEncoding(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const head = new TextDecoder("iso-8859-1").decode(bytes.subarray(0, 200));
  return /<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1]?.toLowerCase() ?? "utf-8";
}

function badEncoding(encoding: string, cause?: unknown): TwinError {
  return new TwinError(
    "cap.encoding",
    `The alert's text is not ${encoding}, which it says it is. The sender must correct it.`,
    { encoding },
    cause,
  );
}
