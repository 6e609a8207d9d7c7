import { TwinError } from "../../src/base/errors.ts";
import { SEMICOLON, StepCursor } from "../../src/domain/ifc/step-cursor.ts";
import type { StepIndex } from "./step-index.ts";

/** A stretch of the file that is taken out, and what comes in its place. Bytes. */
export interface Patch {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Changes of a STEP text by statement: replaced under their number, or added at the end of the data. */
export class StepEdits {
  readonly #replaced = new Map<number, string>();
  readonly #added: string[] = [];
  #nextId = 0;

  constructor(readonly index: StepIndex) {
    for (const id of index.ids) if (id > this.#nextId) this.#nextId = id;
  }

  /** Adds an instance and answers its number. */
  add(statement: string): number {
    const id = ++this.#nextId;
    this.#added.push(`#${id}=${statement};`);
    return id;
  }

  replace(id: number, statement: string): void {
    const found = this.index.find(id);
    if (found >= 0) this.#replaced.set(found, `#${id}=${statement};`);
  }

  /** The attributes of an instance as they stand in the text. */
  attributes(id: number): string[] {
    const statement = this.index.find(id);
    if (statement < 0) return [];
    const cursor = this.index.attribute(statement, 0);
    const end = this.#endOf(statement);
    const attributes: string[] = [];
    while (cursor.at < end) {
      const start = cursor.at;
      cursor.skipAttribute();
      attributes.push(latin1(cursor.bytes.subarray(start, cursor.at)).trim());
      if (cursor.bytes[cursor.at++] !== 0x2c) break;
    }
    return attributes;
  }

  /** In the order of the file. */
  patches(): Patch[] {
    const { starts } = this.index;
    const patches: Patch[] = [...this.#replaced].map(([statement, text]) => ({
      from: starts[statement]!,
      to: this.#endOf(statement),
      text,
    }));
    if (this.#added.length > 0) {
      const at = this.#lastEnd();
      patches.push({ from: at, to: at, text: `${this.#lineEnd(at)}${this.#added.join(this.#lineEnd(at))}` });
    }
    return patches.sort((a, b) => a.from - b.from);
  }

  /** Behind the semicolon. */
  #endOf(statement: number): number {
    const { bytes, starts } = this.index;
    const cursor = new StepCursor(bytes, starts[statement]!);
    cursor.skipAttribute();
    while (cursor.at < bytes.length && bytes[cursor.at] !== SEMICOLON) {
      cursor.at++;
      cursor.skipAttribute();
    }
    return cursor.at + 1;
  }

  /** Behind the last instance. */
  #lastEnd(): number {
    const { ids, count } = this.index;
    for (let statement = count - 1; statement >= 0; statement--)
      if (ids[statement]! > 0) return this.#endOf(statement);
    return this.index.bytes.length;
  }

  #lineEnd(at: number): string {
    const { bytes } = this.index;
    return bytes[at] === 0x0d && bytes[at + 1] === 0x0a ? "\r\n" : "\n";
  }
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

/** A REAL of ISO 10303-21. */
export function stepReal(value: number): string {
  const text = String(Number(value.toPrecision(15)));
  return /[.e]/i.test(text) ? text.replace("e", ".E").replace(/(\..*)\.E/, "$1E") : `${text}.`;
}

/** A STRING of ISO 10303-21; letters beyond ASCII as `\X2\`. */
export function stepString(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll("'", "''")
    .replace(/[^ -~]+/g, (run) => {
      const hex = Array.from({ length: run.length }, (_, i) =>
        run.charCodeAt(i).toString(16).padStart(4, "0"),
      );
      return `\\X2\\${hex.join("").toUpperCase()}\\X0\\`;
    });
  return `'${escaped}'`;
}

export function missingPart(code: "ifc.no_context" | "ifc.no_site", fileName: string): TwinError {
  const what = code === "ifc.no_site" ? "no site (IfcSite)" : "no geometric context";
  return new TwinError(code, `${fileName} has ${what} to which a place could be written.`, {
    file: fileName,
  });
}
