export type RawValue = string | number | boolean | null;

/** `shapes`: areas, lines and points together, only for sinks that take all. */
export type GeometryKind = "none" | "footprint" | "surfaces" | "shapes";

/** What a polygon entry of `shapes` is. A line's rings are lines of their own; points have one ring. */
export const SHAPE = { area: 0, line: 1, points: 2 } as const;

/** What a semantic surface is; the position is the code in the records. */
export const SURFACE_KINDS = ["other", "roof", "wall", "ground"] as const;
export type SurfaceKind = (typeof SURFACE_KINDS)[number];

/**
 * One feature as a reader found it, before anything is judged. Readers fill one object again and again (`clear`), so what
 * is kept must be copied. Vertices are in the input's coordinate system.
 */
export class RawFeature {
  id: string | null = null;
  /** Position in the file, from 0. */
  index = 0;
  kind: GeometryKind = "none";
  /** What stands in the way of building it at all; null when nothing does. */
  problem: string | null = null;
  /** Parts left out, such as lines of a geometry collection. */
  skippedParts = 0;
  /** The reader's word that outer rings may turn either way, so that winding is no fault. */
  anyWinding = false;
  /** Lines and points are wanted as well as areas. */
  takesAll = false;
  /** x, y, z per vertex. */
  xyz = new Float64Array(3 * 256);
  vertices = 0;
  hasZ = false;
  /** End of each ring, in vertices. */
  ringEnds: number[] = [];
  /** End of each polygon, in rings. */
  polygonEnds: number[] = [];
  /** Code of SURFACE_KINDS per polygon, for surfaces; of SHAPE for shapes. */
  surfaceKinds: number[] = [];
  keys: string[] = [];
  values: RawValue[] = [];

  clear(index: number): void {
    this.id = null;
    this.index = index;
    this.kind = "none";
    this.problem = null;
    this.skippedParts = 0;
    this.anyWinding = false;
    this.hasZ = false;
    this.clearGeometry();
    this.keys.length = 0;
    this.values.length = 0;
  }

  clearGeometry(): void {
    this.vertices = 0;
    this.ringEnds.length = 0;
    this.polygonEnds.length = 0;
    this.surfaceKinds.length = 0;
  }

  vertex(x: number, y: number, z: number): void {
    const at = this.vertices * 3;
    if (at + 3 > this.xyz.length) {
      const bigger = new Float64Array(this.xyz.length * 2);
      bigger.set(this.xyz);
      this.xyz = bigger;
    }
    this.xyz[at] = x;
    this.xyz[at + 1] = y;
    this.xyz[at + 2] = z;
    this.vertices++;
  }

  endRing(): void {
    this.ringEnds.push(this.vertices);
  }

  endPolygon(surfaceKind = 0): void {
    this.polygonEnds.push(this.ringEnds.length);
    this.surfaceKinds.push(surfaceKind);
  }

  attribute(key: string, value: RawValue): void {
    this.keys.push(key);
    this.values.push(value);
  }
}

/** What readers tell about a file. */
export interface ReaderSink {
  /** Lines and points come too, as `shapes`; without it they are a feature's problem. */
  readonly takesAll?: boolean;
  /** The file names its coordinate system; before its first feature. */
  crs(name: string): void;
  /** Called once per feature; the object is used again afterwards. */
  feature(feature: RawFeature): void;
}
