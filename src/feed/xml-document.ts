import { type XMLParser, XMLValidator } from "fast-xml-parser";
import { TwinError } from "../base/errors.ts";

/** A well-formed document without a document type, by the caller's parser. Throws TwinError `cap.doctype` or `cap.xml`. */
export function parseXml(xml: string, parser: XMLParser): unknown {
  // a document type is the door to entity attacks, and no alert needs one
  if (/<!DOCTYPE/i.test(xml))
    throw new TwinError("cap.doctype", "The alert declares a document type, which is refused for safety.");
  const wellFormed = XMLValidator.validate(xml);
  if (wellFormed !== true) throw badXml(`line ${wellFormed.err.line}: ${wellFormed.err.msg}`);
  try {
    return parser.parse(xml);
  } catch (cause) {
    throw badXml(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function badXml(problem: string, cause?: unknown): TwinError {
  return new TwinError("cap.xml", `The alert is not well-formed XML: ${problem}`, { problem }, cause);
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Decodes the five entities of XML and character numbers; anything else stays as written. */
export function decodeText(raw: string): string {
  return raw.replace(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{2,4}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[name as string] ?? whole;
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex as string, 16);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      ? String.fromCodePoint(code)
      : whole;
  });
}
