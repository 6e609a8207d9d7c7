import {
  BlendingState,
  BoundingSphere,
  Buffer,
  BufferUsage,
  Cartesian2,
  Cartesian3,
  Cartesian4,
  type Color,
  ComponentDatatype,
  DrawCommand,
  Matrix4,
  Pass,
  type PickId,
  PrimitiveType,
  type RenderContext,
  type RenderFrame,
  RenderState,
  ShaderProgram,
  VertexArray,
} from "cesium";
import { DirtyRows } from "./dirty-rows.ts";
import type { LocalFrame } from "./local-frame.ts";
import { MOST_LOOKS, POINT_FRAGMENT_SHADER, POINT_VERTEX_SHADER } from "./point-shader.ts";

/** Room around the places for things that move on. */
const ROOM_M = 20_000;
/** Rows that go to the graphics process in one frame at most, each 12 bytes: the first time of a million would be a task of 60 ms. */
const UPLOADED_A_FRAME = 200_000;
/** Rows that get an id for picking in one frame: each costs an object. */
const IDS_A_FRAME = 4000;
const LOCATIONS = { position: 0, pickColor: 1, look: 2 } as const;

/** How some points look; sizes in CSS pixels. */
export interface PointLook {
  readonly fill: Color;
  readonly rim: Color;
  readonly size: number;
  readonly rimWidth: number;
}

interface Drawn {
  readonly vertices: VertexArray;
  readonly shader: ShaderProgram;
  readonly positions: Buffer;
  readonly looks: Buffer;
  readonly pickColors: Buffer | null;
  readonly command: DrawCommand;
}

/**
 * Points in buffers of their own that may move and change their look in every frame. Per point: three floats of metres in a local
 * frame and the number of its look; what has changed goes to the graphics process in one range a frame. Tried before with
 * BufferPointCollection: it packs colours point by point into further arrays (a million points: 88 MB and one task of seconds), and
 * looks at all points when one has moved (100 000, a tenth moving: 9.9 ms at best against 1.4).
 */
export class PointCloud {
  /** Read by the collection of primitives. */
  show = true;
  readonly count: number;
  readonly #positions: Float32Array;
  readonly #looks: Float32Array;
  readonly #moved = new DirtyRows();
  readonly #dressed = new DirtyRows();
  readonly #markOf: ((row: number) => object) | null;
  readonly #ids: PickId[] = [];
  readonly #modelMatrix: Matrix4;
  readonly #sphere: BoundingSphere;
  readonly #fills: Cartesian4[];
  readonly #rims: Cartesian4[];
  readonly #sizes: Cartesian2[];
  #drawn: Drawn | null = null;
  #isDestroyed = false;

  constructor(options: {
    readonly count: number;
    readonly frame: LocalFrame;
    /** Metres from the frame's origin within which all are. */
    readonly radius: number;
    /** Their numbers are 1, 2 and so on; seven at most. */
    readonly looks: readonly PointLook[];
    /** What picking a point answers; null when they are not to be picked. */
    readonly markOf: ((row: number) => object) | null;
  }) {
    this.count = options.count;
    this.#positions = new Float32Array(3 * options.count);
    this.#looks = new Float32Array(options.count);
    this.#markOf = options.markOf;
    const origin = Cartesian3.fromArray([...options.frame.origin]);
    this.#modelMatrix = Matrix4.fromTranslation(origin);
    this.#sphere = new BoundingSphere(origin, options.radius + ROOM_M);
    const looks = Array.from({ length: MOST_LOOKS }, (_, k) => options.looks[k - 1]);
    const vector = (color?: Color) =>
      new Cartesian4(color?.red ?? 0, color?.green ?? 0, color?.blue ?? 0, color?.alpha ?? 0);
    this.#fills = looks.map((look) => vector(look?.fill));
    this.#rims = looks.map((look) => vector(look?.rim));
    this.#sizes = looks.map((look) => new Cartesian2(look?.size ?? 0, look?.rimWidth ?? 0));
  }

  /** Main and graphics memory, bytes. */
  get byteLength(): number {
    const atPoint = 12 + 4 + (this.#markOf ? 4 : 0);
    return this.count * (12 + 4 + atPoint);
  }

  /** Some points are not as they should be, or cannot be picked: another frame helps. */
  get isDue(): boolean {
    return !this.#moved.isEmpty || !this.#dressed.isEmpty || this.#isGivingIds;
  }

  get #isGivingIds(): boolean {
    return this.#markOf !== null && this.#ids.length < this.count;
  }

