import type { IfcLine } from "./ifc-values.ts";
import { CLOSE, COMMA, DOLLAR, DOT, EQUALS, HASH, OPEN, QUOTE, STAR, StepCursor } from "./step-cursor.ts";
import { decodeStepText } from "./step-text.ts";

/** A value in web-ifc's wrapping. */
export interface StepValue {
  readonly value: string | number | readonly StepAttribute[];
  /** 1 text, 3 enumeration, 4 number, 5 reference. */
  readonly type: 1 | 3 | 4 | 5;
  /** Measure, upper case, of a value that says its type. */
  readonly name?: string;
}

export type StepAttribute = StepValue | null | readonly StepAttribute[];

/** How an entity names its attributes. */
export interface EntitySchema {
  /** As the schema writes it: IfcWall. */
  readonly name: string;
  /** In the order of the file. */
  readonly attributes: readonly string[];
  /** Measures of attributes that have one by the schema, upper case. */
  readonly measures?: Readonly<Record<string, string>>;
}

/** Deeper nesting is broken or hostile. */
const MAX_DEPTH = 16;

class BrokenStatement extends Error {}

function readAttribute(cursor: StepCursor, depth: number): StepAttribute {
  cursor.skipBlank();
  const byte = cursor.bytes[cursor.at];
  if (byte === QUOTE) return { value: decodeStepText(cursor.text()), type: 1 };
  // some files leave derived attributes empty instead of writing *
  if (byte === COMMA || byte === CLOSE) return null;
  if (byte === DOLLAR || byte === STAR) {
    cursor.at++;
    return null;
  }
  if (byte === OPEN) return readList(cursor, depth + 1);
  if (byte === HASH) {
    cursor.at++;
    return { value: cursor.integer(), type: 5 };
  }
  const word = cursor.word();
  if (byte === DOT && word.length > 1 && word.endsWith(".")) return { value: word.slice(1, -1), type: 3 };
  cursor.skipBlank();
  if (cursor.bytes[cursor.at] === OPEN) return readTyped(cursor, word, depth);
  const number = Number(word);
  if (word === "" || !Number.isFinite(number)) throw new BrokenStatement();
  return { value: number, type: 4 };
}

function readTyped(cursor: StepCursor, measure: string, depth: number): StepAttribute {
  const [inner] = readList(cursor, depth + 1);
  if (inner === null || inner === undefined) return null;
  const name = measure.toUpperCase();
  return "value" in inner ? { ...inner, name } : { value: inner, type: 4, name };
}

function readList(cursor: StepCursor, depth: number): StepAttribute[] {
  if (depth > MAX_DEPTH || cursor.bytes[cursor.at] !== OPEN) throw new BrokenStatement();
  cursor.at++;
  const values: StepAttribute[] = [];
  cursor.skipBlank();
  if (cursor.bytes[cursor.at] === CLOSE) {
    cursor.at++;
    return values;
  }
  for (;;) {
    values.push(readAttribute(cursor, depth));
    cursor.skipBlank();
    const byte = cursor.bytes[cursor.at++];
    if (byte === CLOSE) return values;
    if (byte !== COMMA) throw new BrokenStatement();
  }
}

/**
 * Reads the statement that begins at `start` (its `#`); null when it is broken.
 *
 * @param schemaOf attribute names by entity (upper case); null leaves the attributes out
 */
export function readStepLine(
  bytes: Uint8Array,
  start: number,
  schemaOf: (entity: string) => EntitySchema | null,
): IfcLine | null {
  const cursor = new StepCursor(bytes, start + 1);
  const expressID = cursor.integer();
  cursor.skipBlank();
  if (bytes[cursor.at++] !== EQUALS) return null;
  cursor.skipBlank();
  const entity = cursor.word().toUpperCase();
  const line: Record<string, unknown> & { expressID: number; entity: string } = { expressID, entity };
  const schema = schemaOf(entity);
  if (!schema) return line;
  cursor.skipBlank();
  try {
    const values = readList(cursor, 0);
    for (const [i, name] of schema.attributes.entries()) {
      const value = values[i] ?? null;
      const measure = schema.measures?.[name];
      line[name] = measure && value && "value" in value && !value.name ? { ...value, name: measure } : value;
    }
  } catch (error) {
    if (error instanceof BrokenStatement) return null;
    throw error;
  }
  return line;
}
