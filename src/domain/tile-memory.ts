/** Ceilings of tile memory that users choose from, MiB: all tiles of all tilesets together, as the engine counts them. */
export const TILE_MEMORY_MIB = [128, 256, 512, 1024, 2048] as const;

export type TileMemoryMib = (typeof TILE_MEMORY_MIB)[number];

export const DEFAULT_TILE_MEMORY_MIB: TileMemoryMib = 512;

export function isTileMemoryMib(value: unknown): value is TileMemoryMib {
  return (TILE_MEMORY_MIB as readonly unknown[]).includes(value);
}
