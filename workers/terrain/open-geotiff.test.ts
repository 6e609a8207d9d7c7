import { describe, expect, it } from "vitest";
import { type TiffRecipe, writeTiff } from "./geotiff.fixture.ts";
import { openGeotiff, rangesOfBlob } from "./open-geotiff.ts";

const COLUMNS = 45;
const ROWS = 33;
const PLACE = { epsg: 4550, origin: [535_000, 4_630_000], cell: [30, 25] } as const;

function recipe(change: Partial<TiffRecipe> = {}): TiffRecipe {
  const cells = Array.from(
    { length: COLUMNS * ROWS },
    (_, k) => Math.round(90 * Math.sin(k / 37) + k / 11) + 0,
  );
  return { columns: COLUMNS, rows: ROWS, cells, sample: "int16", ...PLACE, ...change };
}

function open(tiff: TiffRecipe, crs: string | null = null) {
  return openGeotiff(rangesOfBlob(new Blob([new Uint8Array(writeTiff(tiff))])), "dem.tif", crs);
}

describe("GeoTIFF", () => {
  const layouts: readonly [string, Partial<TiffRecipe>][] = [
    ["int16 strips", {}],
    ["int16 tiles, deflate, predictor", { tile: 16, compression: "deflate", predictor: 2 }],
    ["int16 strips, LZW, predictor", { compression: "lzw", predictor: 2 }],
    ["float32 strips, LZW", { sample: "float32", compression: "lzw" }],
    [
      "float32 tiles, deflate, float predictor",
      { sample: "float32", tile: 32, compression: "deflate", predictor: 3 },
    ],
  ];
  it.each(layouts)("gives the heights back: %s", async (_, change) => {
    const tiff = recipe(change);
    const raster = await open(tiff);
    const cells = await raster.readRows(0, ROWS);
    expect([...cells]).toEqual([...(tiff.cells as number[])]);
    expect([...(await raster.readRows(20, 5))]).toEqual([...cells.subarray(20 * COLUMNS, 25 * COLUMNS)]);
    expect(raster).toMatchObject({ bands: 1, isPicture: false, nodata: null });
  });

  it("puts a post in the middle of its cell, or on the corner where the file says point", async () => {
    const area = await open(recipe());
    expect(area.frame).toMatchObject({ crs: "EPSG:4550", affine: [535_015, 4_629_987.5, 30, 0, 0, -25] });
    const point = await open(recipe({ isPoint: true }));
    expect(point.frame.affine).toEqual([535_000, 4_630_000, 30, 0, 0, -25]);
    const { origin: _origin, cell: _cell, ...bare } = recipe();
    const turned = await open({ ...bare, matrix: [20, 10, 535_000, 10, -20, 4_630_000] });
    expect(turned.frame.affine).toEqual([535_015, 4_629_995, 20, 10, 10, -20]);
  });

  it("tells heights that are missing", async () => {
    const cells = [...(recipe().cells as number[])];
    cells[7] = -9999;
    const values = await (await open(recipe({ cells, nodata: -9999 }))).readRows(0, 1);
    expect(values[7]).toBeNaN();
    expect(values[6]).toBe(cells[6]);
    const huge = cells.map((cell, k) => (k === 7 ? 3.4e38 : cell));
    expect((await (await open(recipe({ cells: huge, sample: "float32" }))).readRows(0, 1))[7]).toBeNaN();
  });

  it("tells a picture from heights, and shrinks it", async () => {
    const cells = Array.from({ length: COLUMNS * ROWS * 3 }, (_, k) => (k % 3 === 0 ? 200 : 40));
    const raster = await open(recipe({ sample: "uint8", bands: 3, cells }));
    expect(raster.isPicture).toBe(true);
    const whole = { column: 0, row: 0, columns: COLUMNS, rows: ROWS, outColumns: 5, outRows: 4 };
    const picture = await raster.readPicture(whole);
    expect(picture).toHaveLength(60);
    expect([...picture.subarray(0, 3)]).toEqual([200, 40, 40]);
  });

  it("refuses what it cannot place or read in one sentence", async () => {
    const { origin: _origin, ...lost } = recipe();
    await expect(open(lost)).rejects.toMatchObject({ code: "geotiff.no-place" });
    const { epsg: _epsg, ...nameless } = recipe();
    await expect(open(nameless)).rejects.toMatchObject({ code: "geotiff.no-crs" });
    expect((await open(nameless, "EPSG:4549")).frame.crs).toBe("EPSG:4549");
    await expect(open(recipe({ epsg: 1234 }))).rejects.toMatchObject({ code: "crs.unknown" });
    const bytes = writeTiff(recipe());
    for (const length of [0, 60, bytes.length - 300, bytes.length - 5])
      await expect(
        openGeotiff(rangesOfBlob(new Blob([bytes.slice(0, length)])), "cut.tif", null),
      ).rejects.toMatchObject({ code: "geotiff.unreadable" });
  });
});
