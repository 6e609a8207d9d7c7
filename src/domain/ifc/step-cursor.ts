export const SPACE = 0x20;
export const QUOTE = 0x27;
export const OPEN = 0x28;
export const CLOSE = 0x29;
export const COMMA = 0x2c;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const STAR = 0x2a;
export const SEMICOLON = 0x3b;
export const EQUALS = 0x3d;
export const HASH = 0x23;
export const DOLLAR = 0x24;

/** A reading position in STEP text (ISO 10303-21). Positions are bytes; nothing is copied. */
export class StepCursor {
  at: number;
  constructor(
    readonly bytes: Uint8Array,
    start: number,
  ) {
    this.at = start;
  }

  /** Past white space and comments. */
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

  /** Digits as a number; 0 when there is none. */
  integer(): number {
    const { bytes } = this;
    let value = 0;
    for (let digit = bytes[this.at]! - 0x30; digit >= 0 && digit <= 9; digit = bytes[++this.at]! - 0x30)
      value = value * 10 + digit;
    return value;
  }

  /** Past the attribute that is here, up to the comma or bracket behind it. */
  skipAttribute(): void {
    const { bytes } = this;
    let depth = 0;
    for (; this.at < bytes.length; this.at++) {
      const byte = bytes[this.at]!;
      if (byte === QUOTE) {
        while (++this.at < bytes.length && bytes[this.at] !== QUOTE);
      } else if (byte === OPEN) depth++;
      else if (depth === 0 && (byte === COMMA || byte === CLOSE || byte === SEMICOLON)) return;
      else if (byte === CLOSE) depth--;
    }
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
