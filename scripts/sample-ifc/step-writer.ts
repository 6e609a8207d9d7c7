/** A line of the file, by its number: `#12`. */
export class Ref {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
}

/** Text that goes into the file as it is: an enumeration, an integer, a typed value. */
export class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** An attribute: numbers are written as REAL, null as `$`. */
export type Arg = string | number | boolean | null | Ref | Raw | readonly Arg[];

/** `*`: the attribute is derived by a subtype. */
export const DERIVED = new Raw("*");

export function int(value: number): Raw {
  return new Raw(String(Math.round(value)));
}

export function enumeration(name: string): Raw {
  return new Raw(`.${name}.`);
}

/** A value of a SELECT: `IFCLABEL('x')`. */
export function typed(type: string, value: Arg): Raw {
  return new Raw(`${type}(${encodeArg(value)})`);
}

/** ISO 10303-21 clause 6.4.3: quotes doubled, backslashes doubled, the rest beyond ASCII in `\X2\` UTF-16 runs. */
export function encodeString(text: string): string {
  let out = "";
  let run = "";
  const flush = () => {
    if (run) out += `\\X2\\${run}\\X0\\`;
    run = "";
  };
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x20 && unit < 0x7f) {
      flush();
      const letter = text[i] as string;
      out += letter === "'" ? "''" : letter === "\\" ? "\\\\" : letter;
    } else run += unit.toString(16).toUpperCase().padStart(4, "0");
  }
  flush();
  return `'${out}'`;
}

/** A STEP REAL with at most nine decimals: enough for a direction, a tenth of a micrometre in map coordinates. */
export function encodeReal(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
  const text = value.toFixed(9).replace(/0+$/, "");
  return text === "-0." ? "0." : text;
}

export function encodeArg(arg: Arg): string {
  if (arg === null) return "$";
  if (typeof arg === "number") return encodeReal(arg);
  if (typeof arg === "string") return encodeString(arg);
  if (typeof arg === "boolean") return arg ? ".T." : ".F.";
  if (arg instanceof Ref) return `#${arg.id}`;
  if (arg instanceof Raw) return arg.text;
  return `(${arg.map(encodeArg).join(",")})`;
}

export interface StepHeader {
  readonly description: string;
  readonly fileName: string;
  /** ISO 8601 without zone, as the standard shows it. */
  readonly timestamp: string;
  readonly author: string;
  readonly organization: string;
  readonly system: string;
  readonly schema: string;
}

/** Collects the lines of a STEP file; the same calls in the same order give the same text. */
export class StepWriter {
  readonly #lines: string[] = [];
  readonly #shared = new Map<string, Ref>();

  get lineCount(): number {
    return this.#lines.length;
  }

  add(type: string, ...args: readonly Arg[]): Ref {
    return this.#push(`${type}${encodeArg(args)}`);
  }

  /** Like `add`, but an equal line is written once: for points, directions, profiles and units. */
  share(type: string, ...args: readonly Arg[]): Ref {
    const text = `${type}${encodeArg(args)}`;
    const known = this.#shared.get(text);
    if (known) return known;
    const ref = this.#push(text);
    this.#shared.set(text, ref);
    return ref;
  }

  toText(header: StepHeader): string {
    const { description, fileName, timestamp, author, organization, system, schema } = header;
    const name = encodeArg([fileName, timestamp, [author], [organization], system, system, ""]);
    return [
      "ISO-10303-21;",
      "HEADER;",
      `FILE_DESCRIPTION${encodeArg([[description], "2;1"])};`,
      `FILE_NAME${name};`,
      `FILE_SCHEMA${encodeArg([[schema]])};`,
      "ENDSEC;",
      "DATA;",
      ...this.#lines,
      "ENDSEC;",
      "END-ISO-10303-21;",
      "",
    ].join("\n");
  }

  #push(text: string): Ref {
    const ref = new Ref(this.#lines.length + 1);
    this.#lines.push(`#${ref.id}=${text};`);
    return ref;
  }
}
