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
    for (const weights of [[1], [1, 1], [1, 0.05, 0.05], [0.05], []]) {
      const shares = shareMemory(mib * MIB, weights);
      const limit = shares.reduce(
        (sum, { cacheBytes, overflowBytes }) => sum + cacheBytes + overflowBytes,
        0,
      );
      expect(limit).toBeLessThanOrEqual(mib * MIB - 12 * MIB * (weights.length ? 1 : 0));
      if (weights.length) expect(limit).toBeGreaterThan(mib * MIB * 0.7);
      for (const { cacheBytes, overflowBytes } of shares) expect(overflowBytes).toBeLessThan(cacheBytes);
    }
  });

  it("gives hidden tilesets next to nothing, and all of it back when they are shown", () => {
    const [city, model] = [fakeTileset(0), fakeTileset(0)];
    applyMemoryCeiling(400 * MIB, [
      { tileset: city, visible: true },
      { tileset: model, visible: false },
      { tileset: null, visible: true },
    ]);
    expect(model.cacheBytes).toBeLessThan(city.cacheBytes / 15);
    applyMemoryCeiling(400 * MIB, [
      { tileset: city, visible: true },
      { tileset: model, visible: true },
    ]);
    expect(model.cacheBytes).toBe(city.cacheBytes);
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
