import { type PerspectiveCamera, Vector3 } from "three";
import type { MeasureKind, ModelPoint } from "../domain/reading/measure.ts";
import type { MeasureMark } from "./contract.ts";
import { addFeatureEdges, EdgeBuffer } from "./feature-edges.ts";
import { modelPointFromScene } from "./frames.ts";
import { MeasureMarks } from "./measure-marks.ts";
import type { ElementHit, ElementPart } from "./model-view.ts";
import { rayThrough } from "./perspective.ts";
import { type SnappedPoint, snapToEdges } from "./snap.ts";

/** Elements with more corners are snapped to by their faces only. */
const MAX_CORNERS = 40_000;

/** Finds what the pointer is drawn to. Edges of the element under it are kept until another one is. */
class Snapper {
  readonly #camera: PerspectiveCamera;
  readonly #canvas: HTMLCanvasElement;
  #known: (ElementPart & { readonly edges: Float32Array }) | null = null;

  constructor(camera: PerspectiveCamera, canvas: HTMLCanvasElement) {
    this.#camera = camera;
    this.#canvas = canvas;
  }

  /** @param x, y pixels of the canvas */
  snap(hit: ElementHit, x: number, y: number, accepts: (point: Vector3) => boolean): SnappedPoint {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const ray = rayThrough(this.#camera, x / width, y / height);
    const at = (axis: 0 | 1 | 2) => ray.origin[axis] + ray.direction[axis] * hit.distance;
    return snapToEdges(
      [at(0), at(1), at(2)],
      [x, y],
      this.#edgesOf(hit),
      (point) => this.pixelOf(point),
      (point) => accepts(new Vector3(...point)),
    );
  }

  /** Null behind the eye. */
  pixelOf(point: readonly [number, number, number]): readonly [number, number] | null {
    const seen = new Vector3(...point).project(this.#camera);
    if (seen.z > 1) return null;
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    return [((seen.x + 1) / 2) * width, ((1 - seen.y) / 2) * height];
  }

  forget(): void {
    this.#known = null;
  }

  #edgesOf({ layer, feature }: ElementHit): Float32Array {
    const known = this.#known;
    if (known?.layer === layer && known.feature === feature) return known.edges;
    const [from, to] = [layer.first[feature]!, layer.first[feature + 1]!];
    const buffer = new EdgeBuffer();
    if (to - from <= MAX_CORNERS) addFeatureEdges(layer.positions, layer.index, from, to, buffer);
    const edges = buffer.toArray();
    this.#known = { layer, feature, edges };
    return edges;
  }
}

/** The measuring tool: what is drawn of measures, and which point a click or the pointer means. */
export class Measuring {
  readonly marks: MeasureMarks;
  readonly #snapper: Snapper;
  readonly #accepts: (point: Vector3) => boolean;
  #kind: MeasureKind | null = null;

  /** @param accepts false for points that sections have cut away */
  constructor(
    host: HTMLElement,
    camera: PerspectiveCamera,
    canvas: HTMLCanvasElement,
    accepts: (point: Vector3) => boolean,
  ) {
    this.marks = new MeasureMarks(host);
    this.#snapper = new Snapper(camera, canvas);
    this.#accepts = accepts;
  }

  get isOn(): boolean {
    return this.#kind !== null;
  }

  turn(kind: MeasureKind | null): void {
    this.#kind = kind;
    this.#snapper.forget();
    if (!kind) this.marks.point(null);
  }

  set(marks: readonly MeasureMark[]): void {
    this.marks.set(marks);
  }

  pointAt(hit: ElementHit, x: number, y: number): ModelPoint {
    return modelPointFromScene(this.#snapper.snap(hit, x, y, this.#accepts).point);
  }

  hover(hit: ElementHit | null, x: number, y: number): void {
    const snapped = hit && this.#snapper.snap(hit, x, y, this.#accepts);
    const [px, py] = (snapped && this.#snapper.pixelOf(snapped.point)) ?? [x, y];
    this.marks.point(snapped, px, py);
  }

  /** Elements have moved. */
  forget(): void {
    this.#snapper.forget();
  }
}
