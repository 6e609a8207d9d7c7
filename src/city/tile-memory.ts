import type { Cesium3DTileset } from "cesium";

/** Share of the ceiling that is trimmed to, and share that tiles needed for the view may reach before detail is lowered. */
const CACHE_SHARE = 0.6;
const LIMIT_SHARE = 0.85;
/** The rest, and this much of a small ceiling at least, is for tiles that are being unpacked when the limit is met. */
const LEAST_HEADROOM = 12 * 1024 * 1024;
/** What is shown gets this share of the ceiling at least, whatever hidden tilesets hold. */
const LEAST_SHOWN_SHARE = 0.3;

export interface MemoryShare {
  readonly cacheBytes: number;
  readonly overflowBytes: number;
}

/** What each of `count` shown tilesets may hold so that all, with `hiddenBytes` of others, stay under `ceiling` bytes. */
export function shareMemory(ceiling: number, count: number, hiddenBytes = 0): MemoryShare {
  const room = Math.max(0, Math.min(ceiling * LIMIT_SHARE, ceiling - LEAST_HEADROOM));
  const limit = Math.max(room - hiddenBytes, room * LEAST_SHOWN_SHARE) / Math.max(1, count);
  const cacheBytes = Math.floor((limit * CACHE_SHARE) / LIMIT_SHARE);
  return { cacheBytes, overflowBytes: Math.floor(limit) - cacheBytes };
}

interface Held {
  readonly tileset: Cesium3DTileset | null;
  readonly visible: boolean;
}

/**
 * Sets the limits of all tilesets on the stage; asked again when one comes, goes, is shown or hidden. The engine neither
 * loads nor frees anything of a hidden tileset, so what it holds is taken off for the others.
 */
export function applyMemoryCeiling(ceiling: number, entries: Iterable<Held>): void {
  const shown: Cesium3DTileset[] = [];
  let hiddenBytes = 0;
  for (const { tileset, visible } of entries)
    if (tileset && visible) shown.push(tileset);
    else hiddenBytes += tileset?.totalMemoryUsageInBytes ?? 0;
  const { cacheBytes, overflowBytes } = shareMemory(ceiling, shown.length, hiddenBytes);
  for (const tileset of shown) {
    tileset.cacheBytes = cacheBytes;
    tileset.maximumCacheOverflowBytes = overflowBytes;
  }
}

/**
 * Whether all that is still missing waits for memory: nothing is on its way, and what is there fills the limit. Such a view
 * is at rest, only coarser than it could be.
 */
export function isStarved(tileset: Cesium3DTileset): boolean {
  const { numberOfPendingRequests } = (
    tileset as unknown as { statistics: { numberOfPendingRequests: number } }
  ).statistics;
  const limit = tileset.cacheBytes + tileset.maximumCacheOverflowBytes;
  return numberOfPendingRequests === 0 && tileset.totalMemoryUsageInBytes > limit * 0.97;
}
