import type { Cesium3DTileset } from "cesium";

/** Share of the ceiling that is trimmed to, and share that tiles needed for the view may reach before detail is lowered. */
const CACHE_SHARE = 0.6;
const LIMIT_SHARE = 0.85;
/** The rest, and this much of a small ceiling at least, is for tiles that are being unpacked when the limit is met. */
const LEAST_HEADROOM = 12 * 1024 * 1024;
/** Weight of a tileset that is not shown: it keeps what it has only while there is room. */
const HIDDEN_WEIGHT = 0.05;

export interface MemoryShare {
  readonly cacheBytes: number;
  readonly overflowBytes: number;
}

/** What each tileset may hold so that all of them stay under `ceiling` bytes: parts by weight, headroom taken off first. */
export function shareMemory(ceiling: number, weights: readonly number[]): MemoryShare[] {
  const room = Math.max(0, Math.min(ceiling * LIMIT_SHARE, ceiling - LEAST_HEADROOM));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => {
    const limit = total > 0 ? (room * weight) / total : 0;
    const cacheBytes = Math.floor((limit * CACHE_SHARE) / LIMIT_SHARE);
    return { cacheBytes, overflowBytes: Math.floor(limit) - cacheBytes };
  });
}

interface Held {
  readonly tileset: Cesium3DTileset | null;
  readonly visible: boolean;
}

/** Sets the limits of all tilesets on the stage; asked again when one comes, goes, is shown or hidden. */
export function applyMemoryCeiling(ceiling: number, entries: Iterable<Held>): void {
  const held: { tileset: Cesium3DTileset; weight: number }[] = [];
  for (const { tileset, visible } of entries)
    if (tileset) held.push({ tileset, weight: visible ? 1 : HIDDEN_WEIGHT });
  shareMemory(
    ceiling,
    held.map(({ weight }) => weight),
  ).forEach(({ cacheBytes, overflowBytes }, i) => {
    held[i]!.tileset.cacheBytes = cacheBytes;
    held[i]!.tileset.maximumCacheOverflowBytes = overflowBytes;
  });
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
