import type { FeatureTable } from "./feature-table.ts";
import { growingBytes, growingDoubles, growingUints } from "./growing-array.ts";

/** Look of a feature that its file asks for: colours as 0xRRGGBBAA, 0 where the layer's own counts; width in pixels. */
export interface FeatureStyle {
  readonly stroke: number;
  readonly fill: number;
  readonly width: number;
  /** Pixels drawn and left out, in turn. */
  readonly dash?: readonly number[];
}

export const NO_STYLE: FeatureStyle = { stroke: 0, fill: 0, width: 0 };

/**
 * Features as flat arrays: a feature has shapes, a shape has rings, a ring has vertices. Vertices are longitude, latitude
 * (WGS 84 degrees), height (metres).
 */
export interface FeatureSet {
  readonly count: number;
  readonly xyz: Float64Array;
  /** End of each ring in vertices. */
  readonly ringEnds: Uint32Array;
  /** End of each shape in rings. */
  readonly shapeEnds: Uint32Array;
  /** Code of SHAPE for each shape. */
  readonly shapeKinds: Uint8Array;
  /** 1 where a shape has heights of its own, 0 where it lies on the ground. */
  readonly shapeHasHeight: Uint8Array;
  readonly shapeFeatures: Uint32Array;
  /** West, south, east, north of each shape, degrees. */
  readonly shapeBoxes: Float64Array;
  /** Of each feature, into `styles`. */
  readonly styleOf: Uint8Array;
  readonly styles: readonly FeatureStyle[];
  readonly table: FeatureTable;
  readonly bounds: readonly [number, number, number, number];
}

const MOST_STYLES = 255;

export class FeatureSetBuilder {
  readonly #xyz = growingDoubles();
  readonly #ringEnds = growingUints();
  readonly #shapeEnds = growingUints();
  readonly #shapeKinds = growingBytes();
  readonly #shapeHasHeight = growingBytes();
  readonly #shapeFeatures = growingUints();
  readonly #shapeBoxes = growingDoubles();
  readonly #styleOf = growingBytes();
  readonly #styles: FeatureStyle[] = [NO_STYLE];
  readonly #styleCodes = new Map<string, number>([[JSON.stringify(NO_STYLE), 0]]);
  readonly #bounds: [number, number, number, number] = [180, 90, -180, -90];
  #box: [number, number, number, number] = [180, 90, -180, -90];

  constructor(readonly table: FeatureTable) {}

  /** Features begun so far; the last one takes what is added. */
  get count(): number {
    return this.#styleOf.length;
  }

  begin(style: FeatureStyle): void {
    this.#styleOf.push(this.#codeOf(style));
  }

  vertex(longitudeDeg: number, latitudeDeg: number, height: number): void {
    this.#xyz.push(longitudeDeg);
    this.#xyz.push(latitudeDeg);
    this.#xyz.push(height);
    const box = this.#box;
    if (longitudeDeg < box[0]) box[0] = longitudeDeg;
    if (latitudeDeg < box[1]) box[1] = latitudeDeg;
    if (longitudeDeg > box[2]) box[2] = longitudeDeg;
    if (latitudeDeg > box[3]) box[3] = latitudeDeg;
  }

  endRing(): void {
    this.#ringEnds.push(this.#xyz.length / 3);
  }

  endShape(kind: number, hasHeight: boolean): void {
    this.#shapeEnds.push(this.#ringEnds.length);
    this.#shapeKinds.push(kind);
    this.#shapeHasHeight.push(hasHeight ? 1 : 0);
    this.#shapeFeatures.push(this.count - 1);
    const [box, bounds] = [this.#box, this.#bounds];
    for (const edge of box) this.#shapeBoxes.push(edge);
    bounds[0] = Math.min(bounds[0], box[0]);
    bounds[1] = Math.min(bounds[1], box[1]);
    bounds[2] = Math.max(bounds[2], box[2]);
    bounds[3] = Math.max(bounds[3], box[3]);
    this.#box = [180, 90, -180, -90];
  }

  finish(): FeatureSet {
    return {
      count: this.count,
      xyz: this.#xyz.take(),
      ringEnds: this.#ringEnds.take(),
      shapeEnds: this.#shapeEnds.take(),
      shapeKinds: this.#shapeKinds.take(),
      shapeHasHeight: this.#shapeHasHeight.take(),
      shapeFeatures: this.#shapeFeatures.take(),
      shapeBoxes: this.#shapeBoxes.take(),
      styleOf: this.#styleOf.take(),
      styles: this.#styles,
      table: this.table,
      bounds: this.#bounds,
    };
  }

  #codeOf(style: FeatureStyle): number {
    if (style === NO_STYLE) return 0;
    const key = JSON.stringify(style);
    const known = this.#styleCodes.get(key);
    if (known !== undefined) return known;
    if (this.#styles.length > MOST_STYLES) return 0;
    this.#styles.push(style);
    this.#styleCodes.set(key, this.#styles.length - 1);
    return this.#styles.length - 1;
  }
}
