/**
 * A file that the user dropped becomes something the city can show: features (points, lines, areas with attributes), a
 * raster, or tiles. Pure functions over `ByteSource`s; one worker holds one layer for as long as it is shown.
 */
import type { Issue } from "../../src/base/errors.ts";
import type { Progress } from "../../src/domain/job.ts";
import type { FieldTitle } from "../../src/domain/layer.ts";
import type { LayerStyle } from "../../src/domain/layer-style.ts";
import type { AttributeValue } from "../../src/domain/selection.ts";
import type { TableVerbs } from "../table/contract.ts";

export type DataFormat =
  | "GeoJSON"
  | "KML"
  | "CZML"
  | "Shapefile"
  | "CSV"
  | "FlatGeobuf"
  | "GPX"
  | "CityJSON"
  | "CityGML"
  | "glTF"
  | "3D Tiles"
  | "GeoTIFF";

export interface OpenOptions {
  /** Coordinate system of the file, in place of its own. */
  readonly crs?: string;
  /** Its longitudes and latitudes are GCJ-02. */
  readonly gcj02?: boolean;
  /** Where the user is, degrees: chooses among coordinate systems that the file does not name. */
  readonly near: readonly [number, number];
  /** Looks by attribute, in place of the file's own. Its features stay features, also where they could be buildings. */
  readonly style?: LayerStyle;
  /** What its attributes are called. */
  readonly fields?: Readonly<Record<string, FieldTitle>>;
}

/** Points as the city's buffers take them. */
export interface PointBuffers {
  /** ECEF metres, three for each point. */
  readonly positions: Float64Array;
  /** Feature of each point. */
  readonly features: Uint32Array;
  /** 0xRRGGBBAA for each point, 0 where the layer's colour counts; absent when none has its own. */
  readonly colors?: Uint32Array;
  /** Without heights of their own: they keep above the ground at any distance. */
  readonly isFlat: boolean;
}

/** Lines or triangles in space, ECEF metres. */
export interface SpaceBuffers {
  readonly positions: Float64Array;
  /** End of each piece in vertices. */
  readonly ends: Uint32Array;
  readonly features: Uint32Array;
  readonly colors?: Uint32Array;
  /** For areas: corners of triangles, counted from each piece's first vertex, and each piece's end in corners. */
  readonly triangles?: Uint32Array;
  readonly triangleEnds?: Uint32Array;
}

interface Opened {
  readonly format: DataFormat;
  /** Name without its extension. */
  readonly name: string;
  /** What its coordinates were read as. */
  readonly crs: string;
  /** The first ones of every kind, in the order of the file. */
  readonly issues: readonly Issue[];
  readonly issueCount: number;
  /** Longitude and latitude degrees: west, south, east, north. */
  readonly bounds: readonly [number, number, number, number];
}

export interface OpenedFeatures extends Opened {
  readonly kind: "features";
  /** Shown features, and those refused (listed among the issues). */
  readonly features: number;
  readonly refused: number;
  readonly points: readonly PointBuffers[];
  readonly lines: SpaceBuffers | null;
  readonly areas: SpaceBuffers | null;
  /** Lines and areas without heights lie on the ground: `drawTile` draws them. */
  readonly isDraped: boolean;
}

/** Tiles that `readTile` gives, beginning at `root`. */
export interface OpenedTiles extends Opened {
  readonly kind: "tiles";
  readonly features: number;
  readonly refused: number;
  readonly root: string;
  /** It has no place on earth: the user says where it stands. */
  readonly isUnplaced: boolean;
}

/** A picture or heights, drawn on the ground by `drawTile`. */
export interface OpenedRaster extends Opened {
  readonly kind: "raster";
  readonly features: number;
  readonly refused: number;
  /** Columns and rows. */
  readonly size: readonly [number, number];
  /** Metres that the colours of heights span; null for a picture. */
  readonly range: readonly [number, number] | null;
}

/** What another part of the product opens. */
export interface PassedOn {
  readonly kind: "passed";
  readonly to: "ifc" | "incident";
}

export type OpenedData = OpenedFeatures | OpenedTiles | OpenedRaster | PassedOn;

/** What a map tile covers, degrees. */
export interface DataWindow {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  readonly pixels: number;
}

export interface FeatureDetail {
  readonly feature: number;
  readonly title: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** Middle of its box, degrees and metres. */
  readonly place: { readonly longitudeDeg: number; readonly latitudeDeg: number; readonly height: number };
  /** Metres across. */
  readonly size: number;
}

/** Exposed by geodata.worker.ts through Comlink. One worker a layer; terminated on cancel and when the layer goes. */
export interface GeodataWorker extends TableVerbs {
  /** `files[0]` is the file, the others lie beside it. Throws plain errors; nothing is half open then. */
  open(
    files: readonly File[],
    options: OpenOptions,
    /** Comlink proxy; called at most 20 times a second. */
    onProgress: (progress: Progress) => void,
  ): Promise<OpenedData>;
  /** The layer on one map tile, or one feature of it, emphasised; null where nothing lies. */
  drawTile(window: DataWindow, color: string, feature: number | null): Promise<ImageBitmap | null>;
  /** What lies draped at a place, the topmost; null where nothing does. */
  pick(longitudeDeg: number, latitudeDeg: number, metersPerPixel: number): Promise<FeatureDetail | null>;
  describe(feature: number): Promise<FeatureDetail | null>;
  readTile(path: string): Promise<ArrayBuffer>;
}
