import type { Progress } from "../../src/domain/job.ts";
import { ELEVATION_RAMP } from "../../src/domain/terrain.ts";
import { gcj02FromWgs84 } from "../../src/geo/gcj02.ts";
import { createDemPlace, type DemPlace } from "../terrain/dem-place.ts";
import type { GeotiffRaster } from "../terrain/open-geotiff.ts";
import type { DataWindow } from "./contract.ts";
import { type RasterPatch, readPatch, samplePatch } from "./raster-patch.ts";

/** Cells of the overview's longer side: what all but the closest map tiles are drawn from. */
const OVERVIEW_CELLS = 2048;
/** A map tile's pixels between two places that are projected; between them cells are interpolated. */
const EVERY = 16;
/** Cells of a close look's longer side, at most: two for a pixel. */
const MOST_CLOSE_CELLS = 600;

const RAMP = ELEVATION_RAMP.map((hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)));
/** Light from the north-west, 45 degrees up, as relief maps have it. */
const SUN = [-0.5, 0.5, Math.SQRT1_2] as const;
/** Metres in a degree of latitude, near enough for shade. */
const METRES_PER_DEG = 111_320;

/** A GeoTIFF on the map: a picture as it is, heights coloured and shaded. */
export class RasterLayer {
  readonly range: readonly [number, number] | null;
  readonly #raster: GeotiffRaster;
  readonly #place: DemPlace;
  readonly #overview: RasterPatch;
  readonly #isGcj02: boolean;

  private constructor(raster: GeotiffRaster, overview: RasterPatch, isGcj02: boolean) {
    this.#raster = raster;
    this.#overview = overview;
    this.#isGcj02 = isGcj02;
    this.#place = createDemPlace(raster.frame);
    this.range = raster.isPicture ? null : rangeOf(overview.cells);
  }

  /** Reads the overview, in bands of rows, so that there is progress to tell. @throws TwinError `geotiff.unreadable` */
  static async open(
    raster: GeotiffRaster,
    isGcj02: boolean,
    report: (progress: Progress) => void,
  ): Promise<RasterLayer> {
    const { columns, rows } = raster.frame;
    const share = Math.min(1, OVERVIEW_CELLS / Math.max(columns, rows));
    const whole = { column: 0, row: 0, columns, rows };
    const overview = await readPatch(raster, whole, share, (done) =>
      report({ stage: "read", done, total: rows }),
    );
    return new RasterLayer(raster, overview, isGcj02);
  }

