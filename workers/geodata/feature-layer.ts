import { SHAPE } from "../city/raw-feature.ts";
import type { DataWindow, FeatureDetail } from "./contract.ts";
import { drawShapes, type TileCanvas } from "./draw-tile.ts";
import type { FeatureSet } from "./feature-set.ts";
import { isAt } from "./pick-shape.ts";
import { ShapeIndex } from "./shape-index.ts";

const M_PER_DEG = 111_320;
const PICK_PIXELS = 6;

/** Features that lie in a worker: drawn on map tiles, found by place, described. */
export class FeatureLayer {
  readonly #set: FeatureSet;
  readonly #draped: ShapeIndex;
  #shapesOf: Map<number, number[]> | null = null;

  constructor(set: FeatureSet) {
    this.#set = set;
    const draped: number[] = [];
    for (let shape = 0; shape < set.shapeKinds.length; shape++)
      if (set.shapeKinds[shape] !== SHAPE.points && set.shapeHasHeight[shape] === 0) draped.push(shape);
    this.#draped = new ShapeIndex(set.shapeBoxes, Uint32Array.from(draped));
  }

  get isDraped(): boolean {
    return this.#draped.size > 0;
  }

  /** Shapes that a tile shows, with a margin for wide lines. */
  shapesIn(window: DataWindow, feature: number | null): number[] {
    const marginX = ((window.east - window.west) / window.pixels) * 8;
    const marginY = ((window.north - window.south) / window.pixels) * 8;
    const [west, south, east, north] = [
      window.west - marginX,
      window.south - marginY,
      window.east + marginX,
      window.north + marginY,
    ];
    const found = this.#draped.search(west, south, east, north);
    return feature === null ? found : found.filter((shape) => this.#set.shapeFeatures[shape] === feature);
  }

  draw(
    canvas: TileCanvas,
    window: DataWindow,
    shapes: readonly number[],
    color: string,
    isChosen: boolean,
  ): void {
    drawShapes(canvas, this.#set, shapes, window, color, isChosen);
  }

  /** The last drawn wins; lines before areas, since they are harder to hit. */
  pick(longitudeDeg: number, latitudeDeg: number, metersPerPixel: number): FeatureDetail | null {
    const north = (metersPerPixel * PICK_PIXELS) / M_PER_DEG;
    const east = north / Math.max(0.01, Math.cos((latitudeDeg * Math.PI) / 180));
    const near = this.#draped
      .search(longitudeDeg - east, latitudeDeg - north, longitudeDeg + east, latitudeDeg + north)
      .filter((shape) => isAt(this.#set, shape, longitudeDeg, latitudeDeg, [east, north]));
    const line = near.findLast((shape) => this.#set.shapeKinds[shape] === SHAPE.line);
    const shape = line ?? near.at(-1);
    return shape === undefined ? null : this.describe(this.#set.shapeFeatures[shape]!);
  }

  /** Null for a feature that the set does not have. */
  describe(feature: number): FeatureDetail | null {
    const shapes = this.#shapes(feature);
    if (shapes.length === 0) return null;
    const { shapeBoxes, table } = this.#set;
    const box = [180, 90, -180, -90];
    for (const shape of shapes)
      for (let k = 0; k < 4; k++) box[k] = (k < 2 ? Math.min : Math.max)(box[k]!, shapeBoxes[shape * 4 + k]!);
    const [west, south, east, north] = box as [number, number, number, number];
    const latitudeDeg = (south + north) / 2;
    const wide = (east - west) * Math.cos((latitudeDeg * Math.PI) / 180);
    return {
      feature,
      title: table.title(feature),
      attributes: table.attributes(feature),
      place: { longitudeDeg: (west + east) / 2, latitudeDeg, height: this.#heightOf(shapes[0]!) },
      size: Math.hypot(wide, north - south) * M_PER_DEG,
    };
  }

  #heightOf(shape: number): number {
    const { shapeEnds, ringEnds, xyz } = this.#set;
    const ring = shape === 0 ? 0 : shapeEnds[shape - 1]!;
    return xyz[(ring === 0 ? 0 : ringEnds[ring - 1]!) * 3 + 2] ?? 0;
  }

  #shapes(feature: number): readonly number[] {
    if (!this.#shapesOf) {
      this.#shapesOf = new Map();
      this.#set.shapeFeatures.forEach((owner, shape) => {
        const known = this.#shapesOf!.get(owner);
        if (known) known.push(shape);
        else this.#shapesOf!.set(owner, [shape]);
      });
    }
    return this.#shapesOf.get(feature) ?? [];
  }
}
