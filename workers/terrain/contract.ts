import type { HeightPyramid } from "./height-pyramid.ts";

/** Where the posts of a height model lie; plain data, so that it reaches threads. */
export interface DemFrame {
  readonly columns: number;
  readonly rows: number;
  /** Anything that `createProjection` takes. */
  readonly crs: string;
  /** The map coordinates of post (0, 0), then what one column and one row add: x0, y0, xColumn, yColumn, xRow, yRow. */
  readonly affine: readonly [number, number, number, number, number, number];
}

export interface TerrainOptions {
  /** Metres by which the finest tiles may leave the height model at its posts. */
  readonly maxError: number;
  /** Metres of the given heights above the ellipsoid: 0, or the geoid's undulation where heights are orthometric. */
  readonly geoid: number;
  readonly heightDatum: "ellipsoidal" | "orthometric";
  /** Height (as given) around the model and in large voids, metres. */
  readonly outside: number;
  /** Posts at or below this height (as given) are water; null when none is. */
  readonly waterLevel: number | null;
  readonly title: string;
}

export const DEFAULT_TERRAIN_OPTIONS: TerrainOptions = {
  maxError: 1,
  geoid: 0,
  heightDatum: "ellipsoidal",
  outside: 0,
  waterLevel: null,
  title: "terrain",
};

/** What every tile is made with; plain data. */
export interface TerrainSetup {
  readonly frame: DemFrame;
  readonly options: TerrainOptions;
  readonly maxLevel: number;
  /** Metres: heights on the borders of tiles are multiples of it, so that neighbours agree. */
  readonly borderStep: number;
  readonly hasWater: boolean;
}

/** Heights as given (NaN where there is none), and the share of water in each cell. */
export interface TerrainGrids {
  readonly heights: HeightPyramid;
  readonly water: HeightPyramid | null;
}

/** A tile of the geographic TMS scheme: two tiles at level 0, y from the south. */
export interface TileAddress {
  readonly level: number;
  readonly x: number;
  readonly y: number;
}

export interface TerrainTile extends TileAddress {
  /** 0 when there is nothing to show there: the tile is left out. */
  readonly bytes: number;
  readonly vertices: number;
  readonly triangles: number;
}

/** Makes tiles and puts them where they belong: here or on threads. */
export interface TileMesher {
  readonly parallel: number;
  start(setup: TerrainSetup): Promise<void>;
  mesh(tile: TileAddress): Promise<TerrainTile>;
  close(): Promise<void>;
}

export interface TerrainProgress {
  readonly phase: "read" | "mesh";
  /** Rows read, or tiles made. */
  readonly done: number;
  readonly total: number;
}

export interface TerrainSummary {
  readonly tiles: number;
  readonly bytes: number;
  readonly vertices: number;
  readonly triangles: number;
  readonly maxLevel: number;
  readonly crs: string;
  /** West, south, east, north, degrees. */
  readonly bounds: readonly [number, number, number, number];
  /** Of the model's posts, metres above the ellipsoid. */
  readonly heights: { readonly min: number; readonly max: number };
  readonly voids: number;
  readonly maxError: number;
}
