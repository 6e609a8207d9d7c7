/** A raster and its halved copies, read by window; cells without a value are NaN. */
export interface HeightPyramid {
  readonly levels: readonly { readonly columns: number; readonly rows: number }[];
  /** Copies a window that lies inside the level into `out`, row by row from the north. */
  read(level: number, column: number, row: number, columns: number, rows: number, out: Float32Array): void;
}

/** Sizes from the raster itself down to one cell. */
export function pyramidLevels(columns: number, rows: number): { columns: number; rows: number }[] {
  const levels = [{ columns, rows }];
  while (columns > 1 || rows > 1) {
    columns = Math.ceil(columns / 2);
    rows = Math.ceil(rows / 2);
    levels.push({ columns, rows });
  }
  return levels;
}

/**
 * Halves a raster as its rows come: every cell of a copy is the mean of the valid ones among its four. Holds two rows a
 * level, whatever the raster's size.
 */
export class PyramidWriter {
  readonly levels: readonly { readonly columns: number; readonly rows: number }[];
  readonly #put: (level: number, row: number, cells: Float32Array) => void;
  readonly #waiting: (Float32Array | null)[];
  readonly #next: number[];
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  voids = 0;

  constructor(columns: number, rows: number, put: (level: number, row: number, cells: Float32Array) => void) {
    this.levels = pyramidLevels(columns, rows);
    this.#put = put;
    this.#waiting = this.levels.map(() => null);
    this.#next = this.levels.map(() => 0);
  }

  /** The next row from the north; the array is the caller's again afterwards. */
  add(cells: Float32Array): void {
    for (const cell of cells) {
      if (Number.isNaN(cell)) this.voids++;
      else {
        if (cell < this.min) this.min = cell;
        if (cell > this.max) this.max = cell;
      }
    }
    this.#take(0, cells);
  }

  #take(level: number, cells: Float32Array): void {
    const row = this.#next[level]!++;
    this.#put(level, row, cells);
    if (level + 1 === this.levels.length) return;
    const upper = this.#waiting[level];
    if (!upper && row + 1 < this.levels[level]!.rows) {
      this.#waiting[level] = cells.slice();
      return;
    }
    this.#waiting[level] = null;
    this.#take(level + 1, halve(upper ?? cells, cells, this.levels[level + 1]!.columns));
  }
}

function halve(upper: Float32Array, lower: Float32Array, columns: number): Float32Array {
  const out = new Float32Array(columns);
  for (let column = 0; column < columns; column++) {
    const left = column * 2;
    const right = Math.min(left + 1, upper.length - 1);
    let sum = 0;
    let count = 0;
    for (const cell of [upper[left]!, upper[right]!, lower[left]!, lower[right]!])
      if (!Number.isNaN(cell)) {
        sum += cell;
        count++;
      }
    out[column] = count > 0 ? sum / count : Number.NaN;
  }
  return out;
}

/** A pyramid in memory, with its extremes. `cells` is row-major from the north. */
export function createMemoryPyramid(columns: number, rows: number, cells: Float32Array) {
  const levels = pyramidLevels(columns, rows);
  const stores = levels.map((level) => new Float32Array(level.columns * level.rows));
  const writer = new PyramidWriter(columns, rows, (level, row, line) =>
    stores[level]!.set(line, row * levels[level]!.columns),
  );
  for (let row = 0; row < rows; row++) writer.add(cells.subarray(row * columns, (row + 1) * columns));
  const pyramid: HeightPyramid = {
    levels,
    read(level, column, row, width, height, out) {
      const store = stores[level]!;
      const stride = levels[level]!.columns;
      for (let r = 0; r < height; r++) {
        const at = (row + r) * stride + column;
        out.set(store.subarray(at, at + width), r * width);
      }
    },
  };
  return { pyramid, min: writer.min, max: writer.max, voids: writer.voids };
}
