/** When a city came: all of it taken from the picture, so that every engine is judged by the same eye. */
export interface ArrivalTimes {
  /** Milliseconds from the start until the picture first showed something of it. */
  readonly firstMs: number;
  /** Until the picture changed for the last time. */
  readonly settledMs: number;
}

/** So much stillness after the last change ends the watch. */
const STILL_MS = 4000;
const LIMIT_MS = 120_000;
/** Pixels that differ from the empty picture before one speaks of a city. */
const LEAST_PIXELS = 40;

function differing(a: Uint8Array, b: Uint8Array): number {
  let pixels = 0;
  for (let i = 0; i < a.length; i += 4)
    if (Math.abs(a[i]! - b[i]!) + Math.abs(a[i + 1]! - b[i + 1]!) + Math.abs(a[i + 2]! - b[i + 2]!) > 12)
      pixels++;
  return pixels;
}

/**
 * Draws a frame at each tick of the browser and watches the picture until it has been still while `isBusy` says no.
 * `draw` renders at once and gives the pixels.
 */
export async function watchArrival(
  draw: () => Uint8Array,
  empty: Uint8Array,
  startMs: number,
  isBusy: () => boolean,
): Promise<ArrivalTimes> {
  let [first, last] = [0, 0];
  let before = empty;
  for (;;) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const pixels = draw();
    const now = performance.now();
    if (differing(pixels, before) > 0) last = now;
    if (first === 0 && differing(pixels, empty) > LEAST_PIXELS) first = now;
    before = pixels;
    if (now - startMs > LIMIT_MS) throw new Error("the picture did not come to rest");
    if (first > 0 && !isBusy() && now - last > STILL_MS) break;
  }
  return { firstMs: Math.round(first - startMs), settledMs: Math.round(last - startMs) };
}

export function median(values: readonly number[]): number {
  return Math.round(([...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN) * 100) / 100;
}
