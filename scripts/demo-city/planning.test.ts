import { describe, expect, it } from "vitest";
import { signedArea } from "./polygon.ts";
import type { Raster } from "./raster-rings.ts";
import { dilated, ringsOfCells, withoutSpecks } from "./raster-rings.ts";

const raster = (columns: number, rows: number): Raster => ({ columns, rows, minX: 0, minY: 0, cell: 10 });
const cellsOf = (...picture: readonly string[]) =>
  Uint8Array.from([...picture].reverse().join(""), (sign) => (sign === "#" ? 1 : 0));

describe("rings of cells", () => {
  it("one ring for one piece, counter-clockwise, as large as its cells but for the cut corners", () => {
    const [area, ...rest] = ringsOfCells(raster(5, 5), cellsOf(".....", ".###.", ".###.", ".###.", "....."));
    expect(rest).toEqual([]);
    expect(area!.holes).toEqual([]);
    expect(signedArea(area!.outer)).toBeGreaterThan(750);
    expect(signedArea(area!.outer)).toBeLessThan(900);
  });

  it("a hole belongs to its ring, and pieces that touch at a corner stay apart or join without crossing", () => {
    const areas = ringsOfCells(raster(7, 5), cellsOf("#####..", "#...#..", "#.#.#..", "#...#..", "#####.."));
    expect(areas.map(({ holes }) => holes.length).sort()).toEqual([0, 1]);
    const diagonal = ringsOfCells(raster(2, 2), cellsOf("#.", ".#"));
    expect(diagonal.reduce((sum, { outer }) => sum + signedArea(outer), 0)).toBeGreaterThan(100);
  });

  it("grows and sweeps", () => {
    const grown = dilated(raster(3, 3), cellsOf("...", ".#.", "..."));
    expect(grown.reduce((sum, one) => sum + one, 0)).toBe(5);
    const swept = withoutSpecks(raster(4, 2), cellsOf("##.#", "##.."), 2);
    expect(swept.reduce((sum, one) => sum + one, 0)).toBe(4);
  });
});
