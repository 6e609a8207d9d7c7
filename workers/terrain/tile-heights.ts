import type { TerrainSetup, TileAddress } from "./contract.ts";
import type { DemPlace } from "./dem-place.ts";
import type { HeightPyramid } from "./height-pyramid.ts";
import { latitudeAt, longitudeAt, QUANTA, tileDeg } from "./tile-grid.ts";

/** Voids up to this many halvings wide (sixteen posts) are filled from around; wider ones get the outside height. */
const FILL_HALVINGS = 4;

/** Posts in which the model's edge runs out into the height outside: at least so many, or this share of its longer side. */
const MIN_FADE = 64;
const FADE_SHARE = 0.04;

export function fadePosts(columns: number, rows: number): number {
  return Math.max(MIN_FADE, FADE_SHARE * Math.max(columns, rows));
}

/** Tiles wider than this take the whole model, which is small at their halving. */
const WIDE_DEG = 3;

interface Window {
  readonly column: number;
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
  readonly cells: Float32Array;
}

/** The part of a pyramid that a tile sees: posts of its own halving, and coarser ones where those are void. */
export class TileHeights {
  readonly halving: number;
  readonly window: Window;
  readonly #pyramid: HeightPyramid;
  readonly #place: DemPlace;
  readonly #setup: TerrainSetup;
  readonly #windows: Window[] = [];

  constructor(tile: TileAddress, pyramid: HeightPyramid, place: DemPlace, setup: TerrainSetup) {
    this.#pyramid = pyramid;
    this.#place = place;
    this.#setup = setup;
    this.halving = Math.min(setup.maxLevel - tile.level, pyramid.levels.length - 1);
    const isWide = tileDeg(tile.level) > WIDE_DEG;
    const { columns, rows } = setup.frame;
    const box = isWide ? ([0, 0, columns, rows] as const) : postsUnder(tile, place);
    this.window = this.#open(this.halving, box);
    this.#windows[0] = this.window;
  }

  /** Whether any post in the window has a height. */
  get hasData(): boolean {
    return this.window.cells.some((cell) => !Number.isNaN(cell));
  }

  /** Metres above the ellipsoid at a place: between posts, filled where void, running out beyond the model's edge. */
  at(longitudeDeg: number, latitudeDeg: number): number {
    const [column, row] = this.#place.toPost(longitudeDeg, latitudeDeg);
    return this.atPost(column, row);
  }

  isOutside(longitudeDeg: number, latitudeDeg: number): boolean {
    const { columns, rows } = this.#setup.frame;
    const [column, row] = this.#place.toPost(longitudeDeg, latitudeDeg);
    return !(column >= 0 && row >= 0 && column <= columns - 1 && row <= rows - 1);
  }

  /** The same at a place counted in posts of the model itself. */
  atPost(column: number, row: number): number {
    const { options, frame } = this.#setup;
    if (Number.isNaN(column)) return options.outside + options.geoid;
    const within = this.#within(column, row);
    const away = Math.max(-column, -row, column - frame.columns + 1, row - frame.rows + 1, 0);
    if (away === 0) return within + options.geoid;
    const share = Math.max(0, 1 - away / fadePosts(frame.columns, frame.rows));
    const eased = share * share * (3 - 2 * share);
    return options.outside + (within - options.outside) * eased + options.geoid;
  }

  /** Where post (column, row) of the window lies, in posts of the model itself. */
  modelPost(column: number, row: number): readonly [number, number] {
    const size = 2 ** this.halving;
    return [(this.window.column + column + 0.5) * size - 0.5, (this.window.row + row + 0.5) * size - 0.5];
  }

  /** A post of the window; void ones as `at` fills them. Metres above the ellipsoid. */
  post(column: number, row: number): number {
    const cell = this.window.cells[row * this.window.columns + column]!;
    if (!Number.isNaN(cell)) return cell + this.#setup.options.geoid;
    const [x, y] = this.modelPost(column, row);
    return this.atPost(x, y);
  }

