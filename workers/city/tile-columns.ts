import { BUILDING_USES } from "../../src/domain/city.ts";
import type { ColumnType, PropertyColumn } from "../tiles/contract.ts";
import type { CityColumn, StandardColumns } from "./contract.ts";
import { NO_USE } from "./fields.ts";
import type { RawValue } from "./raw-feature.ts";
import { type CityRecord, HEIGHT_SOURCES } from "./records.ts";

/** The table of one tile: the columns that the app knows, then everything else the inputs say of these features. */
export function tileColumns(
  records: readonly CityRecord[],
  columns: readonly CityColumn[],
  present: StandardColumns,
): PropertyColumn[] {
  const heads = records.map(({ head }) => head);
  const standard: (PropertyColumn | false)[] = [
    { id: "id", name: "编号", type: "STRING", semantic: "ID", values: heads.map(({ id }) => id) },
    present.name && {
      id: "name",
      name: "名称",
      type: "STRING",
      semantic: "NAME",
      values: heads.map(({ name }) => name),
    },
    present.use && {
      id: "use",
      name: "用途",
      type: "UINT8",
      enumNames: [...BUILDING_USES, "unknown"],
      noData: "unknown",
      values: heads.map(({ use }) => (use === NO_USE ? BUILDING_USES.length : use)),
    },
    present.floors && {
      id: "floors",
      name: "层数",
      type: "UINT16",
      noData: 0,
      values: heads.map(({ floors }) => floors),
    },
    {
      id: "height",
      name: "高度",
      description: "metres above ground",
      type: "FLOAT32",
      unit: "m",
      values: heads.map(({ height }) => height),
    },
    present.heightSource && {
      id: "heightSource",
      name: "高度来源",
      description: "where the height comes from",
      type: "UINT8",
      enumNames: HEIGHT_SOURCES,
      values: heads.map(({ heightSource }) => heightSource),
    },
    present.year && {
      id: "year",
      name: "建成年份",
      type: "UINT16",
      noData: 0,
      values: heads.map(({ year }) => year),
    },
  ];
  return [...standard.filter((column) => column !== false), ...sourceColumns(records, columns)];
}

/** Columns in which no feature of the tile has a value are left out. */
function sourceColumns(records: readonly CityRecord[], columns: readonly CityColumn[]): PropertyColumn[] {
  const ofSource = new Map(columns.map((column) => [column.source, column]));
  const filled = new Map<CityColumn, (string | number)[]>();
  records.forEach(({ attributes }, row) => {
    for (const { source, value, code } of attributes) {
      const column = ofSource.get(source);
      if (!column) continue;
      let values = filled.get(column);
      if (!values) {
        values = new Array<string | number>(records.length).fill(emptyOf(column));
        filled.set(column, values);
      }
      values[row] = valueFor(column, value, code);
    }
  });
  return columns.flatMap((column) => {
    const values = filled.get(column);
    return values ? [propertyColumn(column, values)] : [];
  });
}

function emptyOf(column: CityColumn): string | number {
  if (column.type === "STRING") return "";
  if (column.type === "ENUM") return column.enumNames!.length - 1;
  return typeof column.noData === "number" ? column.noData : 0;
}

function valueFor(column: CityColumn, value: RawValue, code: number): string | number {
  if (column.type === "ENUM") return code;
  if (column.type === "STRING") return code >= 0 ? column.dictionary[code]! : String(value);
  return typeof value === "boolean" ? Number(value) : (value as number);
}

function propertyColumn(column: CityColumn, values: readonly (string | number)[]): PropertyColumn {
  const { id, name, unit, noData, enumNames } = column;
  const type: ColumnType = column.type === "ENUM" ? "UINT8" : column.type;
  return {
    id,
    name,
    type,
    values: values as readonly string[] | readonly number[],
    ...(unit ? { unit } : {}),
    ...(noData === undefined ? {} : { noData }),
    ...(enumNames ? { enumNames } : {}),
  };
}
