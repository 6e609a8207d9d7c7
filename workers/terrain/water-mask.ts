import type { TileAddress } from "./contract.ts";
import type { DemPlace } from "./dem-place.ts";
import type { HeightPyramid } from "./height-pyramid.ts";
import { latitudeAt, longitudeAt, QUANTA } from "./tile-grid.ts";

/** Cells along a side of a tile's water mask; the format fixes it. */
export const WATER_SIDE = 256;
/** Cells between two places that are looked up; between them columns and rows are interpolated. */
const LOOK_EVERY = 16;

const LAND = 0;
const WATER = 255;

/**
 * The tile's water mask from north-west: 255 where most of a cell is water; one byte when all is alike.
 * @param water the share of water of every cell of the model, halved like the heights; null where there is none
 */
export function waterMask(
  tile: TileAddress,
  water: HeightPyramid | null,
  place: DemPlace,
  halving: number,
): Uint8Array {
  if (!water) return Uint8Array.of(LAND);
  const level = water.levels[halving]!;
  const size = 2 ** halving;
  const [columns, rows] = postsOf(tile, place, size);
  const out = new Uint8Array(WATER_SIDE * WATER_SIDE);
  const line = new LineReader(water, halving, level.columns, level.rows);
  line.open(columns, rows);
  for (let row = 0; row < WATER_SIDE; row++)
    for (let column = 0; column < WATER_SIDE; column++) {
      const share = line.at(at(columns, column, row), at(rows, column, row));
      out[row * WATER_SIDE + column] = share >= 0.5 ? WATER : LAND;
    }
  return out.every((cell) => cell === out[0]) ? Uint8Array.of(out[0]!) : out;
}

const NODES = WATER_SIDE / LOOK_EVERY + 1;

/** Columns and rows of the halved model at a coarse raster of the tile's cells, from north-west. */
function postsOf(tile: TileAddress, place: DemPlace, size: number): [Float64Array, Float64Array] {
  const columns = new Float64Array(NODES * NODES);
  const rows = new Float64Array(NODES * NODES);
  for (let j = 0; j < NODES; j++)
    for (let k = 0; k < NODES; k++) {
      const u = (k / (NODES - 1)) * QUANTA;
      const v = (1 - j / (NODES - 1)) * QUANTA;
      const [column, row] = place.toPost(longitudeAt(tile, u), latitudeAt(tile, v));
      columns[j * NODES + k] = (column + 0.5) / size - 0.5;
      rows[j * NODES + k] = (row + 0.5) / size - 0.5;
    }
  return [columns, rows];
}

/** Value at a cell's centre between the nodes around it. */
function at(nodes: Float64Array, column: number, row: number): number {
  const x = (column + 0.5) / LOOK_EVERY;
  const y = (row + 0.5) / LOOK_EVERY;
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - left, y - top];
  const node = top * NODES + left;
  return (
    (nodes[node]! * (1 - fx) + nodes[node + 1]! * fx) * (1 - fy) +
    (nodes[node + NODES]! * (1 - fx) + nodes[node + NODES + 1]! * fx) * fy
  );
}

/** The part of the water raster under a tile; beyond the model's edge the edge goes on. */
class LineReader {
  #column = 0;
  #row = 0;
  #width = 0;
  #height = 0;
  #cells = new Float32Array(0);
  readonly #water: HeightPyramid;
  readonly #halving: number;
  readonly #columns: number;
  readonly #rows: number;

  constructor(water: HeightPyramid, halving: number, columns: number, rows: number) {
    this.#water = water;
    this.#halving = halving;
    this.#columns = columns;
    this.#rows = rows;
  }

  open(columns: Float64Array, rows: Float64Array): void {
    const span = (values: Float64Array, count: number): [number, number] => {
      const known = values.filter((value) => !Number.isNaN(value));
      if (known.length < values.length || known.length === 0) return [0, count - 1];
      const low = known.reduce((a, b) => Math.min(a, b));
      const high = known.reduce((a, b) => Math.max(a, b));
      const within = (value: number) => Math.min(count - 1, Math.max(0, value));
      return [within(Math.floor(low) - 1), within(Math.ceil(high) + 1)];
    };
    const [west, east] = span(columns, this.#columns);
    const [north, south] = span(rows, this.#rows);
    this.#column = west;
    this.#row = north;
    this.#width = east - west + 1;
    this.#height = south - north + 1;
    this.#cells = new Float32Array(this.#width * this.#height);
    this.#water.read(this.#halving, west, north, this.#width, this.#height, this.#cells);
  }

  at(column: number, row: number): number {
    if (Number.isNaN(column)) return 0;
    const x = Math.min(this.#width - 1, Math.max(0, Math.round(column) - this.#column));
    const y = Math.min(this.#height - 1, Math.max(0, Math.round(row) - this.#row));
    const share = this.#cells[y * this.#width + x]!;
    return Number.isNaN(share) ? 0 : share;
  }
}
