import { TwinError } from "../../src/base/errors.ts";
import { BUILDING_USES } from "../../src/domain/city.ts";
import type { SeenAttribute, SeenAttributes } from "./attributes.ts";
import type { CityOptions } from "./contract.ts";
import { NO_USE, readFloors, readLength, readUse, readYear } from "./fields.ts";
import type { RawFeature, RawValue } from "./raw-feature.ts";
import type { RecordAttribute } from "./records.ts";

/** Nothing built is taller, metres. */
const TALLEST = 1200;
const MOST_ATTRIBUTES = 65_535;

/** What the attributes of one feature say; one object is filled again and again. */
export class FeatureFacts {
  id: string | null = null;
  name = "";
  /** Metres, or null when not told or not plausible. */
  height: number | null = null;
  /** The height told that cannot be; null when there is none. */
  wrongHeight: RawValue = null;
  floors = 0;
  use = NO_USE;
  year = 0;
  /** The first `count` are of this feature. */
  readonly attributes: RecordAttribute[] = [];
  count = 0;
  /** Attributes of this feature that a column of the builder's own repeats. */
  readonly #consumed: SeenAttribute[] = [];
  readonly #rank = { id: 0, name: 0, height: 0, floors: 0, use: 0, year: 0 };

  constructor(
    private readonly seen: SeenAttributes,
    private readonly options: CityOptions,
  ) {}

  read(raw: RawFeature): void {
    this.id = raw.id;
    this.name = "";
    this.height = null;
    this.wrongHeight = null;
    this.floors = 0;
    this.use = NO_USE;
    this.year = 0;
    this.count = 0;
    this.#consumed.length = 0;
    const rank = this.#rank;
    rank.id = rank.name = rank.height = rank.floors = rank.use = rank.year = Infinity;
    if (raw.id !== null) rank.id = this.options.idField === undefined ? 0.5 : 1e6;
    for (let k = 0; k < raw.keys.length; k++) {
      const attribute = this.seen.of(raw.keys[k]!);
      if (attribute.index >= MOST_ATTRIBUTES)
        throw new TwinError(
          "city.attributes",
          `The inputs have more than ${MOST_ATTRIBUTES} different attributes.`,
        );
      this.#take(attribute, raw.values[k]!);
    }
  }

  /** The feature is built: its values count for the columns' types. */
  commit(): void {
    for (let k = 0; k < this.count; k++) {
      const { source, value } = this.attributes[k]!;
      this.seen.all[source]!.see(value);
    }
    for (const seen of this.#consumed) seen.consumed++;
  }

  #take(seen: SeenAttribute, value: RawValue): void {
    if (value === null) return;
    const code = typeof value === "string" ? seen.codeOf(value) : -1;
    const slot = this.attributes[this.count];
    if (slot) {
      slot.source = seen.index;
      slot.value = value;
      slot.code = code;
    } else this.attributes.push({ source: seen.index, value, code });
    this.count++;
    if (seen.role) this.#takeRole(seen, value);
  }

  #takeRole(seen: SeenAttribute, value: RawValue): void {
    const { role, rank } = seen.role!;
    if (rank >= this.#rank[role]) return;
    if (this.#assign(role, value)) {
      this.#rank[role] = rank;
      if (this.#says(role, value)) this.#consumed.push(seen);
    }
  }

  #assign(
    role: keyof FeatureFacts & ("id" | "name" | "height" | "floors" | "use" | "year"),
    value: RawValue,
  ): boolean {
    if (role === "id") {
      if (value === "") return false;
      this.id = String(value);
    } else if (role === "name") this.name = String(value);
    else if (role === "height") return this.#assignHeight(value);
    else if (role === "floors") this.floors = readFloors(value) ?? this.floors;
    else if (role === "year") this.year = readYear(value) ?? this.year;
    else {
      const use = readUse(value);
      if (use === NO_USE) return false;
      this.use = use;
    }
    return true;
  }

  #assignHeight(value: RawValue): boolean {
    const height = readLength(value);
    if (height === null) return false;
    if (height > 0 && height <= TALLEST) {
      this.height = height;
      return true;
    }
    this.wrongHeight = value;
    return false;
  }

  /** The builder's own column repeats the value exactly. */
  #says(role: string, value: RawValue): boolean {
    if (role === "id") return this.id === String(value);
    if (role === "name") return this.name === value;
    if (role === "height") return this.height === value;
    if (role === "floors") return this.floors === value;
    if (role === "use") return BUILDING_USES[this.use] === value;
    return this.year === value;
  }
}
