import {
  BlendOption,
  BoundingSphere,
  BufferPoint,
  BufferPointCollection,
  type BufferPointMaterial,
  Cartesian3,
  ComponentDatatype,
  Matrix4,
} from "cesium";
import type { LocalFrame } from "./local-frame.ts";

/** Room around the places for things that move on. */
const ROOM_M = 20_000;

/**
 * What is private in Cesium 1.145: float positions are the vertex buffer's own array. Setting them one by one through
 * `setPosition` marks each point dirty, and every frame then looks at all points and packs colours that have not changed:
 * 9.9 ms at best for a tenth of 100 000. Where these fields are missing, that is the way.
 */
interface Inside {
  readonly _positionView?: Float32Array;
  readonly _renderContext?: {
    readonly vertexArray?: {
      copyAttributeFromRange?(attribute: number, values: Float32Array, first: number, count: number): void;
    };
  };
}

/**
 * Points in one buffer that may move every frame. Offsets in a local frame are floats as they are, and the sphere around
 * them is given: Cesium then neither splits positions into high and low parts nor looks for their extent again.
 */
export class PointCloud {
  readonly collection: BufferPointCollection;
  readonly #point = new BufferPoint();
  readonly #place = new Cartesian3();
  #firstMoved = Number.POSITIVE_INFINITY;
  #lastMoved = -1;

  constructor(options: {
    readonly count: number;
    readonly frame: LocalFrame;
    /** Metres from the frame's origin within which all are. */
    readonly radius: number;
    readonly allowPicking: boolean;
  }) {
    const origin = Cartesian3.fromArray([...options.frame.origin]);
    this.collection = new BufferPointCollection({
      primitiveCountMax: options.count,
      allowPicking: options.allowPicking,
      blendOption: BlendOption.TRANSLUCENT,
      positionDatatype: ComponentDatatype.FLOAT,
      modelMatrix: Matrix4.fromTranslation(origin),
      boundingVolume: new BoundingSphere(origin, options.radius + ROOM_M),
    });
  }

  /** Adds the next point; `offsets` are metres in the frame, three from `at`. */
  add(offsets: Float64Array, at: number, material: BufferPointMaterial, pickObject?: object): void {
    const position = Cartesian3.fromArray(offsets as unknown as number[], at, this.#place);
    this.collection.add({ position, material, ...(pickObject && { pickObject }) }, this.#point);
  }

  /** Takes effect with `flush`. */
  move(row: number, offsets: Float64Array): void {
    const { _positionView: view, _renderContext: context } = this.collection as unknown as Inside;
    if (view && context?.vertexArray?.copyAttributeFromRange) {
      view[3 * row] = offsets[3 * row]!;
      view[3 * row + 1] = offsets[3 * row + 1]!;
      view[3 * row + 2] = offsets[3 * row + 2]!;
      if (row < this.#firstMoved) this.#firstMoved = row;
      if (row > this.#lastMoved) this.#lastMoved = row;
      return;
    }
    this.collection.get(row, this.#point);
    this.#point.setPosition(Cartesian3.fromArray(offsets as unknown as number[], 3 * row, this.#place));
  }

  /** Hands what has moved since the last time to the graphics process, in one piece. */
  flush(): void {
    const count = this.#lastMoved - this.#firstMoved + 1;
    if (count <= 0) return;
    const { _positionView: view, _renderContext: context } = this.collection as unknown as Inside;
    context?.vertexArray?.copyAttributeFromRange?.(0, view!, this.#firstMoved, count);
    this.#firstMoved = Number.POSITIVE_INFINITY;
    this.#lastMoved = -1;
  }

  /** Null hides the point. */
  dress(row: number, material: BufferPointMaterial | null): void {
    this.collection.get(row, this.#point);
    this.#point.show = material !== null;
    if (material) this.#point.setMaterial(material);
  }
}
