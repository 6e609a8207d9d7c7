import type { GroundGrid } from "../../src/domain/building-index.ts";

/** Depth that a wet node has at least: open water whose bed the ground does not know is not dry. */
const LEAST_WET = 0.01;
/** Height above the water that a dry node has at least: a hollow that the water does not reach is dry as well. */
const LEAST_DRY = 1e-4;

/** Still water at one level over a ground grid; arrays have one value per node, row 0 in the south. */
export interface FloodField {
  readonly grid: GroundGrid;
  readonly level: number;
  /** Metres of water: positive on every wet node, negative on every dry one, never zero. */
  readonly depth: Float32Array;
}

/**
 * The bathtub rule with connectivity: a node is wet when its ground lies below `level` (m above normal level) and a chain of such
 * nodes, joined by edges, leads to open water. Flow, time, dykes and drains do not exist here.
 */
export function floodField(grid: GroundGrid, level: number): FloodField {
  const { elevation } = grid;
  const wet = connectedBelow(grid, level);
  const depth = new Float32Array(elevation.length);
  for (let node = 0; node < depth.length; node++) {
    const below = level - elevation[node]!;
    depth[node] = wet[node] === 1 ? Math.max(below, LEAST_WET) : Math.min(below, -LEAST_DRY);
  }
  return { grid, level, depth };
}

/** 1 on the nodes that the water reaches from open water, over edges, never over corners. Below level 0 none. */
function connectedBelow(grid: GroundGrid, level: number): Uint8Array {
  const { columns, rows, elevation, water } = grid;
  const wet = new Uint8Array(columns * rows);
  if (level < 0) return wet;
  const queue = new Uint32Array(columns * rows);
  let end = 0;
  const visit = (node: number): void => {
    if (wet[node] === 1 || (water[node] !== 1 && elevation[node]! >= level)) return;
    wet[node] = 1;
    queue[end++] = node;
  };
  for (let node = 0; node < water.length; node++) if (water[node] === 1) visit(node);
  for (let next = 0; next < end; next++) {
    const node = queue[next]!;
    const column = node % columns;
    if (column > 0) visit(node - 1);
    if (column < columns - 1) visit(node + 1);
    if (node >= columns) visit(node - columns);
    if (node < wet.length - columns) visit(node + columns);
  }
  return wet;
}

/** Longitude of a column's values, degrees: they stand in the middle of their cells. Fractions lie between two columns. */
export function longitudeAt({ west, east, columns }: GroundGrid, column: number): number {
  return west + ((column + 0.5) * (east - west)) / columns;
}

/** Latitude of a row's values, degrees. */
export function latitudeAt({ south, north, rows }: GroundGrid, row: number): number {
  return south + ((row + 0.5) * (north - south)) / rows;
}

/** Depth at a place by bilinear interpolation, metres; negative or zero is dry, also outside the outermost values. */
export function depthAt({ grid, depth }: FloodField, lonDeg: number, latDeg: number): number {
  const x = ((lonDeg - grid.west) / (grid.east - grid.west)) * grid.columns - 0.5;
  const y = ((latDeg - grid.south) / (grid.north - grid.south)) * grid.rows - 0.5;
  if (!(x >= 0 && x <= grid.columns - 1 && y >= 0 && y <= grid.rows - 1)) return 0;
  const column = Math.min(Math.floor(x), grid.columns - 2);
  const row = Math.min(Math.floor(y), grid.rows - 2);
  const [u, v] = [x - column, y - row];
  const at = row * grid.columns + column;
  const south = depth[at]! * (1 - u) + depth[at + 1]! * u;
  const north = depth[at + grid.columns]! * (1 - u) + depth[at + grid.columns + 1]! * u;
  return south * (1 - v) + north * v;
}
