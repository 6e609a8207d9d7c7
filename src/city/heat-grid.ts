import { NO_DATA_LEVEL } from "../domain/risk.ts";
import type { HeatScale } from "../domain/sensor-display.ts";

const METERS_PER_DEG = 111_320;
/** Longer side of the grid in cells; the sheet is drawn with linear filtering between them. */
const CELLS_ACROSS = 224;
const LEAST_CELL_M = 25;

/** exp(-4s) for s = 0 to 1, the share of the squared reach: an exponential for each cell and sensor would take most of the time. */
const KERNEL = Float32Array.from({ length: 1025 }, (_, k) => Math.exp((-4 * k) / 1024));

export interface HeatSensors {
  readonly positions: Float64Array;
  readonly values: Float32Array;
  readonly levels: Uint8Array;
  readonly stale: Uint8Array;
  readonly kinds: Uint8Array;
}

/** Two bytes a cell, rows from south to north: value between the scale's ends, and 255 where a live sensor reaches. */
export interface HeatGrid {
  readonly columns: number;
  readonly rows: number;
  readonly cells: Uint8Array;
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  /** Ground metres of the grid's sides. */
  readonly width: number;
  readonly height: number;
}

/**
 * Values between sensors by kernel regression (Nadaraya 1964, Watson 1964): the mean of near sensors weighted by
 * exp(-(d/h)²), h half the reach. Beyond the reach of every live sensor nothing is known, and the grid says so; silent and
 * stale sensors reach nowhere. Null when no sensor of the kind speaks.
 */
export function heatGrid(sensors: HeatSensors, kind: number, scale: HeatScale): HeatGrid | null {
  const rows = speakingRows(sensors, kind);
  if (rows.length === 0) return null;
  const frame = frameOf(sensors.positions, rows, scale.reach);
  const { columns, rows: lines, cell } = frame;
  const sums = new Float32Array(columns * lines);
  const weights = new Float32Array(columns * lines);
  const reachCells = scale.reach / cell;
  const reachSquared = reachCells * reachCells;
  const toKernel = (KERNEL.length - 1) / reachSquared;
  for (const row of rows) {
    const x = ((sensors.positions[3 * row]! - frame.west) * frame.metersPerLon) / cell - 0.5;
    const y = ((sensors.positions[3 * row + 1]! - frame.south) * METERS_PER_DEG) / cell - 0.5;
    const value = sensors.values[row]!;
    const [top, left] = [Math.max(0, Math.ceil(y - reachCells)), Math.max(0, Math.ceil(x - reachCells))];
    const bottom = Math.min(lines - 1, Math.floor(y + reachCells));
    const right = Math.min(columns - 1, Math.floor(x + reachCells));
    for (let line = top; line <= bottom; line++)
      for (let column = left; column <= right; column++) {
        const distance = (column - x) * (column - x) + (line - y) * (line - y);
        if (distance > reachSquared) continue;
        const weight = KERNEL[(distance * toKernel + 0.5) | 0]!;
        const at = line * columns + column;
        sums[at] = sums[at]! + weight * value;
        weights[at] = weights[at]! + weight;
      }
  }
  return { ...frame, cells: cellsOf(sums, weights, scale) };
}

function cellsOf(sums: Float32Array, weights: Float32Array, { min, max }: HeatScale): Uint8Array {
  const cells = new Uint8Array(2 * sums.length);
  for (let at = 0; at < sums.length; at++) {
    const weight = weights[at]!;
    if (weight === 0) continue;
    const share = (sums[at]! / weight - min) / (max - min);
    cells[2 * at] = Math.round(255 * Math.min(1, Math.max(0, share)));
    cells[2 * at + 1] = 255;
  }
  return cells;
}

function speakingRows({ values, levels, stale, kinds }: HeatSensors, kind: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < levels.length; row++)
    if (
      kinds[row] === kind &&
      levels[row] !== NO_DATA_LEVEL &&
      stale[row] !== 1 &&
      !Number.isNaN(values[row]!)
    )
      rows.push(row);
  return rows;
}

interface GridFrame extends Omit<HeatGrid, "cells"> {
  /** Metres of a cell's side. */
  readonly cell: number;
  readonly metersPerLon: number;
}

/** A box around the sensors with their reach, and the same again as room in which "no data" is seen. */
function frameOf(positions: Float64Array, rows: readonly number[], reach: number): GridFrame {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const row of rows) {
    west = Math.min(west, positions[3 * row]!);
    east = Math.max(east, positions[3 * row]!);
    south = Math.min(south, positions[3 * row + 1]!);
    north = Math.max(north, positions[3 * row + 1]!);
  }
  const metersPerLon = METERS_PER_DEG * Math.cos((((south + north) / 2) * Math.PI) / 180);
  const room = 2 * reach;
  west -= room / metersPerLon;
  east += room / metersPerLon;
  south -= room / METERS_PER_DEG;
  north += room / METERS_PER_DEG;
  const width = (east - west) * metersPerLon;
  const height = (north - south) * METERS_PER_DEG;
  const cell = Math.max(LEAST_CELL_M, Math.max(width, height) / CELLS_ACROSS);
  const columns = Math.max(1, Math.round(width / cell));
  const lines = Math.max(1, Math.round(height / cell));
  return { columns, rows: lines, cell, metersPerLon, west, south, east, north, width, height };
}
