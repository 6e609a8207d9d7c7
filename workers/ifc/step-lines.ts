/**
 * Reads single-value properties and quantities straight from the STEP text. web-ifc hands every attribute through four
 * layers: on files of a hundred thousand properties that was two thirds of a conversion (9 MB: 0.9 s against 0.15 s).
 * What is not plain enough for this reader answers null and goes through web-ifc.
 */

/** A value in web-ifc's wrapping, so that both ways read alike. */
export interface StepValue {
  readonly value: string | number;
  /** 1 text, 3 enumeration, 4 number, 5 reference. */
  readonly type: 1 | 3 | 4 | 5;
  /** Measure, upper case. */
  readonly name?: string;
}

export interface StepProperty {
  readonly name: string;
  readonly value: StepValue | null;
  readonly unit: number | null;
  /** Measure that the entity implies, for quantities; empty for properties, whose value carries it. */
  readonly measure: string;
}

const [SPACE, QUOTE, OPEN, CLOSE, COMMA, DOT, SLASH, STAR, SEMICOLON, EQUALS, HASH, DOLLAR] = [
  0x20, 0x27, 0x28, 0x29, 0x2c, 0x2e, 0x2f, 0x2a, 0x3b, 0x3d, 0x23, 0x24,
];

/** Position of the value and its measure, by entity. */
const ENTITIES: Readonly<
  Record<string, { readonly value: number; readonly unit: number; readonly measure: string }>
> = {
  IFCPROPERTYSINGLEVALUE: { value: 2, unit: 3, measure: "" },
  IFCQUANTITYLENGTH: { value: 3, unit: 2, measure: "IFCLENGTHMEASURE" },
  IFCQUANTITYAREA: { value: 3, unit: 2, measure: "IFCAREAMEASURE" },
  IFCQUANTITYVOLUME: { value: 3, unit: 2, measure: "IFCVOLUMEMEASURE" },
  IFCQUANTITYWEIGHT: { value: 3, unit: 2, measure: "IFCMASSMEASURE" },
  IFCQUANTITYCOUNT: { value: 3, unit: 2, measure: "" },
};

class Cursor {
  at: number;
  constructor(
    readonly bytes: Uint8Array,
    start: number,
  ) {
    this.at = start;
  }

  skipBlank(): void {
    const { bytes } = this;
    for (;;) {
      const byte = bytes[this.at]!;
      if (byte <= SPACE) this.at++;
      else if (byte === SLASH && bytes[this.at + 1] === STAR) {
        this.at += 2;
        while (this.at < bytes.length && !(bytes[this.at] === STAR && bytes[this.at + 1] === SLASH))
          this.at++;
        this.at += 2;
      } else return;
    }
  }

  /** Past the next semicolon that is not in a text. */
  skipStatement(): void {
    const { bytes } = this;
    let inText = false;
    for (; this.at < bytes.length; this.at++) {
      const byte = bytes[this.at]!;
      if (byte === QUOTE) inText = !inText;
      else if (byte === SEMICOLON && !inText) break;
    }
    this.at++;
  }

  /** Letters, digits, underscores, signs and dots up to a delimiter, as ASCII. */
  word(): string {
    const { bytes } = this;
    let word = "";
    for (let byte = bytes[this.at]!; this.at < bytes.length; byte = bytes[++this.at]!) {
      if (
        byte <= SPACE ||
        byte === OPEN ||
        byte === CLOSE ||
        byte === COMMA ||
        byte === EQUALS ||
        byte === SEMICOLON
      )
        break;
      word += String.fromCharCode(byte);
    }
    return word;
  }

  /** The raw bytes of a text whose opening quote is here; doubled quotes still doubled. */
  text(): Uint8Array {
    const { bytes } = this;
    const start = ++this.at;
    for (; this.at < bytes.length; this.at++) {
      if (bytes[this.at] !== QUOTE) continue;
      if (bytes[this.at + 1] !== QUOTE) break;
      this.at++;
    }
    return bytes.subarray(start, this.at++);
  }
}

