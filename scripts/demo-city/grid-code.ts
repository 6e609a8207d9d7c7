import type { Point } from "./plane.ts";

/** GB/T 2260 codes of the districts and counties of both cities. */
export const DISTRICT_CODES: Readonly<Record<string, string>> = {
  和平区: "210102",
  沈河区: "210103",
  大东区: "210104",
  皇姑区: "210105",
  铁西区: "210106",
  苏家屯区: "210111",
  浑南区: "210112",
  沈北新区: "210113",
  于洪区: "210114",
  辽中区: "210115",
  康平县: "210123",
  法库县: "210124",
  新民市: "210181",
  中山区: "210202",
  西岗区: "210203",
  沙河口区: "210204",
  甘井子区: "210211",
  旅顺口区: "210212",
  金州区: "210213",
  普兰店区: "210214",
  长海县: "210224",
  瓦房店市: "210281",
  庄河市: "210283",
};

/** Side of a management cell, metres of the plane. */
export const GRID_CELL = 500;
/** Cells west and south of the origin that still have three digits. */
const ORIGIN_CELL = 500;

/**
 * Code of the 单元网格 around a point: the district's six digits, then column and row of the cell, three digits each. In the
 * manner of GB/T 30428.1 (district first, cells never cross a district's border); the cells themselves are SAMPLE.
 */
export function gridCodeOf(district: string, [x, y]: Point): string {
  const digits = (value: number): string =>
    String(Math.floor(value / GRID_CELL) + ORIGIN_CELL).padStart(3, "0");
  return `${DISTRICT_CODES[district] ?? "210000"}${digits(x)}${digits(y)}`;
}
