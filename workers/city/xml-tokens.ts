import { TwinError } from "../../src/base/errors.ts";

/** What the tokenizer tells. Names come without their prefix. */
export interface XmlListener {
  /** @param tag the whole text of the tag between the angle brackets, for `attributeOf` */
  open(name: string, tag: string): void;
  close(name: string): void;
  /** Entities are resolved; may come in several pieces. */
  text(text: string): void;
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** Characters; a quote that does not close must not make the rest of a file one tag. */
const LONGEST_TAG = 1 << 18;

export function unescapeXml(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith("#")) return ENTITIES.get(name) ?? whole;
    const code =
      name[1] === "x" || name[1] === "X" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Value of an attribute by its name without prefix, or null. */
export function attributeOf(tag: string, name: string): string | null {
  const found = new RegExp(`[\\s:]${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return found ? unescapeXml(found[1] ?? found[2] ?? "") : null;
}

/**
 * Streams XML through a listener: elements, texts and CDATA. Doctypes, comments and instructions are passed over, entities
 * of a doctype are not expanded, so that no file can blow up. Memory holds one tag or text at a time.
 * @throws TwinError `xml.invalid`
 */
export async function readXml(chunks: AsyncIterable<Uint8Array>, listener: XmlListener): Promise<void> {
  const tokenizer = new Tokenizer(listener);
  let decoder: TextDecoder | null = null;
  for await (const chunk of chunks) {
    decoder ??= decoderFor(chunk);
    tokenizer.add(decoder.decode(chunk, { stream: true }));
  }
  tokenizer.add(decoder?.decode() ?? "");
  tokenizer.end();
}

function decoderFor(start: Uint8Array): TextDecoder {
  if (start[0] === 0xff && start[1] === 0xfe) return new TextDecoder("utf-16le");
  if (start[0] === 0xfe && start[1] === 0xff) return new TextDecoder("utf-16be");
  const head = new TextDecoder("latin1").decode(start.subarray(0, 200));
  const label = /^[^<]*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)["']/.exec(head)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(/^(gbk|gb2312)$/i.test(label) ? "gb18030" : label);
  } catch {
    return new TextDecoder();
  }
}

class Tokenizer {
  #text = "";
  #offset = 0;
  readonly #open: string[] = [];
  #sawRoot = false;

  constructor(private readonly listener: XmlListener) {}

  add(text: string): void {
    this.#text += text;
    let at = 0;
    for (;;) {
      const next = this.#token(at);
      if (next < 0) break;
      at = next;
    }
    this.#text = this.#text.slice(at);
    this.#offset += at;
  }

  end(): void {
    if (this.#open.length > 0) this.#fail(`<${this.#open.at(-1)}> is not closed`);
    if (!this.#sawRoot || this.#text.trim() !== "") this.#fail("it ends in the middle");
  }

  #fail(reason: string): never {
    const at = this.#offset;
    throw new TwinError("xml.invalid", `The XML is broken at character ${at}: ${reason}.`, { at, reason });
  }

  /** Reads the text before the next token and the token; where it ends, or -1 when it is not whole yet. */
  #token(at: number): number {
    const text = this.#text;
    const bracket = text.indexOf("<", at);
    if (bracket < 0 || text.length - bracket < 9) {
      const isShort = bracket >= 0 && text.indexOf(">", bracket) >= 0;
      if (!isShort) return -1;
    }
    const end = this.#endOf(bracket);
    if (end < 0) return -1;
    if (bracket > at && this.#open.length > 0) this.listener.text(unescapeXml(text.slice(at, bracket)));
    if (text.startsWith("<![CDATA[", bracket)) this.listener.text(text.slice(bracket + 9, end - 3));
    else if (text[bracket + 1] !== "!" && text[bracket + 1] !== "?") this.#tag(bracket, end - 1);
    return end;
  }

  /** Just after the token that begins at the bracket, -1 when its end has not come yet. */
  #endOf(bracket: number): number {
    const text = this.#text;
    if (text.startsWith("<!--", bracket)) return after(text, "-->", bracket);
    if (text.startsWith("<![CDATA[", bracket)) return after(text, "]]>", bracket);
    if (text.startsWith("<?", bracket)) return after(text, "?>", bracket);
    if (text.startsWith("<!", bracket)) {
      const end = after(text, ">", bracket);
      const inner = text.indexOf("[", bracket);
      return inner >= 0 && inner < end ? after(text, "]>", bracket) : end;
    }
    const end = endOfTag(text, bracket);
    if (end < 0 && text.length - bracket > LONGEST_TAG) this.#fail("a tag does not end");
    return end;
  }

  #tag(bracket: number, end: number): void {
    const text = this.#text;
    if (text.charCodeAt(bracket + 1) === 0x2f) {
      const name = localName(text, bracket + 2, end);
      if (this.#open.pop() !== name) this.#fail(`</${name}> closes nothing`);
      this.listener.close(name);
      return;
    }
    const isEmpty = text.charCodeAt(end - 1) === 0x2f;
    const name = localName(text, bracket + 1, isEmpty ? end - 1 : end);
    this.#sawRoot = true;
    this.listener.open(name, text.slice(bracket + 1, end));
    if (isEmpty) this.listener.close(name);
    else this.#open.push(name);
  }
}

function after(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found < 0 ? -1 : found + end.length;
}

/** Just after the bracket that closes the tag, quoted ones passed over; -1 when it has not come yet. */
function endOfTag(text: string, bracket: number): number {
  let quote = 0;
  for (let at = bracket; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quote !== 0) quote = code === quote ? 0 : quote;
    else if (code === 0x22 || code === 0x27) quote = code;
    else if (code === 0x3e) return at + 1;
  }
  return -1;
}

function localName(text: string, from: number, to: number): string {
  let start = from;
  let at = from;
  for (; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code <= 0x20) break;
    if (code === 0x3a) start = at + 1;
  }
  return text.slice(start, at);
}
