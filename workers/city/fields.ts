import { BUILDING_USES, type BuildingUse } from "../../src/domain/city.ts";
import type { CityOptions } from "./contract.ts";
import type { RawValue } from "./raw-feature.ts";

/** What an attribute means to the app. */
export type FieldRole = "id" | "name" | "height" | "floors" | "use" | "year";

export const NO_USE = 255;

/** Field names that are understood unasked, best first; compared without case, spaces and `:_-`. */
const KNOWN_FIELDS: Readonly<Record<FieldRole, readonly string[]>> = {
  id: [
    "id",
    "gmlid",
    "featureid",
    "buildingid",
    "bldgid",
    "osmid",
    "uuid",
    "guid",
    "globalid",
    "编号",
    "建筑编号",
    "楼栋编号",
    "标识码",
    "bsm",
  ],
  name: ["name", "namezh", "名称", "建筑名称", "楼名", "mc", "title", "bldgname", "buildingname"],
  height: [
    "height",
    "measuredheight",
    "buildingheight",
    "bldgheight",
    "高度",
    "建筑高度",
    "楼高",
    "gd",
    "jzgd",
    "hgt",
    "heightm",
    "relh",
  ],
  floors: [
    "floors",
    "buildinglevels",
    "levels",
    "floor",
    "storeysaboveground",
    "storeys",
    "stories",
    "numfloors",
    "floorcount",
    "层数",
    "楼层",
    "楼层数",
    "地上层数",
    "建筑层数",
    "cs",
    "fcount",
  ],
  use: [
    "use",
    "usage",
    "buildinguse",
    "用途",
    "建筑用途",
    "使用性质",
    "yt",
    "function",
    "buildingtype",
    "type",
    "building",
    "class",
  ],
  year: [
    "year",
    "yearbuilt",
    "builtyear",
    "buildyear",
    "constructionyear",
    "yearofconstruction",
    "建成年份",
    "建造年代",
    "竣工年份",
    "年份",
    "startdate",
    "oorspronkelijkbouwjaar",
  ],
};

/** Chinese names of columns that the app shows under an English key. */
export const COLUMN_NAMES: ReadonlyMap<string, string> = new Map([
  ["地址", "address"],
  ["详细地址", "address"],
  ["结构", "structure"],
  ["结构类型", "structure"],
  ["行政区", "district"],
  ["区县", "district"],
]);

export function plainName(key: string): string {
  return key.toLowerCase().replace(/[\s:_-]/g, "");
}

/** The role of a field and its rank in it (0 is best, for a field that the user named), or null. */
export function roleOfField(key: string, options: CityOptions): { role: FieldRole; rank: number } | null {
  const named: readonly (readonly [FieldRole, string | undefined])[] = [
    ["id", options.idField],
    ["name", options.nameField],
    ["height", options.heightField],
    ["floors", options.floorsField],
  ];
  for (const [role, field] of named) if (field !== undefined && field === key) return { role, rank: 0 };
  const plain = plainName(key);
  for (const [role, names] of Object.entries(KNOWN_FIELDS) as [FieldRole, readonly string[]][]) {
    if (named.some(([other, field]) => other === role && field !== undefined)) continue;
    const rank = names.indexOf(plain);
    if (rank >= 0) return { role, rank: rank + 1 };
  }
  return null;
}

const FOOT = 0.3048;

/** Metres from `12`, `"12.5"`, `"12,5 m"`, `"40 ft"`; null when there is no number in it. */
export function readLength(value: RawValue): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string") return null;
  const found = /^\s*(-?\d+(?:[.,]\d+)?)\s*(ft|feet|'|′|m|米)?/i.exec(value);
  if (!found) return null;
  const number = Number(found[1]!.replace(",", "."));
  return /^(ft|feet|'|′)$/i.test(found[2] ?? "") ? number * FOOT : number;
}

/** Whole floors from `5`, `"5"`, `"5层"`, `"B1-5"`; null when there is none between 1 and 250. */
export function readFloors(value: RawValue): number | null {
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value : "";
  const numbers = [...text.matchAll(/(?<![Bb]-?)\d+(?:\.\d+)?/g)].map(([digits]) =>
    Math.round(Number(digits)),
  );
  const floors = Math.max(0, ...numbers);
  return floors >= 1 && floors <= 250 ? floors : null;
}

export function readYear(value: RawValue): number | null {
  const found = /(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)/.exec(String(value ?? ""));
  return found ? Number(found[1]) : null;
}

const USE_WORDS: Readonly<Record<BuildingUse, RegExp>> = {
  residential: /resid|apart|house|dwelling|hous|terrace|dormitor|住宅|居住|公寓|宿舍|民居|住房/,
  commercial: /commerc|retail|shop|mall|hotel|market|restaurant|商业|商场|商店|酒店|宾馆|零售|餐饮|商住/,
  office: /office|bank|business|写字|办公|商务/,
  industrial: /industr|factory|warehouse|manufact|hangar|storage|工业|厂|仓|物流/,
  education: /educat|school|universit|college|kindergarten|学校|教育|大学|中学|小学|幼儿/,
  medical: /hospital|clinic|medic|health|医/,
  public:
    /public|civic|government|museum|church|temple|stadium|theat|library|sport|religi|公共|文化|体育|行政|政府|博物|寺|教堂|展览/,
  transport: /transport|station|airport|terminal|parking|garage|train|交通|车站|机场|停车|车库/,
};

const uses = new Map<string, number>();

/** Code of BUILDING_USES, NO_USE when the word says nothing that is known. */
export function readUse(value: RawValue): number {
  if (typeof value !== "string" || value === "") return NO_USE;
  const known = uses.get(value);
  if (known !== undefined) return known;
  const text = value.toLowerCase();
  const exact = (BUILDING_USES as readonly string[]).indexOf(text);
  const code = exact >= 0 ? exact : BUILDING_USES.findIndex((use) => USE_WORDS[use].test(text));
  const use = code < 0 ? NO_USE : code;
  if (uses.size < 10_000) uses.set(value, use);
  return use;
}
