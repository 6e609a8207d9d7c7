import type { AffectedSummary } from "../../src/domain/scenario.ts";

export interface AnalysisArea {
  /** Rings of lon, lat pairs, degrees. */
  readonly polygons: readonly (readonly (readonly [number, number])[])[];
  readonly circles: readonly {
    readonly longitudeDeg: number;
    readonly latitudeDeg: number;
    readonly radius: number;
  }[];
}

/** Triangles of the water surface. */
export interface WaterMesh {
  /** Interleaved longitudeDeg, latitudeDeg, depth (m above the demo ground), three a vertex. */
  readonly vertices: Float64Array;
  readonly indices: Uint32Array;
  readonly maxDepth: number;
}

/** Exposed by analysis.worker.ts through Comlink. */
export interface AnalysisWorker {
  /** Fetches `index.bin` and `ground.bin` of a city's tileset folder (absolute or root-relative URL). */
  load(cityUrl: string): Promise<{ readonly buildings: number; readonly hasGround: boolean }>;
  /** Buildings whose centroid lies inside; the tallest and fullest first, `limit` of them listed (200). Provenance SAMPLE. */
  inside(area: AnalysisArea, limit?: number): Promise<AffectedSummary>;
  /** Level pool from the river: connected cells below `level` (m above normal river level). Not a hydraulic model. */
  inundate(level: number): Promise<{
    readonly mesh: WaterMesh;
    readonly affected: AffectedSummary;
    readonly floodedRows: Uint32Array;
  }>;
  /** Buildings whose id, name or district contains the text; at most `limit`. */
  find(text: string, limit: number): Promise<AffectedSummary["rows"]>;
}
