import type { BuildingIndex } from "../domain/building-index.ts";
import type { BaseMapData } from "./base-map-data.ts";
import type { TileContext as Context, TileWindow } from "./tile-window.ts";

/** Direction and length of what a building throws on the ground: metres east and north per metre of height. */
export interface ShadeSlope {
  readonly east: number;
  readonly north: number;
  /** 0 none, 1 black. */
  readonly strength: number;
}

/** Ground shade of all buildings of a city, drawn into the base map. */
export interface GroundShade {
  draw(context: Context, window: TileWindow, metersPerPixel: number, slope: ShadeSlope, color: string): void;
}

const CELL = 400;
const WIDTH_STEP = 6;
/** No shade of a tower is longer than this: far ends are soft in life and hidden by other houses. */
const MAX_LENGTH = 150;
const LIMIT_METERS_PER_PIXEL = 16;

interface ShadeGrid {
  readonly cells: ReadonlyMap<string, readonly number[]>;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

function buildGrid(index: BuildingIndex, data: BaseMapData): ShadeGrid {
  const x = new Float32Array(index.count);
  const y = new Float32Array(index.count);
  const cells = new Map<string, number[]>();
  for (let row = 0; row < index.count; row++) {
    x[row] = (index.longitudeDeg[row]! - data.originLongitudeDeg) * data.metersPerDegEast;
    y[row] = (index.latitudeDeg[row]! - data.originLatitudeDeg) * data.metersPerDegNorth;
    const key = `${Math.floor(x[row]! / CELL)},${Math.floor(y[row]! / CELL)}`;
    const cell = cells.get(key);
    if (cell) cell.push(row);
    else cells.set(key, [row]);
  }
  return { cells, x, y };
}

function rowsIn(grid: ShadeGrid, window: TileWindow, margin: number): number[] {
  const rows: number[] = [];
  for (
    let cx = Math.floor((window.west - margin) / CELL);
    cx <= Math.floor((window.east + margin) / CELL);
    cx++
  )
    for (
      let cy = Math.floor((window.south - margin) / CELL);
      cy <= Math.floor((window.north + margin) / CELL);
      cy++
    )
      rows.push(...(grid.cells.get(`${cx},${cy}`) ?? []));
  return rows;
}

/**
 * Soft shade from centroid, area and height alone: a round-ended stroke away from the sun and a darker foot. Strokes of
 * one width share a path, so that neighbours do not add up to black.
 */
export function createGroundShade(index: BuildingIndex, data: BaseMapData): GroundShade {
  const grid = buildGrid(index, data);
  return {
    draw(context, window, metersPerPixel, slope, color) {
      if (metersPerPixel > LIMIT_METERS_PER_PIXEL || slope.strength <= 0) return;
      const reach = new Map<number, Path2D>();
      const feet = new Map<number, Path2D>();
      for (const row of rowsIn(grid, window, MAX_LENGTH + 60)) {
        const side = Math.sqrt(index.footprintArea[row]!);
        const width = Math.max(WIDTH_STEP, Math.round((side * 0.8) / WIDTH_STEP) * WIDTH_STEP);
        const height = index.height[row]!;
        const full = Math.hypot(slope.east, slope.north) * height;
        const share = full > MAX_LENGTH ? MAX_LENGTH / full : 1;
        const x = grid.x[row]!;
        const y = grid.y[row]!;
        const path = reach.get(width) ?? new Path2D();
        reach.set(width, path);
        path.moveTo(x, y);
        path.lineTo(x + slope.east * height * share, y + slope.north * height * share);
        const foot = feet.get(width) ?? new Path2D();
        feet.set(width, foot);
        foot.moveTo(x, y);
        foot.lineTo(x + 0.01, y);
      }
      const fade = Math.min(1, (LIMIT_METERS_PER_PIXEL - metersPerPixel) / 6);
      context.lineCap = "round";
      context.strokeStyle = color;
      for (const [paths, spread, share] of [
        [reach, 4, 0.3],
        [reach, -3, 0.4],
        [feet, 26, 0.28],
        [feet, 16, 0.34],
      ] as const) {
        context.globalAlpha = fade * slope.strength * share;
        for (const [width, path] of paths) {
          context.lineWidth = Math.max(2, width + spread);
          context.stroke(path);
        }
      }
      context.globalAlpha = 1;
    },
  };
}
