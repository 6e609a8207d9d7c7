import type { TerrainGrids, TerrainSetup, TerrainTile, TileAddress } from "./contract.ts";
import { createDemPlace } from "./dem-place.ts";
import { meshTile } from "./mesh-tile.ts";
import { TileHeights } from "./tile-heights.ts";
import { waterMask } from "./water-mask.ts";
import { writeQuantizedMesh } from "./write-quantized-mesh.ts";

/** Null for a tile without any post: it is left out, and the page stretches the one above. */
export type EncodeTile = (tile: TileAddress) => { result: TerrainTile; bytes: Uint8Array | null };

/** One tile's file, a pure function of setup and rasters; made once a thread. */
export function createTileEncoder(setup: TerrainSetup, { heights, water }: TerrainGrids): EncodeTile {
  const place = createDemPlace(setup.frame);
  return (tile) => {
    const seen = new TileHeights(tile, heights, place, setup);
    if (tile.level > 0 && !seen.hasData)
      return { result: { ...tile, bytes: 0, vertices: 0, triangles: 0 }, bytes: null };
    const mesh = meshTile(tile, setup, seen, place);
    const bytes = writeQuantizedMesh(tile, mesh, waterMask(tile, water, place, seen.halving));
    const triangles = mesh.triangles.length / 3;
    return { result: { ...tile, bytes: bytes.length, vertices: mesh.u.length, triangles }, bytes };
  };
}

export function tilePath({ level, x, y }: TileAddress): string {
  return `${level}/${x}/${y}.terrain`;
}