export class StepLines {
  readonly #bytes: Uint8Array;
  readonly #decodeEscapes: (text: string) => string;
  /** Statement starts (at the entity's name) by express id. */
  readonly #starts = new Map<number, number>();
  readonly #utf8 = new TextDecoder();

  /** @param decodeEscapes turns `\X2\...` and the like into letters */
  constructor(step: Uint8Array, decodeEscapes: (text: string) => string) {
    this.#bytes = step;
    this.#decodeEscapes = decodeEscapes;
    const cursor = new Cursor(step, 0);
    while (cursor.at < step.length) {
      cursor.skipBlank();
      if (step[cursor.at] === HASH) this.#note(cursor);
      cursor.skipStatement();
    }
  }

  #note(cursor: Cursor): void {
    const { bytes } = cursor;
    let id = 0;
    for (let digit = bytes[++cursor.at]! - 0x30; digit >= 0 && digit <= 9; digit = bytes[++cursor.at]! - 0x30)
      id = id * 10 + digit;
    cursor.skipBlank();
    if (bytes[cursor.at] !== EQUALS) return;
    cursor.at++;
    cursor.skipBlank();
    // IFCP... and IFCQ... are few enough to look at closely when asked for
    const fourth = bytes[cursor.at + 3]! & 0xdf;
    if (fourth === 0x50 || fourth === 0x51) this.#starts.set(id, cursor.at);
  }

  /** The property or quantity of that id; null when it is something else or needs a closer look. */
  property(id: number): StepProperty | null {
    const start = this.#starts.get(id);
    if (start === undefined) return null;
    const cursor = new Cursor(this.#bytes, start);
    const entity = ENTITIES[cursor.word().toUpperCase()];
    if (!entity) return null;
    cursor.skipBlank();
    if (this.#bytes[cursor.at++] !== OPEN) return null;
    const values: (StepValue | null)[] = [];
    for (;;) {
      const value = this.#value(cursor);
      if (value === undefined) return null;
      values.push(value);
      cursor.skipBlank();
      const byte = this.#bytes[cursor.at++];
      if (byte === CLOSE) break;
      if (byte !== COMMA) return null;
    }
    const [name, unit] = [values[0], values[entity.unit]];
    return {
      name: name?.type === 1 ? String(name.value) : "",
      value: values[entity.value] ?? null,
      unit: unit?.type === 5 ? Number(unit.value) : null,
      measure: entity.measure,
    };
  }

  /** One attribute; undefined for what is not plain. */
  #value(cursor: Cursor): StepValue | null | undefined {
    cursor.skipBlank();
    const bytes = this.#bytes;
    const byte = bytes[cursor.at]!;
    if (byte === QUOTE) return { value: this.#text(cursor.text()), type: 1 };
    if (byte === DOLLAR || byte === STAR) {
      cursor.at++;
      return null;
    }
    if (byte === OPEN) return undefined;
    const word = cursor.word();
    if (byte === HASH) return { value: Number(word.slice(1)), type: 5 };
    if (byte === DOT && word.endsWith(".")) return { value: word.slice(1, -1), type: 3 };
    cursor.skipBlank();
    if (bytes[cursor.at] === OPEN) return this.#typed(cursor, word);
    const number = Number(word);
    return word !== "" && Number.isFinite(number) ? { value: number, type: 4 } : undefined;
  }

  #typed(cursor: Cursor, measure: string): StepValue | null | undefined {
    cursor.at++;
    const inner = this.#value(cursor);
    cursor.skipBlank();
    if (!inner || this.#bytes[cursor.at++] !== CLOSE) return undefined;
    return { ...inner, name: measure.toUpperCase() };
  }

  #text(raw: Uint8Array): string {
    const text = this.#utf8.decode(raw).replaceAll("''", "'");
    return text.includes("\\") || text.includes("\n") ? this.#decodeEscapes(text) : text;
  }
}
