import type { Box } from "../tiles/tileset.ts";

const CELLS_ALONG = 128;
const MIN_CELL = 0.25;
/** Elements that fill more of the model than this (terrain, site solids) would hide everything: they hide nothing. */
const MAX_OCCLUDER_SHARE = 0.2;

interface Grid {
  readonly size: readonly [number, number, number];
  cellOf(value: number, axis: number): number;
}

function createGrid(model: Box): Grid {
  const extent = [0, 1, 2].map((axis) => model.max[axis]! - model.min[axis]!);
  const cell = Math.max(MIN_CELL, Math.max(...extent) / CELLS_ALONG);
  // one free cell on every side, for the outside to flow around
  const size = extent.map((length) => Math.floor(length / cell) + 3) as [number, number, number];
  return { size, cellOf: (value, axis) => Math.floor((value - model.min[axis]!) / cell) + 1 };
}

/** Calls with the first and last cell of each row (along x) that a box touches, until one call answers true. */
function someRow(
  grid: Grid,
  box: Box,
  margin: number,
  test: (first: number, last: number) => boolean,
): boolean {
  const [nx, ny, nz] = grid.size;
  const low = [0, 1, 2].map((axis) => Math.max(0, grid.cellOf(box.min[axis]!, axis) - margin));
  const high = [nx, ny, nz].map((n, axis) => Math.min(n - 1, grid.cellOf(box.max[axis]!, axis) + margin));
  for (let z = low[2]!; z <= high[2]!; z++)
    for (let y = low[1]!; y <= high[1]!; y++) {
      const row = (z * ny + y) * nx;
      if (test(row + low[0]!, row + high[0]!)) return true;
    }
  return false;
}

/** 0 free, 1 filled, 2 reached from outside. */
function flood(grid: Grid, cells: Uint8Array): void {
  const [nx, ny, nz] = grid.size;
  const stack = [0];
  cells[0] = 2;
  const visit = (index: number) => {
    if (cells[index] === 0) {
      cells[index] = 2;
      stack.push(index);
    }
  };
  while (stack.length) {
    const index = stack.pop()!;
    const x = index % nx;
    const y = Math.floor(index / nx) % ny;
    const z = Math.floor(index / (nx * ny));
    if (x > 0) visit(index - 1);
    if (x < nx - 1) visit(index + 1);
    if (y > 0) visit(index - nx);
    if (y < ny - 1) visit(index + nx);
    if (z > 0) visit(index - nx * ny);
    if (z < nz - 1) visit(index + nx * ny);
  }
}

function volumeOf({ min, max }: Box): number {
  return (max[0] - min[0]) * (max[1] - min[1]) * (max[2] - min[2]);
}

/**
 * Which elements can be seen from outside, roughly: boxes are set into a coarse grid, the outside flows around them,
 * and what it touches is outer. All boxes in one frame, metres. 1 for outer.
 */
export function findOuter(boxes: readonly Box[], model: Box): Uint8Array {
  const grid = createGrid(model);
  const cells = new Uint8Array(grid.size[0] * grid.size[1] * grid.size[2]);
  const maxVolume = volumeOf(model) * MAX_OCCLUDER_SHARE;
  for (const box of boxes) {
    if (volumeOf(box) > maxVolume) continue;
    someRow(grid, box, 0, (first, last) => {
      cells.fill(1, first, last + 1);
      return false;
    });
  }
  flood(grid, cells);
  const isReached = (first: number, last: number) => {
    for (let at = first; at <= last; at++) if (cells[at] === 2) return true;
    return false;
  };
  return Uint8Array.from(boxes, (box) => (someRow(grid, box, 1, isReached) ? 1 : 0));
}
