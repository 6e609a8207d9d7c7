import type { LineSource } from "../../src/domain/ifc/ifc-values.ts";
import { EQUALS, StepCursor } from "../../src/domain/ifc/step-cursor.ts";
import type { StepIndex } from "./step-index.ts";

/** Statements by number and by instance. */
export interface KernelStatements extends LineSource {
  readonly index: StepIndex;
}

/** Collects what stands in place of statements; new instances get numbers that nothing else has. */
export class StatementWriter {
  readonly replaced = new Map<number, string>();
  #nextId: number;

  constructor(private readonly index: StepIndex) {
    this.#nextId = 0;
    for (const id of index.ids) if (id > this.#nextId) this.#nextId = id;
  }

  /** A number for a new instance. */
  newId(): number {
    return ++this.#nextId;
  }

  replace(statement: number, text: string): void {
    this.replaced.set(statement, text);
  }

  /** The same attributes under another entity's name. */
  rename(statement: number, entity: string): void {
    const { bytes, starts } = this.index;
    const cursor = new StepCursor(bytes, starts[statement]! + 1);
    const id = cursor.integer();
    while (cursor.at < bytes.length && bytes[cursor.at] !== EQUALS) cursor.at++;
    cursor.at++;
    cursor.skipBlank();
    cursor.word();
    const rest = new TextDecoder("latin1").decode(bytes.subarray(cursor.at, starts[statement + 1]!));
    this.replaced.set(statement, `#${id}=${entity}${rest}`);
  }
}

/** A REAL as the kernel reads it. */
export function realText(value: number): string {
  const text = Number.isFinite(value) ? value.toFixed(6) : "0.";
  return text;
}

export function tripleText(values: readonly number[]): string {
  return `(${values.map(realText).join(",")})`;
}