  #within(column: number, row: number): number {
    for (let k = 0; k <= FILL_HALVINGS; k++) {
      const halving = this.halving + k;
      if (halving >= this.#pyramid.levels.length) break;
      this.#windows[k] ??= this.#open(halving, widened(this.window, this.halving, halving));
      const found = bilinear(this.#windows[k]!, column, row, halving);
      if (!Number.isNaN(found)) return found;
    }
    return this.#setup.options.outside;
  }

  /** @param box columns and rows of the model: west, north, east, south */
  #open(halving: number, [west, north, east, south]: readonly [number, number, number, number]): Window {
    const level = this.#pyramid.levels[halving]!;
    const size = 2 ** halving;
    const clampTo = (value: number, count: number) => Math.min(count - 1, Math.max(0, value));
    const column = clampTo(Math.floor((west + 0.5) / size - 0.5) - 2, level.columns);
    const row = clampTo(Math.floor((north + 0.5) / size - 0.5) - 2, level.rows);
    const columns = clampTo(Math.ceil((east + 0.5) / size - 0.5) + 2, level.columns) - column + 1;
    const rows = clampTo(Math.ceil((south + 0.5) / size - 0.5) + 2, level.rows) - row + 1;
    const cells = new Float32Array(columns * rows);
    this.#pyramid.read(halving, column, row, columns, rows, cells);
    return { column, row, columns, rows, cells };
  }
}

function widened(window: Window, from: number, to: number): [number, number, number, number] {
  const size = 2 ** from;
  const more = 2 ** to;
  return [
    window.column * size - more,
    window.row * size - more,
    (window.column + window.columns) * size + more,
    (window.row + window.rows) * size + more,
  ];
}

/** Columns and rows of the model under a tile, found along its border: west, north, east, south. */
function postsUnder(tile: TileAddress, place: DemPlace): [number, number, number, number] {
  const box: [number, number, number, number] = [1e9, 1e9, -1e9, -1e9];
  const steps = 16;
  for (let k = 0; k <= steps; k++)
    for (const [u, v] of [
      [k / steps, 0],
      [k / steps, 1],
      [0, k / steps],
      [1, k / steps],
    ] as const) {
      const [column, row] = place.toPost(longitudeAt(tile, u * QUANTA), latitudeAt(tile, v * QUANTA));
      if (Number.isNaN(column)) continue;
      box[0] = Math.min(box[0], column);
      box[1] = Math.min(box[1], row);
      box[2] = Math.max(box[2], column);
      box[3] = Math.max(box[3], row);
    }
  return box;
}

/** Between the valid ones of four cells; NaN when less than half of the weight is valid. Places outside count as on the edge. */
function bilinear(window: Window, column: number, row: number, halving: number): number {
  const size = 2 ** halving;
  const x = (column + 0.5) / size - 0.5 - window.column;
  const y = (row + 0.5) / size - 0.5 - window.row;
  const cx = Math.min(window.columns - 1, Math.max(0, x));
  const cy = Math.min(window.rows - 1, Math.max(0, y));
  const left = Math.min(Math.floor(cx), Math.max(0, window.columns - 2));
  const top = Math.min(Math.floor(cy), Math.max(0, window.rows - 2));
  const fx = cx - left;
  const fy = cy - top;
  let sum = 0;
  let weight = 0;
  for (let k = 0; k < 4; k++) {
    const share = (k & 1 ? fx : 1 - fx) * (k & 2 ? fy : 1 - fy);
    if (share === 0) continue;
    const at =
      Math.min(window.rows - 1, top + (k >> 1)) * window.columns +
      Math.min(window.columns - 1, left + (k & 1));
    const cell = window.cells[at]!;
    if (Number.isNaN(cell)) continue;
    sum += cell * share;
    weight += share;
  }
  return weight >= 0.5 ? sum / weight : Number.NaN;
}
