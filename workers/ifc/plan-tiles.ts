/**
 * Which element goes into which tile. The root holds what makes the building's shape from afar (large and outer
 * elements, within a budget); its children refine by ADD: a storey's larger elements, then its small ones and fittings.
 * A tile's geometric error is the size of the largest thing that is missing while its children are not shown.
 */
import type { Box } from "../tiles/tileset.ts";
import { MAX_TILE_FEATURES } from "../tiles/write-glb.ts";

export interface TileItem {
  /** Row of the element. */
  readonly row: number;
  /** Any common frame, metres. */
  readonly box: Box;
  readonly triangles: number;
  readonly storey: number;
  readonly isOuter: boolean;
  /** Furniture, fixtures and the like: nothing that a building is known by from afar. */
  readonly isFitting: boolean;
}

export interface PlannedTile {
  /** Rows, ascending; empty for a tile without content. */
  readonly rows: readonly number[];
  /** Holds stand-ins, which its children replace. */
  readonly isCoarse?: true;
  readonly geometricError: number;
  readonly children: readonly PlannedTile[];
}

const SINGLE_TRIANGLES = 30_000;
const ROOT_TRIANGLES = 100_000;
const MAX_TRIANGLES = 60_000;
/** Below this many triangles, small elements are not worth a request of their own. */
const MIN_SPLIT_TRIANGLES = 8000;
/** Diagonal below which an element is small, m. */
const SMALL = 1.5;
/** Share of an inner element's size that counts as error: it shows through glass and openings only. */
const INNER_SHARE = 0.3;
/** Triangles that an element costs besides its own. */
const FIXED_COST = 24;

function diagonalOf({ box: { min, max } }: TileItem): number {
  const x = max[0] - min[0];
  const y = max[1] - min[1];
  const z = max[2] - min[2];
  return Math.sqrt(x * x + y * y + z * z);
}

function trianglesOf(items: readonly TileItem[]): number {
  return items.reduce((sum, { triangles }) => sum + triangles, 0);
}

export function rowsOf(items: readonly TileItem[]): number[] {
  return items.map(({ row }) => row).sort((a, b) => a - b);
}

/** Halves at the median of the longest axis until each part fits a tile. */
export function split(items: readonly TileItem[], most = MAX_TRIANGLES): TileItem[][] {
  if (items.length <= 1 || (items.length <= MAX_TILE_FEATURES && trianglesOf(items) <= most))
    return [[...items]];
  const centre = (item: TileItem, axis: number) => item.box.min[axis]! + item.box.max[axis]!;
  const spread = [0, 1, 2].map((axis) => {
    const centres = items.map((item) => centre(item, axis));
    return centres.reduce((a, b) => Math.max(a, b)) - centres.reduce((a, b) => Math.min(a, b));
  });
  const axis = spread.indexOf(Math.max(...spread));
  const sorted = [...items].sort((a, b) => centre(a, axis) - centre(b, axis) || a.row - b.row);
  const half = sorted.length >> 1;
  return [...split(sorted.slice(0, half), most), ...split(sorted.slice(half), most)];
}

/** As many tiles without children as the items need. */
export function leafTiles(items: readonly TileItem[]): PlannedTile[] {
  return split(items).map(leaf);
}

function leaf(items: readonly TileItem[]): PlannedTile {
  return { rows: rowsOf(items), geometricError: 0, children: [] };
}

function planStorey(items: readonly TileItem[]): PlannedTile[] {
  const isSmall = (item: TileItem) => item.isFitting || diagonalOf(item) < SMALL;
  if (trianglesOf(items) <= MIN_SPLIT_TRIANGLES) return leafTiles(items);
  return split(items).flatMap((part) => {
    const small = part.filter(isSmall);
    const large = part.filter((item) => !isSmall(item));
    if (small.length === 0 || large.length === 0 || trianglesOf(small) < MIN_SPLIT_TRIANGLES / 4)
      return [leaf(part)];
    const geometricError = Math.max(...small.map(diagonalOf));
    return [{ rows: rowsOf(large), geometricError, children: [leaf(small)] }];
  });
}

function chooseRoot(items: readonly TileItem[]): { chosen: TileItem[]; rest: TileItem[] } {
  // outer before inner, then by what is seen for what it costs
  const worth = (item: TileItem) => diagonalOf(item) ** 2 / (item.triangles + FIXED_COST);
  const ranked = items.map((item) => ({ item, worth: worth(item) }));
  ranked.sort(
    (a, b) => Number(b.item.isOuter) - Number(a.item.isOuter) || b.worth - a.worth || a.item.row - b.item.row,
  );
  // what all fits is better kept together: more tiles hold more copies of the same shapes
  const isWhole = items.length <= MAX_TILE_FEATURES && trianglesOf(items) <= ROOT_TRIANGLES;
  const chosen: TileItem[] = [];
  const rest: TileItem[] = [];
  let triangles = 0;
  for (const { item } of ranked) {
    const fits = triangles + item.triangles <= ROOT_TRIANGLES && chosen.length < MAX_TILE_FEATURES;
    if (fits && (isWhole || !item.isFitting)) {
      chosen.push(item);
      triangles += item.triangles;
    } else rest.push(item);
  }
  return { chosen, rest };
}

/** Whether everything goes into one tile, whatever is outside and inside. */
export function fitsOneTile(elements: number, triangles: number): boolean {
  return elements <= MAX_TILE_FEATURES && triangles <= SINGLE_TRIANGLES;
}

/** Every row lands in exactly one tile. */
export function planTiles(items: readonly TileItem[]): PlannedTile {
  if (fitsOneTile(items.length, trianglesOf(items))) return leaf(items);
  const { chosen, rest } = chooseRoot(items);
  const byStorey = new Map<number, TileItem[]>();
  for (const item of rest) {
    const known = byStorey.get(item.storey);
    if (known) known.push(item);
    else byStorey.set(item.storey, [item]);
  }
  const children = [...byStorey.entries()]
    .sort(([a], [b]) => a - b)
    .flatMap(([, group]) => planStorey(group));
  const missing = rest.map((item) => diagonalOf(item) * (item.isOuter ? 1 : INNER_SHARE));
  const errors = [...missing, ...children.map(({ geometricError }) => geometricError * 1.5)];
  return { rows: rowsOf(chosen), geometricError: errors.reduce((a, b) => Math.max(a, b), 0.1), children };
}
