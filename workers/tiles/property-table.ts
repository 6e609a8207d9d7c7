import type { PropertyColumn, TileContent } from "./contract.ts";
import type { GlbBuffer } from "./glb-buffer.ts";

const ARRAYS = {
  FLOAT32: Float32Array,
  FLOAT64: Float64Array,
  INT8: Int8Array,
  INT16: Int16Array,
  INT32: Int32Array,
  UINT8: Uint8Array,
  UINT16: Uint16Array,
  UINT32: Uint32Array,
};

function enumIdOf(column: PropertyColumn): string {
  return `${column.id}Enum`;
}

function classProperty(column: PropertyColumn): Record<string, unknown> {
  const { name, description, semantic, type, unit, noData } = column;
  const common = {
    name,
    ...(description ? { description } : {}),
    ...(semantic ? { semantic } : {}),
    ...(noData === undefined ? {} : { noData }),
    ...(unit ? { extras: { unit } } : {}),
  };
  if (type === "STRING") return { ...common, type, ...(semantic === "ID" ? {} : { default: "" }) };
  if (type === "BOOLEAN") return { ...common, type };
  if (column.enumNames) return { ...common, type: "ENUM", enumType: enumIdOf(column) };
  return { ...common, type: "SCALAR", componentType: type };
}

/** The EXT_structural_metadata schema of a class; also fit for a tileset's `schema`. */
export function createSchema(className: string, columns: readonly PropertyColumn[]): Record<string, unknown> {
  const enums = columns.flatMap((column) =>
    column.enumNames
      ? [
          [
            enumIdOf(column),
            { valueType: column.type, values: column.enumNames.map((name, value) => ({ name, value })) },
          ],
        ]
      : [],
  );
  const properties = Object.fromEntries(columns.map((column) => [column.id, classProperty(column)]));
  return {
    id: `liaotwin_${className}`,
    classes: { [className]: { properties } },
    ...(enums.length ? { enums: Object.fromEntries(enums) } : {}),
  };
}

/** All-empty columns are left out: a buffer view cannot be empty, and the class default says the same. */
function addStrings(values: readonly string[], buffer: GlbBuffer): Record<string, unknown> | null {
  const encoder = new TextEncoder();
  const text = values.join("");
  if (text === "") return null;
  let joined = encoder.encode(text);
  const isAscii = joined.byteLength === text.length;
  const encoded = isAscii ? null : values.map((value) => encoder.encode(value));
  const offsets = new Uint32Array(values.length + 1);
  for (let i = 0; i < values.length; i++)
    offsets[i + 1] = offsets[i]! + (encoded ? encoded[i]!.byteLength : values[i]!.length);
  if (encoded) {
    // encoded one by one: halves of a pair in two values must not join
    joined = new Uint8Array(offsets[values.length]!);
    for (const [i, bytes] of encoded.entries()) joined.set(bytes, offsets[i]!);
  }
  return {
    values: buffer.addPlain(joined),
    stringOffsets: buffer.addPlain(new Uint8Array(offsets.buffer)),
    stringOffsetType: "UINT32",
  };
}

/** One bit a row, the lowest first. */
function addBooleans(values: ArrayLike<number>, buffer: GlbBuffer): Record<string, unknown> {
  const bits = new Uint8Array(Math.ceil(values.length / 8));
  for (let row = 0; row < values.length; row++) if (values[row]) bits[row >> 3]! |= 1 << (row & 7);
  return { values: buffer.addPlain(bits) };
}

function addNumbers(column: PropertyColumn, buffer: GlbBuffer): Record<string, unknown> {
  const array = ARRAYS[column.type as keyof typeof ARRAYS].from(column.values as ArrayLike<number>);
  return { values: buffer.addPlain(new Uint8Array(array.buffer)) };
}

/** EXT_structural_metadata with one property table of `featureCount` rows; its values go into the buffer. */
export function createStructuralMetadata(content: TileContent, buffer: GlbBuffer): Record<string, unknown> {
  const properties: Record<string, unknown> = {};
  for (const column of content.columns) {
    if (column.values.length !== content.featureCount)
      throw new RangeError(
        `column ${column.id}: ${column.values.length} values, ${content.featureCount} features`,
      );
    const property =
      column.type === "STRING"
        ? addStrings(column.values as readonly string[], buffer)
        : column.type === "BOOLEAN"
          ? addBooleans(column.values as ArrayLike<number>, buffer)
          : addNumbers(column, buffer);
    if (property) properties[column.id] = property;
  }
  return {
    schema: createSchema(content.className, content.columns),
    propertyTables: [
      { name: content.className, class: content.className, count: content.featureCount, properties },
    ],
  };
}
