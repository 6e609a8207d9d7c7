import type { GeotiffRaster, PictureRequest } from "../terrain/open-geotiff.ts";

/** Part of a raster, maybe shrunk: three channels for a picture, one for heights (NaN where there is none). */
export interface RasterPatch {
  readonly cells: Float32Array | Uint8Array;
  readonly channels: 1 | 3;
  /** The part, in cells of the raster. */
  readonly column: number;
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
  /** Cells kept of those. */
  readonly outColumns: number;
  readonly outRows: number;
  /** Kept cells to a cell of the raster. */
  readonly share: number;
}

type Part = Pick<PictureRequest, "column" | "row" | "columns" | "rows">;

/** Cells that are decoded at once while a whole raster is read. */
const CELLS_AT_ONCE = 4_000_000;

/** Reads a part, in bands of rows where it is large; `onRows` hears how many of its rows are done. */
export async function readPatch(
  raster: GeotiffRaster,
  part: Part,
  share: number,
  onRows: (rows: number) => void = () => {},
): Promise<RasterPatch> {
  const outColumns = Math.max(1, Math.round(part.columns * share));
  const outRows = Math.max(1, Math.round(part.rows * share));
  const channels = raster.isPicture ? 3 : 1;
  const length = outColumns * outRows * channels;
  const cells = raster.isPicture ? new Uint8Array(length) : new Float32Array(length);
  const bands = Math.max(1, Math.min(outRows, Math.ceil((part.columns * part.rows) / CELLS_AT_ONCE)));
  for (let band = 0; band < bands; band++) {
    const fromOut = Math.floor((band * outRows) / bands);
    const toOut = Math.floor(((band + 1) * outRows) / bands);
    if (toOut === fromOut) continue;
    const from = Math.floor((fromOut * part.rows) / outRows);
    const to = Math.max(from + 1, Math.floor((toOut * part.rows) / outRows));
    const request = {
      column: part.column,
      row: part.row + from,
      columns: part.columns,
      rows: to - from,
      outColumns,
      outRows: toOut - fromOut,
    };
    const found = raster.isPicture ? await raster.readPicture(request) : await raster.readValues(request);
    cells.set(found, fromOut * outColumns * channels);
    onRows(to);
  }
  return { cells, channels, ...part, outColumns, outRows, share };
}

/** Between the four kept cells around a cell of the raster; the edge goes on outside. NaN next to one that is missing. */
export function samplePatch(patch: RasterPatch, column: number, row: number, channel: number): number {
  const { cells, channels, outColumns, outRows } = patch;
  const x = ((column + 0.5 - patch.column) * outColumns) / patch.columns - 0.5;
  const y = ((row + 0.5 - patch.row) * outRows) / patch.rows - 0.5;
  const cx = Math.min(outColumns - 1, Math.max(0, x));
  const cy = Math.min(outRows - 1, Math.max(0, y));
  const [left, top] = [Math.floor(cx), Math.floor(cy)];
  const [right, bottom] = [Math.min(outColumns - 1, left + 1), Math.min(outRows - 1, top + 1)];
  const [fx, fy] = [cx - left, cy - top];
  const cell = (c: number, r: number) => cells[(r * outColumns + c) * channels + channel]!;
  const upper = fx === 0 ? cell(left, top) : cell(left, top) * (1 - fx) + cell(right, top) * fx;
  if (fy === 0) return upper;
  const lower = fx === 0 ? cell(left, bottom) : cell(left, bottom) * (1 - fx) + cell(right, bottom) * fx;
  return upper * (1 - fy) + lower * fy;
}
