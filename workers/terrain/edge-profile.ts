import { QUANTA } from "./tile-grid.ts";

/** Places along a side, from south or west, and their heights. */
export interface EdgeProfile {
  readonly places: readonly number[];
  readonly heights: readonly number[];
}

/**
 * The vertices of a tile's side: chosen from heights along that side alone, always in the same direction, so that the tile
 * on the other side chooses the same. Douglas-Peucker between fixed places.
 * @param heightAt metres at a place 0..QUANTA, a multiple of the border step
 * @param samples a power of two, at least `fixed`
 * @param fixed a power of two: segments that are kept for the Earth's curve
 */
export function createEdgeProfile(
  heightAt: (place: number) => number,
  samples: number,
  fixed: number,
  tolerance: number,
): EdgeProfile {
  const places = Array.from({ length: samples + 1 }, (_, k) => Math.round((k * QUANTA) / samples));
  const heights = places.map(heightAt);
  const kept = new Uint8Array(samples + 1);
  const stride = samples / fixed;
  for (let k = 0; k <= samples; k += stride) kept[k] = 1;
  for (let k = 0; k < samples; k += stride) keepWorst(places, heights, kept, k, k + stride, tolerance);
  const chosen = [...kept.keys()].filter((k) => kept[k] === 1);
  return { places: chosen.map((k) => places[k]!), heights: chosen.map((k) => heights[k]!) };
}

function keepWorst(
  places: readonly number[],
  heights: readonly number[],
  kept: Uint8Array,
  from: number,
  to: number,
  tolerance: number,
): void {
  let worst = -1;
  let most = tolerance;
  for (let k = from + 1; k < to; k++) {
    const share = (places[k]! - places[from]!) / (places[to]! - places[from]!);
    const error = Math.abs(heights[from]! + (heights[to]! - heights[from]!) * share - heights[k]!);
    if (error > most) {
      most = error;
      worst = k;
    }
  }
  if (worst < 0) return;
  kept[worst] = 1;
  keepWorst(places, heights, kept, from, worst, tolerance);
  keepWorst(places, heights, kept, worst, to, tolerance);
}
