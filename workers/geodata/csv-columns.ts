import { plainName } from "../city/fields.ts";
import { splitCells } from "./csv-rows.ts";

/** Which columns hold the place. */
export interface CsvColumns {
  readonly delimiter: string;
  readonly names: readonly string[];
  /** The first row is data, not names. */
  readonly isHeadless: boolean;
  readonly x: number;
  readonly y: number;
  /** The columns are named as degrees. */
  readonly isDegrees: boolean;
}

const DELIMITERS = [",", "\t", ";", "|"];
const LONGITUDES = [
  "longitude",
  "lon",
  "lng",
  "long",
  "经度",
  "jd",
  "东经",
  "longitudedeg",
  "londeg",
  "wgs84lon",
  "gcjlon",
];
const LATITUDES = ["latitude", "lat", "纬度", "wd", "北纬", "latitudedeg", "latdeg", "wgs84lat", "gcjlat"];
const EASTINGS = [
  "easting",
  "eastings",
  "east",
  "x",
  "xcoord",
  "coordx",
  "pointx",
  "横坐标",
  "东坐标",
  "x坐标",
  "e",
];
const NORTHINGS = [
  "northing",
  "northings",
  "north",
  "y",
  "ycoord",
  "coordy",
  "pointy",
  "纵坐标",
  "北坐标",
  "y坐标",
  "n",
];

/** The character that parts the first row into the most cells, two at least; null when none does. */
function findDelimiter(firstRow: string): string | null {
  const counts = DELIMITERS.map((delimiter) => splitCells(firstRow, delimiter).length);
  const most = Math.max(...counts);
  return most > 1 ? DELIMITERS[counts.indexOf(most)]! : null;
}

/** Finds the columns of the place by name, or by value where there are no names; null when there are none. */
export function findColumns(firstRow: string): CsvColumns | null {
  const delimiter = findDelimiter(firstRow);
  if (delimiter === null) return null;
  const head = splitCells(firstRow, delimiter);
  const plain = head.map(plainName);
  const find = (names: readonly string[]) => {
    for (const name of names) if (plain.includes(name)) return plain.indexOf(name);
    return -1;
  };
  const [longitude, latitude] = [find(LONGITUDES), find(LATITUDES)];
  const base = { delimiter, names: head, isHeadless: false };
  if (longitude >= 0 && latitude >= 0) return { ...base, x: longitude, y: latitude, isDegrees: true };
  const [easting, northing] = [find(EASTINGS), find(NORTHINGS)];
  if (easting >= 0 && northing >= 0) return { ...base, x: easting, y: northing, isDegrees: false };
  if (!head.some((cell) => isCoordinate(cell))) return null;
  const numeric = head.flatMap((cell, k) => (isCoordinate(cell) ? [k] : []));
  const [x, y] = numeric;
  if (x === undefined || y === undefined) return null;
  const names = head.map((_, k) => `column ${k + 1}`);
  return { delimiter, names, isHeadless: true, x, y, isDegrees: false };
}

/** A number with a fraction: counts and codes are no coordinates. */
function isCoordinate(cell: string): boolean {
  return /^-?\d+\.\d{2,}$/.test(cell);
}
