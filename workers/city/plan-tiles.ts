import { metersPerDegree } from "../../src/geo/ellipsoid.ts";
import type { CityIndex } from "./city-index.ts";
import type { TileJob } from "./contract.ts";

/** Side of the smallest regular cell, m: with what overhangs, positions of 2 cm still fit int16 (1310 m). */
const LEAF_SIDE = 1240;
/** Wider cells (79 km) hold no buildings of their own: floats around their centre would be coarser than 3 mm. */
const WIDEST_CONTENT = LEAF_SIDE * 64;
/** Buildings of an inner tile: the largest of its cell. Some 200 kB after gzip. */
const INNER_FEATURES = 2048;
const LEAF_FEATURES = 3072;
/** What is missing stands close together: many small gaps show before one of them alone would. */
const CROWD = 1.5;
/** So few may stand in one tile however far apart. */
const SPARSE_FEATURES = 700;

export interface PlannedTile {
  readonly job: TileJob | null;
  /** From the apparent size of the largest building below that this tile does not show, metres; 0 for leaves. */
  readonly geometricError: number;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly height: number;
  readonly children: readonly PlannedTile[];
}

export interface CityPlan {
  readonly root: PlannedTile;
  readonly jobs: readonly TileJob[];
  /** Metres of error when nothing is shown. */
  readonly geometricError: number;
}

interface Plane {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly scale: { readonly east: number; readonly north: number };
  readonly side: number;
}

/**
 * A quadtree in which every cell shows the largest of its buildings that no cell above shows, so that the skyline comes
 * first. Refinement adds: a building stands in exactly one tile. The error of a tile is the size of the largest building
 * still missing (times CROWD, or as `errorOf` says), with height counted twice, because a skyline is seen from the side and roofs foreshortened.
 */
export function planTiles(
  index: CityIndex,
  { errorOf = (size: number) => CROWD * size, innerFeatures = INNER_FEATURES } = {},
): CityPlan {
  const plane = createPlane(index);
  const jobs: TileJob[] = [];
  const visit = (rows: Uint32Array, cx: number, cy: number, side: number, name: string): PlannedTile => {
    const isLeaf = rows.length <= (side <= LEAF_SIDE ? LEAF_FEATURES : SPARSE_FEATURES);
    const own = isLeaf ? rows : rows.subarray(0, side > WIDEST_CONTENT ? 0 : innerFeatures);
    const rest = rows.subarray(own.length);
    const place = placeOf(plane, cx, cy);
    const height = lowestBase(index, rows);
    const job = own.length ? createJob(index, plane, own, name, { ...place, height }) : null;
    if (job) jobs.push(job);
    const children = quarter(plane, rest, cx, cy).flatMap((part, k) => {
      if (part.length === 0) return [];
      const quarterSide = side / 4;
      const x = cx + (k & 1 ? quarterSide : -quarterSide);
      const y = cy + (k & 2 ? quarterSide : -quarterSide);
      return [visit(part, x, y, side / 2, `${name}${k}`)];
    });
    const geometricError = rest.length ? errorOf(index.size[rest[0]!]!) : 0;
    return { job, geometricError, ...place, height, children };
  };
  const root = visit(bySize(index), 0, 0, plane.side, "t");
  const largest = index.size.subarray(0, index.count).reduce((most, size) => Math.max(most, size), 0);
  return { root, jobs, geometricError: Math.max(largest, plane.side) };
}

function createPlane(index: CityIndex): Plane {
  const { count } = index;
  const [west, east] = rangeOf(index.longitudeDeg, count);
  const [south, north] = rangeOf(index.latitudeDeg, count);
  const [longitudeDeg, latitudeDeg] = [(west + east) / 2, (south + north) / 2];
  const scale = metersPerDegree(latitudeDeg);
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    x[row] = (index.longitudeDeg[row]! - longitudeDeg) * scale.east;
    y[row] = (index.latitudeDeg[row]! - latitudeDeg) * scale.north;
  }
  const extent = Math.max((east - west) * scale.east, (north - south) * scale.north);
  let side = LEAF_SIDE;
  while (side < extent) side *= 2;
  return { x, y, longitudeDeg, latitudeDeg, scale, side };
}

function rangeOf(values: Float64Array, count: number): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let row = 0; row < count; row++) {
    const value = values[row]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** Rows by size, the largest first; equal ones in input order. Size and row share one double, which sorts natively. */
function bySize({ count, size }: CityIndex): Uint32Array {
  const keys = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const rank = 0x1fffff - Math.min(0x1fffff, Math.round(size[row]! * 64));
    keys[row] = rank * 0x100000000 + row;
  }
  keys.sort();
  const rows = new Uint32Array(count);
  for (let k = 0; k < count; k++) rows[k] = keys[k]! % 0x100000000;
  return rows;
}

function quarter({ x, y }: Plane, rows: Uint32Array, cx: number, cy: number): Uint32Array[] {
  const counts = [0, 0, 0, 0];
  const quarterOf = (row: number) => (x[row]! >= cx ? 1 : 0) + (y[row]! >= cy ? 2 : 0);
  for (const row of rows) counts[quarterOf(row)]!++;
  const parts = counts.map((count) => new Uint32Array(count));
  const at = [0, 0, 0, 0];
  for (const row of rows) {
    const k = quarterOf(row);
    parts[k]![at[k]!++] = row;
  }
  return parts;
}

function placeOf({ longitudeDeg, latitudeDeg, scale }: Plane, x: number, y: number) {
  return { longitudeDeg: longitudeDeg + x / scale.east, latitudeDeg: latitudeDeg + y / scale.north };
}

function lowestBase({ base }: CityIndex, rows: Uint32Array): number {
  let low = Infinity;
  for (const row of rows) if (base[row]! < low) low = base[row]!;
  return low;
}

/** Buildings with as many corners stand together, neighbours next to each other: what repeats packs. */
function createJob(
  index: CityIndex,
  plane: Plane,
  rows: Uint32Array,
  name: string,
  place: { readonly longitudeDeg: number; readonly latitudeDeg: number; readonly height: number },
): TileJob {
  const keys = new Float64Array(rows.length);
  const cell = Math.max(8, (plane.side / 2 ** name.length) * (2 / 1024));
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!;
    const morton =
      interleave(Math.floor(plane.x[row]! / cell)) * 2 + interleave(Math.floor(plane.y[row]! / cell));
    keys[k] = Math.min(0xfffff, index.corners[row]!) * 0x100000000 + morton;
  }
  const order = Array.from(rows, (_, k) => k).sort((a, b) => keys[a]! - keys[b]! || rows[a]! - rows[b]!);
  const addresses = Float64Array.from(order, (k) => index.address[rows[k]!]!);
  return { uri: `${name}.glb`, addresses, ...place };
}

/** The low 15 bits spread to every second bit. */
function interleave(value: number): number {
  let bits = value & 0x7fff;
  bits = (bits | (bits << 8)) & 0x00ff00ff;
  bits = (bits | (bits << 4)) & 0x0f0f0f0f;
  bits = (bits | (bits << 2)) & 0x33333333;
  return (bits | (bits << 1)) & 0x55555555;
}
