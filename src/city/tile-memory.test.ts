import type { Cesium3DTileset } from "cesium";
import { describe, expect, it } from "vitest";
import { applyMemoryCeiling, isStarved, shareMemory } from "./tile-memory.ts";

const MIB = 1024 * 1024;

function fakeTileset(bytes: number, pending = 0): Cesium3DTileset {
  return {
    cacheBytes: 0,
    maximumCacheOverflowBytes: 0,
    totalMemoryUsageInBytes: bytes,
    statistics: { numberOfPendingRequests: pending },
  } as unknown as Cesium3DTileset;
}

describe("tile memory", () => {
  it.each([48, 96, 512, 4096])("stays under %i MiB however many tilesets there are", (mib) => {
    for (const count of [1, 2, 7])
      for (const hidden of [0, 0.2 * mib * MIB]) {
        const { cacheBytes, overflowBytes } = shareMemory(mib * MIB, count, hidden);
        const limit = count * (cacheBytes + overflowBytes) + hidden;
        expect(limit).toBeLessThanOrEqual(mib * MIB - 12 * MIB);
        expect(limit).toBeGreaterThan(mib * MIB * 0.7);
        expect(overflowBytes).toBeLessThan(cacheBytes);
      }
  });

  it("takes off what hidden tilesets hold, and gives it back when they are shown", () => {
    const [city, model] = [fakeTileset(0), fakeTileset(60 * MIB)];
    applyMemoryCeiling(400 * MIB, [
      { tileset: city, visible: true },
      { tileset: model, visible: false },
      { tileset: null, visible: true },
    ]);
    const limit = city.cacheBytes + city.maximumCacheOverflowBytes;
    expect(Math.round(limit / MIB)).toBe(400 * 0.85 - 60);
    applyMemoryCeiling(400 * MIB, [
      { tileset: city, visible: true },
      { tileset: model, visible: true },
    ]);
    expect(model.cacheBytes).toBe(city.cacheBytes);
    expect(Math.round((city.cacheBytes + city.maximumCacheOverflowBytes) / MIB)).toBe(170);
  });

  it("calls a view at rest when only memory is missing", () => {
    const full = fakeTileset(90 * MIB);
    applyMemoryCeiling(100 * MIB, [{ tileset: full, visible: true }]);
    expect(isStarved(full)).toBe(true);
    const loading = fakeTileset(90 * MIB, 2);
    applyMemoryCeiling(100 * MIB, [{ tileset: loading, visible: true }]);
    expect(isStarved(loading)).toBe(false);
    const roomy = fakeTileset(20 * MIB);
    applyMemoryCeiling(100 * MIB, [{ tileset: roomy, visible: true }]);
    expect(isStarved(roomy)).toBe(false);
  });
});
