import type { CityColumn, CityColumnType, CityOptions } from "./contract.ts";
import { COLUMN_NAMES, type FieldRole, roleOfField } from "./fields.ts";
import type { RawValue } from "./raw-feature.ts";

const MOST_TEXTS = 4096;
const MOST_ENUM_NAMES = 255;
/** Columns that the builder makes itself. */
const OWN_IDS = ["id", "name", "use", "floors", "height", "heightSource", "year"];

/** What has been seen of one attribute over the whole city. */
export class SeenAttribute {
  readonly role: { readonly role: FieldRole; readonly rank: number } | null;
  /** Codes of texts, while there are few. */
  readonly codes = new Map<string, number>();
  values = 0;
  /** Values that a column of the builder's own says as well. */
  consumed = 0;
  numbers = 0;
  booleans = 0;
  isWhole = true;
  min = Infinity;
  max = -Infinity;
  hasManyTexts = false;

  constructor(
    readonly key: string,
    readonly index: number,
    options: CityOptions,
  ) {
    this.role = roleOfField(key, options);
  }

  see(value: RawValue): void {
    if (value === null) return;
    this.values++;
    if (typeof value === "number") {
      this.numbers++;
      if (value < this.min) this.min = value;
      if (value > this.max) this.max = value;
      if (this.isWhole && !Number.isInteger(value)) this.isWhole = false;
    } else if (typeof value === "boolean") this.booleans++;
  }

  /** Code of a text, or -1 when there are too many different ones to count. */
  codeOf(text: string): number {
    if (this.hasManyTexts) return -1;
    const known = this.codes.get(text);
    if (known !== undefined) return known;
    if (this.codes.size >= MOST_TEXTS) {
      this.hasManyTexts = true;
      return -1;
    }
    this.codes.set(text, this.codes.size);
    return this.codes.size - 1;
  }
}

/** All attributes of a city in the order in which they appeared. */
export class SeenAttributes {
  readonly all: SeenAttribute[] = [];
  readonly #ofKey = new Map<string, SeenAttribute>();

  constructor(private readonly options: CityOptions) {}

  of(key: string): SeenAttribute {
    const known = this.#ofKey.get(key);
    if (known) return known;
    const attribute = new SeenAttribute(key, this.all.length, this.options);
    this.all.push(attribute);
    this.#ofKey.set(key, attribute);
    return attribute;
  }

  /** Typed columns of everything that the builder's own columns do not say already. */
  columns(features: number): CityColumn[] {
    const taken = new Set(OWN_IDS);
    const columns: CityColumn[] = [];
    for (const seen of this.all) {
      if (seen.values === 0 || seen.consumed === seen.values) continue;
      columns.push(columnOf(seen, freeId(seen.key, taken), features));
    }
    return columns;
  }
}

/** Property ids are ASCII words; anything else becomes its code points. */
function freeId(key: string, taken: Set<string>): string {
  const known = COLUMN_NAMES.get(key) ?? key;
  const ascii = known.replace(/[^A-Za-z0-9_]/gu, (sign) =>
    sign.codePointAt(0)! < 128 ? "_" : `u${sign.codePointAt(0)!.toString(16)}`,
  );
  // Names such as __proto__ would vanish as keys of an object.
  const word = /^__/.test(ascii) ? `p${ascii}` : /^[A-Za-z_]/.test(ascii) ? ascii : `_${ascii}`;
  let id = word;
  for (let n = 2; taken.has(id); n++) id = `${word}_${n}`;
  taken.add(id);
  return id;
}

function wholeType(min: number, max: number, needsNone: boolean): CityColumnType {
  const none = needsNone ? 1 : 0;
  if (min >= 0) {
    if (max <= 0xff - none) return "UINT8";
    if (max <= 0xffff - none) return "UINT16";
    if (max <= 0xffffffff - none) return "UINT32";
  } else {
    if (min >= -0x80 + none && max <= 0x7f) return "INT8";
    if (min >= -0x8000 + none && max <= 0x7fff) return "INT16";
    if (min >= -0x80000000 + none && max <= 0x7fffffff) return "INT32";
  }
  return "FLOAT64";
}

const NO_DATA: Readonly<Record<string, number>> = {
  UINT8: 0xff,
  UINT16: 0xffff,
  UINT32: 0xffffffff,
  INT8: -0x80,
  INT16: -0x8000,
  INT32: -0x80000000,
};

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/height|elevation|altitude|高度|标高|楼高/i, "m"],
  [/area|面积/i, "m²"],
];

function columnOf(seen: SeenAttribute, id: string, features: number): CityColumn {
  const dictionary = [...seen.codes.keys()];
  const base = { source: seen.index, id, name: seen.key, dictionary };
  const hasGaps = seen.values < features;
  if (seen.numbers === seen.values) {
    const type = seen.isWhole ? wholeType(seen.min, seen.max, hasGaps) : "FLOAT64";
    const unit = UNITS.find(([pattern]) => pattern.test(seen.key))?.[1];
    const noData = NO_DATA[type] ?? (seen.min > -9999 ? -9999 : Math.floor(seen.min) - 1);
    return { ...base, type, ...(unit ? { unit } : {}), ...(hasGaps ? { noData } : {}) };
  }
  if (seen.booleans === seen.values && !hasGaps) return { ...base, type: "BOOLEAN" };
  const isTextOnly = seen.numbers === 0 && seen.booleans === 0;
  const isFew =
    !seen.hasManyTexts && dictionary.length < MOST_ENUM_NAMES && dictionary.length * 4 <= seen.values;
  if (!isTextOnly || !isFew || dictionary.includes("")) return { ...base, type: "STRING" };
  const none = dictionary.includes("none") ? "(none)" : "none";
  return { ...base, type: "ENUM", enumNames: [...dictionary, none], noData: none };
}
