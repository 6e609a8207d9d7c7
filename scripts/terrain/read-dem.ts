import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { TwinError } from "../../src/base/errors.ts";
import type { TerrainProgress } from "../../workers/terrain/contract.ts";
import { type GeotiffRaster, openGeotiff, type RangeSource } from "../../workers/terrain/open-geotiff.ts";
import type { PyramidFile } from "./pyramid-file.ts";

/** @throws TwinError `file.not_found`, `geotiff.*`, `crs.unknown` */
export async function openDem(path: string, crs: string | null): Promise<GeotiffRaster> {
  const found = await stat(path).catch(() => null);
  if (!found)
    throw new TwinError("file.not_found", `There is no file ${path}. Check the path.`, { file: path });
  if (found.isDirectory())
    throw new TwinError("file.unreadable", `${path} cannot be read: it is a folder.`, { file: path });
  const raster = await openGeotiff(await rangesOfFile(path, found.size), basename(path), crs);
  if (!raster.isPicture) return raster;
  await raster.close();
  throw new TwinError(
    "terrain.is-picture",
    `${raster.name} is a picture with ${raster.bands} bands, not a height model: heights come as one band.`,
    { file: raster.name, bands: raster.bands },
  );
}

async function rangesOfFile(path: string, size: number): Promise<RangeSource> {
  const file = await open(path);
  return {
    size,
    async read(offset, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
      return bytes.buffer.slice(0, bytesRead);
    },
    close: () => file.close(),
  };
}

/** The water raster must lie on the height model cell by cell. @throws TwinError `terrain.mask-differs` */
export function assertSameFrame(mask: GeotiffRaster, dem: GeotiffRaster): void {
  const isSame =
    mask.frame.columns === dem.frame.columns &&
    mask.frame.rows === dem.frame.rows &&
    mask.frame.affine.every((value, k) => Math.abs(value - dem.frame.affine[k]!) < 1e-6);
  if (isSame) return;
  throw new TwinError(
    "terrain.mask-differs",
    `${mask.name} does not lie on ${dem.name} cell by cell: size, place and cell size must be the same.`,
    { file: mask.name, dem: dem.name },
  );
}

/** Rows of the raster into pyramid files: heights, and water where it can be told. Memory is one block of rows. */
export async function spillRaster(
  raster: GeotiffRaster,
  targets: readonly { readonly file: PyramidFile; readonly toCell: ((cell: number) => number) | null }[],
  onProgress?: (progress: TerrainProgress) => void,
): Promise<void> {
  const { columns, rows } = raster.frame;
  const line = new Float32Array(columns);
  for (let row = 0; row < rows; row += raster.blockRows) {
    const count = Math.min(raster.blockRows, rows - row);
    const cells = await raster.readRows(row, count);
    for (const { file, toCell } of targets)
      for (let r = 0; r < count; r++) {
        const found = cells.subarray(r * columns, (r + 1) * columns);
        if (toCell) for (let c = 0; c < columns; c++) line[c] = toCell(found[c]!);
        file.writer.add(toCell ? line : found);
      }
    onProgress?.({ phase: "read", done: row + count, total: rows });
  }
}
