import { describe, expect, it } from "vitest";
import { createProjection } from "../../src/geo/projection.ts";
import { type TiffRecipe, writeTiff } from "../terrain/geotiff.fixture.ts";
import { GeodataSession } from "./geodata-session.ts";

const COLUMNS = 160;
const ROWS = 120;
const PIXELS = 64;
const PLACE = { epsg: 4550, origin: [535_000, 4_632_000], cell: [30, 30] } as const;

async function open(recipe: Partial<TiffRecipe> & Pick<TiffRecipe, "cells" | "sample">) {
  const session = new GeodataSession();
  const bytes = new Uint8Array(writeTiff({ columns: COLUMNS, rows: ROWS, ...PLACE, ...recipe }));
  const stages: number[] = [];
  const opened = await session.open([new File([bytes], "ground.tif")], { near: [123, 41] }, ({ done }) =>
    stages.push(done),
  );
  return { session, opened, stages };
}

/** A map tile round a cell, so small that the cell fills its middle. */
function windowOver(column: number, row: number, metres = 60) {
  const { longitudeDeg, latitudeDeg } = createProjection("EPSG:4550").toGeodetic(
    535_000 + 30 * (column + 0.5),
    4_632_000 - 30 * (row + 0.5),
  );
  const [dx, dy] = [metres / 2 / 83_000, metres / 2 / 111_000];
  return {
    west: longitudeDeg - dx,
    south: latitudeDeg - dy,
    east: longitudeDeg + dx,
    north: latitudeDeg + dy,
    pixels: PIXELS,
  };
}

function middleOf(picture: Uint8ClampedArray | null): number[] {
  const at = ((PIXELS / 2) * PIXELS + PIXELS / 2) * 4;
  return [...picture!.subarray(at, at + 4)];
}

describe("a dropped GeoTIFF", () => {
  it("shows a picture where it lies, cell by cell", async () => {
    const isMarked = (c: number, r: number) => Math.abs(c - 40) < 3 && Math.abs(r - 90) < 3;
    const cells = Array.from({ length: COLUMNS * ROWS * 3 }, (_, k) => {
      const [c, r] = [Math.floor(k / 3) % COLUMNS, Math.floor(k / 3 / COLUMNS)];
      return isMarked(c, r) ? [250, 20, 30][k % 3]! : [10, 120, 60][k % 3]!;
    });
    const { session, opened, stages } = await open({ sample: "uint8", bands: 3, cells, tile: 32 });
    expect(opened).toMatchObject({
      kind: "raster",
      format: "GeoTIFF",
      crs: "EPSG:4550",
      size: [160, 120],
      range: null,
    });
    expect(stages.at(-1)).toBe(ROWS);
    expect(middleOf(await session.drawRaster(windowOver(40, 90)))).toEqual([250, 20, 30, 255]);
    expect(middleOf(await session.drawRaster(windowOver(46, 90)))).toEqual([10, 120, 60, 255]);
    expect(middleOf(await session.drawRaster(windowOver(40, 84)))).toEqual([10, 120, 60, 255]);
    expect(await session.drawRaster(windowOver(900, 84))).toBeNull();
    const edge = await session.drawRaster(windowOver(-2, 60, 400));
    expect(edge?.some((_, k) => k % 4 === 3 && edge[k] === 0)).toBe(true);
  });

  it("colours heights, shades slopes, and leaves voids open", async () => {
    const cells = Array.from({ length: COLUMNS * ROWS }, (_, k) => {
      const column = k % COLUMNS;
      if (column > 140) return -9999;
      return column < 50 ? 100 : column > 100 ? 300 : 100 + (column - 50) * 4;
    });
    const { session, opened } = await open({ sample: "float32", cells, nodata: -9999, compression: "lzw" });
    expect(opened).toMatchObject({ kind: "raster", range: [100, 300] });
    const low = middleOf(await session.drawRaster(windowOver(20, 60)));
    const high = middleOf(await session.drawRaster(windowOver(120, 60)));
    expect(low).toEqual([0x4f, 0x8a, 0x67, 255]);
    expect(high[0]).toBeGreaterThan(220);
    expect(middleOf(await session.drawRaster(windowOver(150, 60)))[3]).toBe(0);
  });

  it("that is no raster of the map is refused", async () => {
    const session = new GeodataSession();
    const { epsg: _epsg, ...nameless } = PLACE;
    const bytes = writeTiff({
      columns: 4,
      rows: 4,
      cells: new Float32Array(16),
      sample: "float32",
      ...nameless,
    });
    const file = new File([new Uint8Array(bytes)], "x.tif");
    await expect(session.open([file], { near: [0, 0] }, () => {})).rejects.toMatchObject({
      code: "geotiff.no-crs",
    });
    const opened = await session.open([file], { near: [0, 0], crs: "EPSG:4549" }, () => {});
    expect(opened).toMatchObject({ crs: "EPSG:4549" });
  });
});
