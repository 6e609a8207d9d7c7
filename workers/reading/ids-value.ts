import type { ColumnValue } from "../../src/domain/reading/query.ts";
import type { XmlElement } from "./xml.ts";

/** What a value of an IDS facet asks of a model's value, and how to say it. */
export interface IdsValue {
  readonly text: string;
  matches(value: ColumnValue): boolean;
}

const TOLERANCE = 1e-6;

/** An `idsValue`: a simple value, or a restriction of XML Schema. Null when the element is absent. */
export function readIdsValue(element: XmlElement | null): IdsValue | null {
  if (!element) return null;
  const restriction = element.at("restriction");
  if (restriction) return readRestriction(restriction);
  const text = element.textAt("simpleValue") ?? element.text;
  return { text, matches: (value) => equals(value, text) };
}

/** Numbers agree within a millionth, as the standard asks; anything else letter by letter. */
function equals(value: ColumnValue, text: string): boolean {
  if (typeof value === "boolean") return text === String(value) || text === (value ? "1" : "0");
  if (typeof value !== "number") return String(value) === text;
  const number = Number(text);
  const reach = TOLERANCE * Math.abs(number) + TOLERANCE;
  return text.trim() !== "" && Math.abs(value - number) <= reach;
}

type Test = (value: ColumnValue) => boolean;

const BOUNDS: Readonly<Record<string, readonly [sign: string, holds: (a: number, b: number) => boolean]>> = {
  minInclusive: ["≥", (a, b) => a >= b - TOLERANCE * (Math.abs(b) + 1)],
  maxInclusive: ["≤", (a, b) => a <= b + TOLERANCE * (Math.abs(b) + 1)],
  minExclusive: [">", (a, b) => a > b],
  maxExclusive: ["<", (a, b) => a < b],
};
const LENGTHS: Readonly<Record<string, readonly [sign: string, holds: (a: number, b: number) => boolean]>> = {
  length: ["=", (a, b) => a === b],
  minLength: ["≥", (a, b) => a >= b],
  maxLength: ["≤", (a, b) => a <= b],
};

function readRestriction(restriction: XmlElement): IdsValue {
  const valuesOf = (name: string) => restriction.all(name).flatMap((one) => one.attribute("value") ?? []);
  const tests: Test[] = [];
  const words: string[] = [];
  const choices = valuesOf("enumeration");
  if (choices.length > 0) {
    tests.push((value) => choices.some((choice) => equals(value, choice)));
    words.push(choices.join(" | "));
  }
  const patterns = valuesOf("pattern");
  if (patterns.length > 0) {
    const regExps = patterns.map(regExpOf);
    tests.push((value) => regExps.some((regExp) => regExp.test(String(value))));
    words.push(patterns.map((pattern) => `/${pattern}/`).join(" | "));
  }
  for (const [name, [sign, holds]] of Object.entries(BOUNDS))
    for (const bound of valuesOf(name)) {
      tests.push((value) => typeof value === "number" && holds(value, Number(bound)));
      words.push(`${sign} ${bound}`);
    }
  for (const [name, [sign, holds]] of Object.entries(LENGTHS))
    for (const bound of valuesOf(name)) {
      tests.push((value) => holds([...String(value)].length, Number(bound)));
      words.push(`#${sign}${bound}`);
    }
  return { text: words.join(", ") || "*", matches: (value) => tests.every((test) => test(value)) };
}

/** Patterns of XML Schema are anchored; name classes are theirs alone. What cannot be read matches nothing. */
function regExpOf(pattern: string): RegExp {
  const own = pattern.replaceAll("\\i", "[\\p{L}_:]").replaceAll("\\c", "[\\p{L}\\p{N}._:-]");
  try {
    return new RegExp(`^(?:${own})$`, "u");
  } catch {
    return /^(?!)/;
  }
}
