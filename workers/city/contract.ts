/**
 * Building a city: any number of inputs with footprints or surfaces become one 3D Tiles folder. Pure code: bytes come
 * from `ByteSource`s, tiles go through a `TileEncoder` into a sink, so that Node threads, browser workers and tests share it.
 */
import type { TileSink } from "../tiles/contract.ts";

/** One input. `chunks` may be asked for more than once; each time it begins at the start. */
export interface ByteSource {
  /** File name, for messages and to tell formats apart. */
  readonly name: string;
  /** Bytes in all, when known. */
  readonly size: number | null;
  chunks(): AsyncIterable<Uint8Array>;
  /** The file beside it with the same stem and this extension (`dbf`), or null. */
  sibling(extension: string): Promise<ByteSource | null>;
}

export type HeightDatum = "ellipsoidal" | "orthometric";

export interface CityOptions {
  /** Coordinate system of all inputs; else each file's own, else WGS 84. */
  readonly crs?: string;
  /** Input longitudes and latitudes are GCJ-02. */
  readonly gcj02?: boolean;
  readonly heightField?: string;
  readonly floorsField?: string;
  readonly idField?: string;
  readonly nameField?: string;
  /** Metres a floor, where only floors are given. */
  readonly floorHeight: number;
  /** Metres, where neither height nor floors are given. */
  readonly defaultHeight: number;
  readonly heightDatum: HeightDatum;
  /** Ellipsoidal minus orthometric height, metres; only with orthometric heights. */
  readonly geoid: number;
  /** Goes into `source.json` and the tileset's copyright. */
  readonly title?: string;
}

export const DEFAULT_OPTIONS: CityOptions = {
  floorHeight: 3,
  defaultHeight: 6,
  heightDatum: "ellipsoidal",
  geoid: 0,
};

/** A finding about one feature. `repaired`: it stands in the tiles, changed. `refused`: it does not. */
export interface CityIssue {
  readonly code: string;
  readonly outcome: "noted" | "repaired" | "refused";
  readonly input: string;
  /** Position of the feature in its file, from 0. */
  readonly index: number;
  readonly id: string;
  readonly what: string;
  /** Longitude and latitude in degrees, when known. */
  readonly place?: readonly [number, number];
}

export interface CityProgress {
  readonly phase: "read" | "encode";
  readonly done: number;
  /** Bytes of input or tiles; null when unknown. */
  readonly total: number | null;
  readonly features: number;
}

export interface CitySummary {
  readonly read: number;
  readonly built: number;
  readonly refused: number;
  readonly tiles: number;
  readonly bytes: number;
  readonly triangles: number;
  readonly crs: readonly string[];
  /** Longitude and latitude degrees: west, south, east, north. */
  readonly bounds: readonly [number, number, number, number];
  /** Number of issues by code. */
  readonly issues: Readonly<Record<string, number>>;
  readonly ms: {
    readonly read: number;
    readonly plan: number;
    readonly encode: number;
    readonly total: number;
  };
}

/** Pages are shared where the host allows it (Node, isolated pages); one thread needs no sharing. */
export type RecordPage = SharedArrayBuffer | ArrayBuffer;

/** Records of all features, readable from any thread: pages shared in memory; null where a page was put aside. */
export interface SharedRecords {
  readonly pages: readonly (RecordPage | null)[];
  readonly pageBytes: number;
}

/** Where pages go that memory has no room for: a file in which page n begins at n times the size of a page. */
export interface RecordSpill {
  write(bytes: Uint8Array, at: number): void;
}

/** Bytes of the spill; fewer at its end. */
export type ReadSpill = (at: number, length: number) => Uint8Array;

export type CityColumnType =
  | "STRING"
  | "ENUM"
  | "BOOLEAN"
  | "FLOAT32"
  | "FLOAT64"
  | "INT8"
  | "INT16"
  | "INT32"
  | "UINT8"
  | "UINT16"
  | "UINT32";

/** How a source attribute becomes a column of the property tables. */
export interface CityColumn {
  /** Position among the source attributes of the records. */
  readonly source: number;
  readonly id: string;
  readonly name: string;
  readonly type: CityColumnType;
  readonly unit?: string;
  /** Texts that the records hold as numbers. */
  readonly dictionary: readonly string[];
  /** For ENUM: dictionary position to code; the last code means none. */
  readonly enumNames?: readonly string[];
  readonly noData?: number | string;
}

/** What every encoder of a city must know. Structured-cloneable. */
export interface EncodeSetup {
  readonly records: SharedRecords;
  readonly columns: readonly CityColumn[];
  readonly present: StandardColumns;
  readonly copyright: string;
}

/** Which of the columns that the app knows by name have any value in this city. */
export interface StandardColumns {
  readonly name: boolean;
  readonly use: boolean;
  readonly floors: boolean;
  readonly year: boolean;
  readonly heightSource: boolean;
}

/** One tile to write: records by address, in table order. */
export interface TileJob {
  readonly uri: string;
  readonly addresses: Float64Array;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** Metres above the ellipsoid. */
  readonly height: number;
}

export interface TileResult {
  readonly uri: string;
  readonly bytes: number;
  readonly triangles: number;
  /** In the tile's ENU frame. */
  readonly min: readonly [number, number, number];
  readonly max: readonly [number, number, number];
}

/** Encodes and stores tiles, as many at once as it likes. */
export interface TileEncoder {
  start(setup: EncodeSetup): Promise<void>;
  encode(job: TileJob): Promise<TileResult>;
  /** Tiles worth having in flight. */
  readonly parallel: number;
  close(): Promise<void>;
}

export interface CityTask {
  readonly inputs: readonly ByteSource[];
  readonly options: CityOptions;
  readonly sink: TileSink;
  readonly encoder: TileEncoder;
  /** Without it all records stay in memory, some 150 bytes a building. */
  readonly spill?: RecordSpill;
  readonly onProgress?: (progress: CityProgress) => void;
  readonly signal?: AbortSignal;
}