  /** Red, green, blue, alpha of a map tile, first row in the north; null where the raster does not lie. */
  async draw(window: DataWindow): Promise<Uint8ClampedArray<ArrayBuffer> | null> {
    const { pixels } = window;
    const { frame } = this.#raster;
    const grid = this.#project(window);
    const box = boxOf(grid, frame.columns, frame.rows);
    if (!box) return null;
    const cells = Math.max(box.columns, box.rows);
    const patch =
      cells / pixels >= 1 / this.#overview.share || this.#overview.share === 1
        ? this.#overview
        : await readPatch(this.#raster, box, Math.min(1, MOST_CLOSE_CELLS / cells));
    const out = new Uint8ClampedArray(pixels * pixels * 4);
    const metres = ((window.north - window.south) / pixels) * METRES_PER_DEG;
    for (let y = 0; y < pixels; y++)
      for (let x = 0; x < pixels; x++) {
        const [column, row] = cellAt(grid, x + 0.5, y + 0.5);
        if (!(column >= -0.5 && row >= -0.5 && column <= frame.columns - 0.5 && row <= frame.rows - 0.5))
          continue;
        const at = (y * pixels + x) * 4;
        if (patch.channels === 3) paintPicture(out, at, patch, column, row);
        else {
          const [eastColumn, eastRow] = cellAt(grid, x + 1.5, y + 0.5);
          const [southColumn, southRow] = cellAt(grid, x + 0.5, y + 1.5);
          this.#paintHeight(out, at, [
            samplePatch(patch, column, row, 0),
            samplePatch(patch, eastColumn, eastRow, 0),
            samplePatch(patch, southColumn, southRow, 0),
            metres,
          ]);
        }
      }
    return out;
  }

  close(): Promise<void> {
    return this.#raster.close();
  }

  #paintHeight(
    out: Uint8ClampedArray,
    at: number,
    [height, east, south, metres]: readonly [number, number, number, number],
  ): void {
    if (Number.isNaN(height)) return;
    const [low, high] = this.range!;
    const place =
      Math.min(0.9999, Math.max(0, (height - low) / Math.max(1e-6, high - low))) * (RAMP.length - 1);
    const [a, b] = [RAMP[Math.floor(place)]!, RAMP[Math.floor(place) + 1]!];
    const dx = Number.isNaN(east) ? 0 : (east - height) / metres;
    const dy = Number.isNaN(south) ? 0 : (height - south) / metres;
    const light = (SUN[2] - SUN[0] * dx - SUN[1] * dy) / Math.hypot(dx, dy, 1) / SUN[2];
    const shade = Math.min(1.25, 0.35 + 0.65 * Math.max(0, light));
    for (let k = 0; k < 3; k++) out[at + k] = (a[k]! + (b[k]! - a[k]!) * (place % 1)) * shade;
    out[at + 3] = 255;
  }

  /** Cells at a coarse raster of the tile's pixels. */
  #project({ west, south, east, north, pixels }: DataWindow): CellGrid {
    const nodes = Math.ceil(pixels / EVERY) + 2;
    const columns = new Float64Array(nodes * nodes);
    const rows = new Float64Array(nodes * nodes);
    for (let j = 0; j < nodes; j++)
      for (let k = 0; k < nodes; k++) {
        let longitudeDeg = west + ((east - west) * k * EVERY) / pixels;
        let latitudeDeg = north - ((north - south) * j * EVERY) / pixels;
        if (this.#isGcj02) ({ longitudeDeg, latitudeDeg } = gcj02FromWgs84(longitudeDeg, latitudeDeg));
        const [column, row] = this.#place.toPost(longitudeDeg, latitudeDeg);
        columns[j * nodes + k] = column;
        rows[j * nodes + k] = row;
      }
    return { nodes, columns, rows };
  }
}

interface CellGrid {
  readonly nodes: number;
  readonly columns: Float64Array;
  readonly rows: Float64Array;
}

function cellAt({ nodes, columns, rows }: CellGrid, x: number, y: number): [number, number] {
  const [fx, fy] = [x / EVERY, y / EVERY];
  const [left, top] = [Math.floor(fx), Math.floor(fy)];
  const [sx, sy] = [fx - left, fy - top];
  const at = top * nodes + left;
  const between = (values: Float64Array) =>
    (values[at]! * (1 - sx) + values[at + 1]! * sx) * (1 - sy) +
    (values[at + nodes]! * (1 - sx) + values[at + nodes + 1]! * sx) * sy;
  return [between(columns), between(rows)];
}

/** The cells that a tile may touch, one more on every side; null when none. */
function boxOf({ columns, rows }: CellGrid, width: number, height: number) {
  const span = (values: Float64Array, count: number): [number, number] => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return [Math.max(0, Math.floor(low) - 1), Math.min(count, Math.ceil(high) + 2)];
  };
  const [west, east] = span(columns, width);
  const [north, south] = span(rows, height);
  if (!(east > west && south > north)) return null;
  return { column: west, row: north, columns: east - west, rows: south - north };
}

function paintPicture(
  out: Uint8ClampedArray,
  at: number,
  patch: RasterPatch,
  column: number,
  row: number,
): void {
  let sum = 0;
  for (let k = 0; k < 3; k++) {
    out[at + k] = samplePatch(patch, column, row, k);
    sum += out[at + k]!;
  }
  // Pictures that were turned into another grid have black corners: nothing is there.
  out[at + 3] = sum === 0 ? 0 : 255;
}

/** Between the second and the last but one of a hundred parts: single wild cells do not spoil the colours. */
function rangeOf(cells: ArrayLike<number>): [number, number] {
  const valid = Float32Array.from(cells)
    .filter((cell) => !Number.isNaN(cell))
    .sort();
  if (valid.length === 0) return [0, 1];
  const part = (share: number) => valid[Math.min(valid.length - 1, Math.floor(share * valid.length))]!;
  return [part(0.02), part(0.98)];
}
