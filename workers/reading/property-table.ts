import { throwIfAborted } from "../../src/base/abort.ts";
import { GROUP_SET } from "../../src/domain/ifc/associations.ts";
import { ATTRIBUTE_SET } from "../../src/domain/ifc/property-sets.ts";
import { PropertyStore } from "../../src/domain/ifc/property-store.ts";
import type { IfcModel } from "../../src/domain/model.ts";
import type { ColumnValue } from "../../src/domain/reading/query.ts";

/** One property over all elements that carry it. */
export interface Column {
  readonly set: string;
  readonly name: string;
  /** Ascending. */
  readonly rows: Uint32Array;
  /** Place in `distinct`, for each of `rows`. */
  readonly codes: Uint32Array;
  readonly distinct: readonly ColumnValue[];
}

/** All properties of a model, property by property: a question is asked of distinct values, not of elements. */
export interface PropertyTable {
  readonly model: IfcModel;
  readonly count: number;
  readonly columns: readonly Column[];
  /** The elements' own: class, name, type, storey, material, system, globalid. */
  readonly fields: ReadonlyMap<string, Column>;
}

type ReadFile = (path: string) => Promise<ArrayBuffer>;

/** Rows between reports of progress. */
const REPORT_ROWS = 256;

class ColumnBuilder {
  readonly #rows: number[] = [];
  readonly #codes: number[] = [];
  readonly #codeOf = new Map<ColumnValue, number>();
  readonly #distinct: ColumnValue[] = [];

  constructor(
    readonly set: string,
    readonly name: string,
  ) {}

  add(row: number, value: ColumnValue): void {
    let code = this.#codeOf.get(value);
    if (code === undefined) {
      code = this.#distinct.push(value) - 1;
      this.#codeOf.set(value, code);
    }
    this.#rows.push(row);
    this.#codes.push(code);
  }

  build(): Column {
    return {
      set: this.set,
      name: this.name,
      rows: Uint32Array.from(this.#rows),
      codes: Uint32Array.from(this.#codes),
      distinct: this.#distinct,
    };
  }
}

/** Reads every statement that describes elements, once. @param readFile gives a file of the model's folder */
export async function readPropertyTable(
  readFile: ReadFile,
  onProgress: (done: number, total: number) => void,
  signal?: AbortSignal,
): Promise<PropertyTable> {
  const model = JSON.parse(new TextDecoder().decode(await readFile("model.json"))) as IfcModel;
  const store = await PropertyStore.open(readFile);
  const { expressId } = model.elements;
  const count = expressId.length;
  onProgress(0, count);
  const setsOf = await store.loadAll();
  const builders = new Map<string, ColumnBuilder>();
  const add = (set: string, name: string, row: number, value: ColumnValue) => {
    const key = `${set}\u0000${name}`;
    let builder = builders.get(key);
    if (!builder) {
      builder = new ColumnBuilder(set, name);
      builders.set(key, builder);
    }
    builder.add(row, value);
  };
  for (let row = 0; row < count; row++) {
    for (const { name: set, properties } of setsOf(row, expressId[row]!))
      for (const { name, value } of properties) add(set, name, row, value);
    if (row % REPORT_ROWS !== 0) continue;
    throwIfAborted(signal);
    onProgress(row, count);
  }
  onProgress(count, count);
  const columns = [...builders.values()].map((builder) => builder.build());
  return { model, count, columns, fields: readFields(model, columns) };
}

function readFields(model: IfcModel, columns: readonly Column[]): Map<string, Column> {
  const { elements, storeys } = model;
  const fields = new Map<string, Column>();
  const own = (name: string, values: readonly ColumnValue[]) => {
    const builder = new ColumnBuilder("", name);
    values.forEach((value, row) => {
      if (value !== null && value !== "") builder.add(row, value);
    });
    fields.set(name, builder.build());
  };
  own("class", elements.class);
  own("name", elements.name);
  own("globalid", elements.globalId);
  own(
    "storey",
    elements.storey.map((at) => storeys[at]?.name ?? null),
  );
  for (const [field, name] of [
    ["type", "Type"],
    ["material", "Material"],
  ] as const) {
    const found = columns.find((column) => column.set === ATTRIBUTE_SET && column.name === name);
    fields.set(field, found ?? new ColumnBuilder("", field).build());
  }
  const system = new ColumnBuilder("", "system");
  for (const { rows, codes, distinct } of columns.filter(({ set }) => set === GROUP_SET))
    rows.forEach((row, i) => {
      system.add(row, distinct[codes[i]!] ?? null);
    });
  fields.set("system", system.build());
  return fields;
}
