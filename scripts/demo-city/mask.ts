import type { Plane, Point, Ring } from "./plane.ts";
import { ringBox } from "./polygon.ts";

/** What lies on a cell: bits of `Mask`. */
export const WATER = 1;
export const PARK = 2;
export const ROAD = 4;
export const RAIL = 8;
export const RESERVED = 16;
export const HILL = 32;

/** A raster over the city in which shapes are painted: the last word on where a building may stand. */
export interface Mask {
  readonly cell: number;
  readonly columns: number;
  readonly rows: number;
  readonly minX: number;
  readonly minY: number;
  readonly cells: Uint8Array;
  paintRing(ring: Ring, bit: number): void;
  /** Width in metres, all in all. */
  paintLine(line: readonly Point[], width: number, bit: number): void;
  /** Bits at a point; WATER outside. */
  at(point: Point): number;
  bitsAt(x: number, y: number): number;
}

export function createMask(
  plane: Plane,
  extentDeg: readonly [number, number, number, number],
  cell: number,
): Mask {
  const [minX, minY] = plane.toPlane([extentDeg[0], extentDeg[1]]);
  const [maxX, maxY] = plane.toPlane([extentDeg[2], extentDeg[3]]);
  const columns = Math.ceil((maxX - minX) / cell);
  const rows = Math.ceil((maxY - minY) / cell);
  const cells = new Uint8Array(columns * rows);

  const paintRing = (ring: Ring, bit: number): void => {
    const { minY: low, maxY: high } = ringBox(ring);
    const firstRow = Math.max(0, Math.ceil((low - minY) / cell - 0.5));
    const lastRow = Math.min(rows - 1, Math.floor((high - minY) / cell - 0.5));
    for (let row = firstRow; row <= lastRow; row++) {
      const crossings = crossingsAt(ring, minY + (row + 0.5) * cell);
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        const from = Math.max(0, Math.ceil((crossings[k]! - minX) / cell - 0.5));
        const to = Math.min(columns - 1, Math.floor((crossings[k + 1]! - minX) / cell - 0.5));
        for (let column = from; column <= to; column++) cells[row * columns + column]! |= bit;
      }
    }
  };

  const paintLine = (line: readonly Point[], width: number, bit: number): void => {
    for (let i = 1; i < line.length; i++) paintRing(stripAround(line[i - 1]!, line[i]!, width / 2), bit);
  };

  const bitsAt = (x: number, y: number): number => {
    const column = Math.floor((x - minX) / cell);
    const row = Math.floor((y - minY) / cell);
    return column < 0 || row < 0 || column >= columns || row >= rows ? WATER : cells[row * columns + column]!;
  };
  const at = ([x, y]: Point): number => bitsAt(x, y);
  return { cell, columns, rows, minX, minY, cells, paintRing, paintLine, at, bitsAt };
}

/** Where a level line enters and leaves the ring, west to east. */
function crossingsAt(ring: Ring, y: number): number[] {
  const crossings: number[] = [];
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]!;
    const [xj, yj] = ring[j]!;
    if (yi > y !== yj > y) crossings.push(((xj - xi) * (y - yi)) / (yj - yi) + xi);
  }
  return crossings.sort((a, b) => a - b);
}

/** The rectangle about a segment, longer by `half` at both ends. */
function stripAround([ax, ay]: Point, [bx, by]: Point, half: number): Point[] {
  const length = Math.hypot(bx - ax, by - ay) || 1;
  const ux = ((bx - ax) / length) * half;
  const uy = ((by - ay) / length) * half;
  return [
    [ax - ux + uy, ay - uy - ux],
    [bx + ux + uy, by + uy - ux],
    [bx + ux - uy, by + uy + ux],
    [ax - ux - uy, ay - uy + ux],
  ];
}
