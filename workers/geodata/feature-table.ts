import type { AttributeValue } from "../../src/domain/selection.ts";
import { plainName } from "../city/fields.ts";

/** Columns that name a feature, best first; compared without case, spaces and `:_-`. */
const TITLE_COLUMNS = [
  "name",
  "namezh",
  "名称",
  "title",
  "标题",
  "mc",
  "label",
  "place",
  "adname",
  "编号",
  "id",
];

/** Attributes of all features, a column for each name; a feature without a value has `undefined` there. */
export class FeatureTable {
  readonly #columns = new Map<string, AttributeValue[]>();

  set(feature: number, name: string, value: AttributeValue): void {
    let column = this.#columns.get(name);
    if (!column) {
      column = [];
      this.#columns.set(name, column);
    }
    column[feature] = value;
  }

  /** All values that the feature has; empty texts and nulls are left out. */
  attributes(feature: number): Record<string, AttributeValue> {
    const found: Record<string, AttributeValue> = {};
    for (const [name, column] of this.#columns) {
      const value = column[feature];
      if (value !== undefined && value !== null && value !== "") found[name] = value;
    }
    return found;
  }

  /** Names in the order in which they were first seen. */
  get names(): readonly string[] {
    return [...this.#columns.keys()];
  }

  /** Values by feature; sparse where a feature has none. */
  column(name: string): readonly (AttributeValue | undefined)[] {
    return this.#columns.get(name) ?? [];
  }

  title(feature: number): string {
    for (const wanted of TITLE_COLUMNS)
      for (const [name, column] of this.#columns) {
        const value = column[feature];
        if (plainName(name) === wanted && value !== undefined && value !== null && value !== "")
          return String(value);
      }
    return "";
  }
}
