import type { GroundGrid } from "../../src/domain/building-index.ts";
import { RAIL, RESERVED, ROAD, WATER } from "./mask.ts";
import type { Point } from "./plane.ts";
import { seedOf, valueNoise } from "./random.ts";
import type { Skeleton } from "./skeleton.ts";

const CELL = 40;

/** How the ground rises from the water: SAMPLE shapes with plausible sizes, not a survey. */
interface Shore {
  /** Metres at the water's edge, and how far the low bank reaches. */
  readonly bank: number;
  readonly reach: number;
  /** Metres gained beyond the bank far inland, and over which distance. */
  readonly rise: number;
  readonly over: number;
}

const RIVER: Shore = { bank: 0.5, reach: 240, rise: 6.5, over: 3400 };
const SEA: Shore = { bank: 1.3, reach: 380, rise: 9, over: 1500 };

/**
 * The demo ground of a city in metres above the normal level of its river or sea: low banks, a slow rise inland, hills
 * where the plan has them, smooth small relief, and hollows such as underpasses. Cells of about 40 m.
 */
export function createGround(skeleton: Skeleton): GroundGrid {
  const { plan, plane, mask } = skeleton;
  const [west, south, east, north] = plan.extent;
  const [minX, minY] = plane.toPlane([west, south]);
  const [maxX, maxY] = plane.toPlane([east, north]);
  const columns = Math.round((maxX - minX) / CELL);
  const rows = Math.round((maxY - minY) / CELL);
  const stepX = (maxX - minX) / columns;
  const stepY = (maxY - minY) / rows;
  const centre = (column: number, row: number): Point => [
    minX + (column + 0.5) * stepX,
    minY + (row + 0.5) * stepY,
  ];

  const water = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      water[row * columns + column] = mask.at(centre(column, row)) & WATER ? 1 : 0;

  const main = openWater(water, skeleton, columns, rows, minX, minY, stepX, stepY);
  const toMain = distances(main, columns, rows);
  const toAny = distances(water, columns, rows);
  const shore = plan.land ? SEA : RIVER;
  const seed = seedOf(plan.id, "ground");
  const hills = plan.hills.map(({ at, radius, height }) => ({ at: plane.toPlane(at), radius, height }));
  const elevation = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column;
      const point = centre(column, row);
      elevation[cell] = water[cell]
        ? -1.5
        : Math.fround(
            Math.round(
              100 *
                groundAt(
                  point,
                  toMain[cell]! * CELL,
                  toAny[cell]! * CELL,
                  shore,
                  hills,
                  seed,
                  mask.at(point),
                ),
            ) / 100,
          );
    }
  return { west, south, east, north, columns, rows, elevation, water };
}

function groundAt(
  [x, y]: Point,
  toMain: number,
  toAny: number,
  shore: Shore,
  hills: readonly { readonly at: Point; readonly radius: number; readonly height: number }[],
  seed: number,
  mask: number,
): number {
  const flat = Math.min(1, toMain / shore.reach);
  const beyond = Math.max(0, toMain - shore.reach);
  let z = shore.bank + flat * 2.1 + shore.rise * (1 - Math.exp(-beyond / shore.over));
  const canal = Math.min(1, toAny / 220);
  z = Math.min(z, 1.4 + canal * 3.2) * (1 - canal) + z * canal;
  for (const hill of hills) {
    const d = Math.hypot(x - hill.at[0], y - hill.at[1]) / hill.radius;
    if (d < 1) z += hill.height * (1 - d * d) ** 2 * Math.min(1, toAny / 300);
  }
  const away = Math.min(1, toAny / 160);
  z += away * (valueNoise(seed, x / 620, y / 620) - 0.5) * 1.9;
  z += away * (valueNoise(seed + 1, x / 170, y / 170) - 0.5) * 0.7;
  const hollow = valueNoise(seed + 2, x / 240, y / 240);
  if (hollow > 0.86) z -= away * (hollow - 0.86) * 16;
  if (mask & RAIL && mask & ROAD) z -= 2.2;
  if (mask & RESERVED) z += 0.2;
  return Math.max(0.15, z);
}

/** The water that the banks belong to: the widest, which is the first drawn body; the whole sea by the coast. */
function openWater(
  water: Uint8Array,
  { plan, water: bodies }: Skeleton,
  columns: number,
  rows: number,
  minX: number,
  minY: number,
  stepX: number,
  stepY: number,
): Uint8Array {
  if (plan.land) return water;
  const open = new Uint8Array(columns * rows);
  const line = bodies[0]?.centreLine ?? [];
  for (let i = 1; i < line.length; i++) {
    const [ax, ay] = line[i - 1]!;
    const [bx, by] = line[i]!;
    const steps = Math.ceil(Math.hypot(bx - ax, by - ay) / CELL);
    for (let k = 0; k <= steps; k++)
      spread(
        Math.floor((ax + ((bx - ax) * k) / steps - minX) / stepX),
        Math.floor((ay + ((by - ay) * k) / steps - minY) / stepY),
      );
  }
  return open;

  function spread(column: number, row: number): void {
    const reach = 6;
    for (let r = row - reach; r <= row + reach; r++)
      for (let c = column - reach; c <= column + reach; c++)
        if (r >= 0 && c >= 0 && r < rows && c < columns && water[r * columns + c]) open[r * columns + c] = 1;
  }
}

/** Distance to the nearest marked cell, in cells: two chamfer passes (Borgefors 1986, weights 1 and 1.4). */
function distances(marked: Uint8Array, columns: number, rows: number): Float32Array {
  const out = new Float32Array(columns * rows).fill(1e6);
  for (let i = 0; i < out.length; i++) if (marked[i]) out[i] = 0;
  const relax = (cell: number, from: number, cost: number): void => {
    const candidate = out[from]! + cost;
    if (candidate < out[cell]!) out[cell] = candidate;
  };
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column;
      if (column > 0) relax(cell, cell - 1, 1);
      if (row === 0) continue;
      relax(cell, cell - columns, 1);
      if (column > 0) relax(cell, cell - columns - 1, 1.4);
      if (column < columns - 1) relax(cell, cell - columns + 1, 1.4);
    }
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--) {
      const cell = row * columns + column;
      if (column < columns - 1) relax(cell, cell + 1, 1);
      if (row === rows - 1) continue;
      relax(cell, cell + columns, 1);
      if (column < columns - 1) relax(cell, cell + columns + 1, 1.4);
      if (column > 0) relax(cell, cell + columns - 1, 1.4);
    }
  return out;
}
