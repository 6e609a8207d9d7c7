import type { Point } from "./plane.ts";
import { pointInRing, signedArea } from "./polygon.ts";

/** Cells of a coarse picture of the city; row 0 in the south. */
export interface Raster {
  readonly columns: number;
  readonly rows: number;
  /** Metres of the plane. */
  readonly minX: number;
  readonly minY: number;
  readonly cell: number;
}

/** An area with its holes, rounded; plane metres. */
export interface RasterArea {
  readonly outer: readonly Point[];
  readonly holes: readonly (readonly Point[])[];
}

/** Grown by one cell in the four directions. */
export function dilated({ columns, rows }: Raster, cells: Uint8Array): Uint8Array {
  const out = cells.slice();
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      if (cells[row * columns + column] === 0) continue;
      if (column > 0) out[row * columns + column - 1] = 1;
      if (column + 1 < columns) out[row * columns + column + 1] = 1;
      if (row > 0) out[(row - 1) * columns + column] = 1;
      if (row + 1 < rows) out[(row + 1) * columns + column] = 1;
    }
  return out;
}

/** Connected pieces (four neighbours) of fewer cells than `least` are taken out. */
export function withoutSpecks({ columns, rows }: Raster, cells: Uint8Array, least: number): Uint8Array {
  const out = cells.slice();
  const seen = new Uint8Array(cells.length);
  for (let start = 0; start < cells.length; start++) {
    if (cells[start] === 0 || seen[start]) continue;
    const piece = [start];
    seen[start] = 1;
    for (let i = 0; i < piece.length; i++) {
      const at = piece[i]!;
      const column = at % columns;
      const next = [column > 0 ? at - 1 : -1, column + 1 < columns ? at + 1 : -1, at - columns, at + columns];
      for (const other of next)
        if (other >= 0 && other < columns * rows && cells[other] && !seen[other]) {
          seen[other] = 1;
          piece.push(other);
        }
    }
    if (piece.length < least) for (const at of piece) out[at] = 0;
  }
  return out;
}

/** The outlines of the set cells as rounded rings: corners are cut twice, so that no step of the raster is left. */
export function ringsOfCells(raster: Raster, cells: Uint8Array): RasterArea[] {
  const rings = traceEdges(raster, cells).map((ring) => rounded(rounded(straight(ring))));
  const outers = rings.filter((ring) => signedArea(ring) > 0);
  const holes = rings.filter((ring) => signedArea(ring) < 0);
  return outers.map((outer) => ({
    outer,
    holes: holes.filter((hole) => pointInRing(hole[0]!, outer) && isInnermost(outer, hole, outers)),
  }));
}

/** A hole belongs to the smallest ring around it. */
function isInnermost(outer: readonly Point[], hole: readonly Point[], outers: readonly (readonly Point[])[]) {
  const area = signedArea(outer);
  return !outers.some((other) => other !== outer && signedArea(other) < area && pointInRing(hole[0]!, other));
}

/** Edges between set and unset cells, set cells on the left, linked into rings. */
function traceEdges({ columns, rows, minX, minY, cell }: Raster, cells: Uint8Array): Point[][] {
  const isSet = (column: number, row: number): boolean =>
    column >= 0 && row >= 0 && column < columns && row < rows && cells[row * columns + column] === 1;
  const width = columns + 1;
  const next = new Map<number, number[]>();
  const add = (from: number, to: number): void => {
    const known = next.get(from);
    if (known) known.push(to);
    else next.set(from, [to]);
  };
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      if (!isSet(column, row)) continue;
      const at = row * width + column;
      if (!isSet(column, row - 1)) add(at, at + 1);
      if (!isSet(column + 1, row)) add(at + 1, at + 1 + width);
      if (!isSet(column, row + 1)) add(at + 1 + width, at + width);
      if (!isSet(column - 1, row)) add(at + width, at);
    }
  const rings: Point[][] = [];
  for (const [start] of next) {
    for (let at = start, ring: Point[] = []; next.get(at)?.length; ) {
      ring.push([minX + (at % width) * cell, minY + Math.floor(at / width) * cell]);
      at = next.get(at)!.pop()!;
      if (at !== start) continue;
      rings.push(ring);
      ring = [];
    }
  }
  return rings;
}

/** Without corners in the middle of a straight edge. */
function straight(ring: readonly Point[]): Point[] {
  return ring.filter((point, i) => {
    const before = ring[(i + ring.length - 1) % ring.length]!;
    const after = ring[(i + 1) % ring.length]!;
    return (before[0] - point[0]) * (after[1] - point[1]) !== (before[1] - point[1]) * (after[0] - point[0]);
  });
}

/** Chaikin's corner cutting, once. */
function rounded(ring: readonly Point[]): Point[] {
  return ring.flatMap((point, i): Point[] => {
    const after = ring[(i + 1) % ring.length]!;
    const between = (share: number): Point => [
      point[0] + (after[0] - point[0]) * share,
      point[1] + (after[1] - point[1]) * share,
    ];
    return [between(0.25), between(0.75)];
  });
}
