/**
 * What goes into one tile. Frame: tile-local ENU metres (x east, y north, z up); the writer turns it to glTF's Y-up.
 * Arrays are owned by the caller and not kept.
 */
export interface TileMesh {
  /** xyz per vertex, metres, relative to the tile's `transform` origin. */
  readonly positions: Float32Array;
  /** Unit normals: xyz per vertex, or as int8 (127 is 1) four bytes per vertex. */
  readonly normals: Float32Array | Int8Array;
  /** Triangles. */
  readonly indices: Uint32Array;
  /** Vertices already come in the order of their first use, and all are used: no sorting (a fifth of the writing time). */
  readonly isOrdered?: boolean;
  /** Feature id per vertex, 0 .. features-1, at most 4096 features a tile. */
  readonly featureIds: Uint16Array;
  readonly material: TileMaterial;
  /** _FACADE (four u8 per vertex), only for generated city buildings. */
  readonly facade?: Uint8Array;
  /** _ROW (low and high u16 per vertex): row of the building in its city's index, so that a filter is one texture. */
  readonly rows?: Uint16Array;
  /** TEXCOORD_0 as fixed point u16 pairs, only for generated city buildings. */
  readonly texcoords?: Uint16Array;
  /** Pairs of vertex indices of crease and boundary edges: written as CESIUM_primitive_outline, never required. */
  readonly outline?: Uint32Array;
}

/** One shape that stands in many places (EXT_mesh_gpu_instancing with EXT_instance_features). */
export interface InstancedMesh {
  /** xyz per vertex in the shape's own frame, z up; in units of `scale` metres. */
  readonly positions: Float32Array;
  /** Unit normals as int8 (127 is 1), four bytes per vertex. */
  readonly normals: Int8Array;
  /** Triangles, vertices in the order of their first use. */
  readonly indices: Uint32Array;
  /** Least and greatest xyz of the positions, in their units: six numbers. */
  readonly box: ArrayLike<number>;
  /** The same for all places. */
  readonly scale: number;
  /** tileFromShape, 16 numbers a place, column-major: turned, scaled by `scale` and moved, nothing else. */
  readonly places: Float64Array;
  /** Feature id per place. */
  readonly featureIds: Uint16Array;
  readonly material: TileMaterial;
}

export interface TileMaterial {
  readonly name: string;
  /** Linear RGBA, 0..1. Alpha below 1 makes it BLEND. */
  readonly color: readonly [number, number, number, number];
  readonly doubleSided: boolean;
  readonly metallic: number;
  readonly roughness: number;
}

export type ColumnType =
  | "STRING"
  | "BOOLEAN"
  | "FLOAT32"
  | "FLOAT64"
  | "INT8"
  | "INT16"
  | "INT32"
  | "UINT8"
  | "UINT16"
  | "UINT32";

/** A property table column; `values` has one entry per feature. */
export interface PropertyColumn {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly type: ColumnType;
  /** Semantic such as `ID` or `NAME`, optional. */
  readonly semantic?: string;
  /** For UINT8 and UINT16: enum names by code. */
  readonly enumNames?: readonly string[];
  /** Unit of measure, such as `m`; goes into the property's `extras.unit`. */
  readonly unit?: string;
  /** The value that stands for none; for enums the name. */
  readonly noData?: number | string;
  /** Numbers, texts, or 0 and 1 for BOOLEAN. */
  readonly values: readonly string[] | ArrayLike<number>;
}

export interface TileContent {
  readonly meshes: readonly TileMesh[];
  readonly instances?: readonly InstancedMesh[];
  /** Least and greatest xyz of all positions of `meshes`, when they are known already. */
  readonly bounds?: { readonly min: readonly number[]; readonly max: readonly number[] };
  /** Added to all positions in double precision: where the positions' origin lies in the tile's frame, metres. */
  readonly origin?: readonly [number, number, number];
  /**
   * Widest distance between neighbouring positions, metres, horizontally and vertically: they come back right to half of
   * it. 1 mm when absent, or better.
   */
  readonly steps?: { readonly horizontal: number; readonly vertical: number };
  /** Class name of the property table: `building` or `element`. */
  readonly className: string;
  readonly columns: readonly PropertyColumn[];
  readonly featureCount: number;
  /** Shown in glTF `asset.copyright`, which the city view lists among its credits. */
  readonly copyright?: string;
}

/** Where tiles go: a folder in Node, OPFS or memory in the browser. Paths are relative, with `/`. */
export interface TileSink {
  write(path: string, bytes: Uint8Array): Promise<void>;
}