  /** Puts a point where `offsets` says, metres in the frame: three numbers from `from`, which is the row's own three when left out. */
  move(row: number, offsets: ArrayLike<number>, from = 3 * row): void {
    const at = 3 * row;
    this.#positions[at] = offsets[from]!;
    this.#positions[at + 1] = offsets[from + 1]!;
    this.#positions[at + 2] = offsets[from + 2]!;
    this.#moved.add(row);
  }

  /** Gives a point the look with this number; 0 hides it. */
  dress(row: number, look: number): void {
    if (this.#looks[row] === look) return;
    this.#looks[row] = look;
    this.#dressed.add(row);
  }

  /** Called by the scene for each pass. */
  update(frame: RenderFrame): void {
    if (!this.show || this.count === 0) return;
    this.#drawn ??= this.#create(frame.context);
    const { positions, looks, command } = this.#drawn;
    this.#moved.take(UPLOADED_A_FRAME, (from, to) =>
      positions.copyFromArrayView(this.#positions.subarray(3 * from, 3 * to), 12 * from),
    );
    this.#dressed.take(UPLOADED_A_FRAME, (from, to) =>
      looks.copyFromArrayView(this.#looks.subarray(from, to), 4 * from),
    );
    if (this.#isGivingIds) this.#giveIds(frame.context);
    const { render, pick } = frame.passes;
    if (render || (pick && this.#markOf)) frame.commandList.push(command);
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  destroy(): void {
    this.#isDestroyed = true;
    for (const id of this.#ids) id.destroy();
    this.#ids.length = 0;
    this.#drawn?.vertices.destroy();
    this.#drawn?.shader.destroy();
    this.#drawn = null;
  }

  #giveIds(context: RenderContext): void {
    const from = this.#ids.length;
    const to = Math.min(this.count, from + IDS_A_FRAME);
    const keys = new Uint32Array(to - from);
    for (let row = from; row < to; row++) {
      const id = context.createPickId(this.#markOf!(row));
      keys[row - from] = id.key;
      this.#ids.push(id);
    }
    this.#drawn?.pickColors?.copyFromArrayView(keys, 4 * from);
  }

  #create(context: RenderContext): Drawn {
    const buffer = (sizeInBytes: number, usage: number) =>
      Buffer.createVertexBuffer({ context, sizeInBytes, usage });
    const positions = buffer(this.#positions.byteLength, BufferUsage.DYNAMIC_DRAW);
    const looks = buffer(this.#looks.byteLength, BufferUsage.DYNAMIC_DRAW);
    const pickColors = this.#markOf ? buffer(4 * this.count, BufferUsage.STATIC_DRAW) : null;
    const float = { componentDatatype: ComponentDatatype.FLOAT };
    const bytes = { componentDatatype: ComponentDatatype.UNSIGNED_BYTE, normalize: true };
    const vertices = new VertexArray({
      context,
      attributes: [
        { index: LOCATIONS.position, vertexBuffer: positions, componentsPerAttribute: 3, ...float },
        pickColors
          ? { index: LOCATIONS.pickColor, vertexBuffer: pickColors, componentsPerAttribute: 4, ...bytes }
          : { index: LOCATIONS.pickColor, value: [0, 0, 0, 0] },
        { index: LOCATIONS.look, vertexBuffer: looks, componentsPerAttribute: 1, ...float },
      ],
    });
    const shader = ShaderProgram.fromCache({
      context,
      vertexShaderSource: POINT_VERTEX_SHADER,
      fragmentShaderSource: POINT_FRAGMENT_SHADER,
      attributeLocations: LOCATIONS,
    });
    return { vertices, shader, positions, looks, pickColors, command: this.#commandOf(vertices, shader) };
  }

  #commandOf(vertexArray: VertexArray, shaderProgram: ShaderProgram): DrawCommand {
    return new DrawCommand({
      owner: this,
      vertexArray,
      shaderProgram,
      renderState: RenderState.fromCache({
        blending: BlendingState.ALPHA_BLEND,
        depthTest: { enabled: true },
      }),
      uniformMap: {
        u_fills: () => this.#fills,
        u_rims: () => this.#rims,
        u_sizes: () => this.#sizes,
      },
      primitiveType: PrimitiveType.POINTS,
      pass: Pass.TRANSLUCENT,
      count: this.count,
      modelMatrix: this.#modelMatrix,
      boundingVolume: this.#sphere,
      pickId: this.#markOf ? "v_pickColor" : undefined,
    });
  }
}
