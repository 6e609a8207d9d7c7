import { XMLParser, XMLValidator } from "fast-xml-parser";
import { TwinError } from "../../src/base/errors.ts";

/** An element of an XML document: every child name gives a list. */
export class XmlElement {
  readonly #raw: Readonly<Record<string, unknown>>;

  constructor(raw: unknown) {
    this.#raw = typeof raw === "object" && raw !== null ? (raw as Record<string, unknown>) : { "#text": raw };
  }

  all(name: string): XmlElement[] {
    const found = this.#raw[name];
    if (found === undefined) return [];
    return (Array.isArray(found) ? found : [found]).map((one) => new XmlElement(one));
  }

  /** Children by a path of names; the first of each. */
  at(...path: readonly string[]): XmlElement | null {
    let node: XmlElement | null = this;
    for (const name of path) node = node?.all(name)[0] ?? null;
    return node;
  }

  /** Null where there is no such child. */
  textAt(...path: readonly string[]): string | null {
    return this.at(...path)?.text ?? null;
  }

  get text(): string {
    const raw = this.#raw["#text"];
    return decoded(raw === undefined || raw === null ? "" : String(raw)).trim();
  }

  /** Null where there is none. */
  attribute(name: string): string | null {
    const raw = this.#raw[`@${name}`];
    return raw === undefined ? null : decoded(String(raw));
  }

  get names(): string[] {
    return Object.keys(this.#raw).filter((name) => !/^[@#]/.test(name));
  }
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decoded(raw: string): string {
  return raw.replace(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{2,4}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[name as string] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex as string, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const parser = new XMLParser({
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  textNodeName: "#text",
  parseTagValue: false,
  parseAttributeValue: false,
  removeNSPrefix: true,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

/**
 * A well-formed document without a document type.
 * @throws TwinError `reading.bad_xml`
 */
export function readXml(bytes: Uint8Array, file: string): XmlElement {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-16be";
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const text = new TextDecoder(isUtf16 ? utf16 : "utf-8").decode(bytes);
  // a document type is the door to entity attacks, and none of these formats needs one
  if (/<!DOCTYPE/i.test(text)) throw badXml(file, "it declares a document type, which is refused for safety");
  const check = XMLValidator.validate(text);
  if (check !== true) throw badXml(file, `line ${check.err.line}: ${check.err.msg}`);
  return new XmlElement(parser.parse(text));
}

function badXml(file: string, problem: string): TwinError {
  return new TwinError("reading.bad_xml", `${file} cannot be read as XML: ${problem}.`, { file, problem });
}

/** Text as content or attribute value; what XML has no way to write is left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"]/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter]!);
}
