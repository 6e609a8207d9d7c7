import type { WeldedGeometry } from "./weld.ts";

/** A geometry placed in the model, in one colour. */
export interface Part {
  readonly geometry: WeldedGeometry;
  /** Column-major; engineering frame: IFC axes (z up), metres, the file's own origin. */
  readonly engineeringFromGeometry: readonly number[];
  /** sRGB red, green, blue, alpha as bytes, red highest. */
  readonly color: number;
}

export interface ElementMesh {
  readonly expressId: number;
  readonly parts: Part[];
  triangles: number;
}
