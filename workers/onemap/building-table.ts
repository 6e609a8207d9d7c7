import type { BuildingIndex } from "../../src/domain/building-index.ts";
import { buildingIdOfRow } from "../../src/domain/building-index-codec.ts";
import { BUILDING_USES } from "../../src/domain/city.ts";
import { buildingUseName } from "../../src/domain/city-theme.ts";
import type { LocalText } from "../../src/domain/provenance.ts";
import type { ColumnValue } from "../../src/domain/reading/query.ts";
import type { TableColumn } from "../../src/domain/table.ts";
import type { TableSource } from "../table/table-source.ts";

const USE_WORDS: Readonly<Record<string, LocalText>> = Object.fromEntries(
  BUILDING_USES.map((use, code) => [use, buildingUseName(code)]),
);

interface Column extends TableColumn {
  readonly of: (index: BuildingIndex, row: number) => ColumnValue;
  readonly numbers?: (index: BuildingIndex) => ArrayLike<number>;
}

const COLUMNS: readonly Column[] = [
  {
    name: "id",
    kind: "text",
    title: { zh: "编号", en: "Id" },
    of: buildingIdOfRow,
    // ids ascend with rows
    numbers: ({ count }) => Float64Array.from({ length: count }, (_, row) => row),
  },
  {
    name: "name",
    kind: "text",
    title: { zh: "名称", en: "Name" },
    of: ({ names }, row) => names[row] ?? null,
  },
  {
    name: "use",
    kind: "text",
    title: { zh: "用途", en: "Use" },
    words: USE_WORDS,
    of: ({ use }, row) => BUILDING_USES[use[row]!] ?? null,
  },
  {
    name: "height",
    kind: "number",
    title: { zh: "高度", en: "Height" },
    unit: "m",
    of: ({ height }, row) => tenth(height[row]!),
    numbers: ({ height }) => height,
  },
  {
    name: "floors",
    kind: "number",
    title: { zh: "层数", en: "Floors" },
    of: ({ floors }, row) => floors[row]!,
    numbers: ({ floors }) => floors,
  },
  {
    name: "year",
    kind: "number",
    title: { zh: "建成年份", en: "Year" },
    of: ({ year }, row) => year[row]!,
    numbers: ({ year }) => year,
  },
  {
    name: "district",
    kind: "text",
    title: { zh: "行政区", en: "District" },
    of: ({ district, districts }, row) => districts[district[row]!] ?? null,
  },
  {
    name: "footprint",
    kind: "number",
    title: { zh: "基底面积", en: "Footprint" },
    unit: "m²",
    of: ({ footprintArea }, row) => tenth(footprintArea[row]!),
    numbers: ({ footprintArea }) => footprintArea,
  },
  {
    name: "residentsDay",
    kind: "number",
    title: { zh: "日间人口", en: "People by day" },
    of: ({ residentsDay }, row) => residentsDay[row]!,
    numbers: ({ residentsDay }) => residentsDay,
  },
  {
    name: "residentsNight",
    kind: "number",
    title: { zh: "夜间人口", en: "People by night" },
    of: ({ residentsNight }, row) => residentsNight[row]!,
    numbers: ({ residentsNight }) => residentsNight,
  },
];

/** All buildings of a city, straight from the columns of its index. */
export class BuildingTable implements TableSource {
  readonly count: number;
  readonly columns: readonly TableColumn[];
  readonly #index: BuildingIndex;

  constructor(index: BuildingIndex) {
    this.#index = index;
    this.count = index.count;
    this.columns = COLUMNS.map(({ of: _of, numbers: _numbers, ...column }) => column);
  }

  value(row: number, column: number): ColumnValue {
    return COLUMNS[column]?.of(this.#index, row) ?? null;
  }

  numbers(column: number): ArrayLike<number> | null {
    return COLUMNS[column]?.numbers?.(this.#index) ?? null;
  }

  idOf(row: number): string {
    return buildingIdOfRow(this.#index, row);
  }

  /** The middle of the footprint: the index holds no outlines. */
  geometryOf(row: number) {
    const { longitudeDeg, latitudeDeg } = this.#index;
    return { type: "Point", coordinates: [seven(longitudeDeg[row]!), seven(latitudeDeg[row]!)] };
  }
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
const seven = (deg: number): number => Math.round(deg * 1e7) / 1e7;
