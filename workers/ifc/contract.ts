import type { Progress } from "../../src/domain/job.ts";
import type { MapConversion } from "../../src/domain/map-conversion.ts";
import type { IfcModel } from "../../src/domain/model.ts";

export interface ConvertOptions {
  readonly fileName: string;
  /** Takes precedence over the CRS named in the file: `EPSG:4550`. */
  readonly crs?: string;
  /** Places a model without georeference; degrees, metres, clockwise from north. */
  readonly place?: {
    readonly longitudeDeg: number;
    readonly latitudeDeg: number;
    readonly height: number;
    readonly headingDeg: number;
  };
}

/** `--json` of the command line: one line with this. */
export interface ConvertSummary {
  readonly elements: number;
  readonly triangles: number;
  readonly bytes: number;
  readonly tiles: number;
  readonly schema: string;
  readonly georeference: IfcModel["georeference"];
  readonly issues: IfcModel["issues"];
  readonly ms: {
    readonly open: number;
    readonly geometry: number;
    readonly encode: number;
    readonly total: number;
  };
  readonly memory: ConvertMemory;
}

/** What a conversion held at its height, bytes; they are held at the same time. */
export interface ConvertMemory {
  /** The file, unpacked. */
  readonly text: number;
  /** Where its statements are. */
  readonly tables: number;
  /** The kernel's memory, which never shrinks. */
  readonly kernel: number;
  /** All shapes of all elements, each once. */
  readonly shapes: number;
}

/** Some of a model's elements while the rest is still being made: a tileset of one tile. */
export interface PreviewPart {
  /** 0 for the first of a conversion. */
  readonly part: number;
  readonly georeference: IfcModel["georeference"];
  /** Around its elements, in a model frame at the georeference's origin. */
  readonly box: IfcModel["box"];
  readonly tilesetJson: Uint8Array<ArrayBuffer>;
  /** What the tileset names `0.glb`. */
  readonly glb: Uint8Array<ArrayBuffer>;
}

/** Exposed by ifc.worker.ts through Comlink. One disposable worker an import; terminated on cancel or by the watchdog. */
export interface IfcWorker {
  /**
   * Converts into OPFS `models/<contentHash>/` (`model.json` written last: a folder without it is garbage and is removed).
   * Answers from the cache when the same content was converted by the same converter version.
   * Throws plain errors with codes `ifc.*`.
   */
  convert(
    file: Blob,
    options: ConvertOptions,
    /** Comlink proxy; called at most 20 times a second. */
    onProgress: (progress: Progress) => void,
    /** Comlink proxy; parts of the model to show while the rest is made. None when it is answered from the cache. */
    onPreview: (part: PreviewPart, modelId: string) => void,
    /** Other end of the port that a second worker was given with `help`. */
    helper?: MessagePort,
  ): Promise<{
    readonly modelId: string;
    readonly summary: ConvertSummary | null;
    readonly fromCache: boolean;
  }>;
  /** Starts the kernel, for a conversion that is likely to come. */
  warm(): void;
  /** Makes half of the shapes of the same file for the worker at the other end of the port, when that one asks. */
  help(file: Blob, fileName: string, port: MessagePort): void;
  /**
   * A copy of the file with a map conversion and its target system inside; nothing else changes. The copy is made of
   * slices of the file, not held in memory. Throws plain errors with codes `ifc.*`.
   */
  writeCopy(
    file: Blob,
    fileName: string,
    conversion: MapConversion,
    onProgress: (progress: Progress) => void,
  ): Promise<{ readonly name: string; readonly blob: Blob }>;
}
