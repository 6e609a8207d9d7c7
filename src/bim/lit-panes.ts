import type { TileLayer } from "./tile-layer.ts";

/** Panes within such a cell light up together: about a room. Metres along, up, along. */
const CELL = [7, 3.9, 7] as const;
const LIT_SHARE = 0.36;

/**
 * How much each vertex of a transparent layer glows at night, 0-255: about a third of the upright panes, stable from
 * frame to frame and from load to load because it follows from where they are. Lying glass stays dark.
 */
export function litPanes({ boxes, first, index, positions }: TileLayer): Uint8Array {
  const lit = new Uint8Array(positions.length / 3);
  for (let f = 0; f + 1 < first.length; f++) {
    const from = first[f] as number;
    const to = first[f + 1] as number;
    if (from === to) continue;
    const at = (i: number) => boxes[f * 6 + i] as number;
    const isUpright = at(4) - at(1) > 0.9 && at(4) - at(1) < 8;
    const cell = CELL.map((size, axis) => Math.floor((at(axis) + at(axis + 3)) / 2 / size));
    const chance = hash(cell[0] as number, cell[1] as number, cell[2] as number);
    if (!isUpright || chance > LIT_SHARE) continue;
    const level = Math.round(255 * (0.45 + 0.55 * (1 - chance / LIT_SHARE)));
    for (let i = from; i < to; i++) lit[index[i] as number] = level;
  }
  return lit;
}

/** 0 to 1. */
function hash(x: number, y: number, z: number): number {
  let h = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77) ^ Math.imul(z, 0xc2b2ae3d);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h ^= h >>> 12;
  return (h >>> 0) / 0xffffffff;
}
