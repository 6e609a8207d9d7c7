/**
 * All buildings of a demo city as columns: what analyses and lists read without touching tiles. Written by
 * scripts/demo-city.ts as `index.bin` beside the tileset, read in the page and in the analysis worker.
 * Row order is the order of ids: row r has id `<prefix>-<r + 1 padded to 6>`.
 */
export interface BuildingIndex {
  readonly count: number;
  readonly idPrefix: string;
  /** Footprint centroid, degrees WGS 84. */
  readonly longitudeDeg: Float64Array;
  readonly latitudeDeg: Float64Array;
  /** Metres above ground. */
  readonly height: Float32Array;
  readonly floors: Uint16Array;
  /** Year of completion. */
  readonly year: Uint16Array;
  /** Position in BUILDING_USES. */
  readonly use: Uint8Array;
  readonly residentsDay: Uint32Array;
  readonly residentsNight: Uint32Array;
  /** Footprint area, m². */
  readonly footprintArea: Float32Array;
  /** Position in `districts`. */
  readonly district: Uint8Array;
  readonly districts: readonly string[];
  /** Names of named rows (landmarks); others have an address only. */
  readonly names: Readonly<Record<number, string>>;
}

/**
 * Demo ground of a city (SAMPLE): ground elevation in metres above the river's normal level on a regular
 * longitude-latitude grid of cells, row 0 in the south, column 0 in the west; values stand at cell centres, `west` … `north`
 * are the outer edges. Written as `ground.bin`.
 */
export interface GroundGrid {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  readonly columns: number;
  readonly rows: number;
  readonly elevation: Float32Array;
  /** 1 where open water is at normal level: the cells that inundation grows from. */
  readonly water: Uint8Array;
}
