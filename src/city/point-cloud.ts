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
import type { OverlayMark } from "./picking.ts";
import { MOST_LOOKS, POINT_FRAGMENT_SHADER, POINT_VERTEX_SHADER } from "./point-shader.ts";
import { WAY_SIZE, type Ways } from "./ways.ts";

/** Room around the places for things that move on. */
const ROOM_M = 20_000;
/** Rows that go to the graphics process in one frame, each 12 bytes or 32: the first time of a million would be a task of 60 ms. */
const UPLOADED_A_FRAME = 200_000;
const LOCATIONS = { position: 0, look: 1, wayFrom: 2, wayTime: 3 } as const;

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
  readonly ways: Buffer | null;
  readonly command: DrawCommand;
}

/**
 * Points in buffers of their own that may move and change their look in every frame. Per point: three floats of metres in a local
 * frame and the number of its look, and of those that glide their ways; what has changed goes to the graphics process, in ranges.
 * All answer picking as one: an object for each (100 000 of them) made frames of 20 ms when they were made. Tried before with
 * BufferPointCollection: it packs colours point by point into further arrays (a million points: 88 MB and one task of seconds), and
 * looks at all points when one has moved (100 000, a tenth moving: 9.9 ms at best against 1.4).
 */
export class PointCloud {
  /** Read by the collection of primitives. */
  show = true;
  readonly count: number;
  readonly #positions: Float32Array;
  readonly #looks: Float32Array;
  readonly #moved: DirtyRows;
  readonly #dressed: DirtyRows;
  readonly #mark: OverlayMark | null;
  #pickId: PickId | null = null;
  #ways: Ways | null = null;
  #seconds = 0;
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
    /** What picking any of the points answers; null when they are not to be picked. */
    readonly mark: OverlayMark | null;
  }) {
    this.count = options.count;
    this.#positions = new Float32Array(3 * options.count);
    this.#looks = new Float32Array(options.count);
    this.#moved = new DirtyRows(options.count);
    this.#dressed = new DirtyRows(options.count);
    this.#mark = options.mark;
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
    return 2 * this.count * (12 + 4 + (this.#ways ? 4 * WAY_SIZE : 0));
  }

  /** Some points are not as they should be: another frame helps. */
  get isDue(): boolean {
    return !this.#moved.isEmpty || !this.#dressed.isEmpty;
  }

  /** Points are on `ways` from now on; a row whose way changes is moved, too. The buffers are made anew. */
  follow(ways: Ways): void {
    if (this.#ways === ways) return;
    this.#ways = ways;
    if (this.#drawn === null) return;
    this.#release();
    this.renew();
  }

  /** All points are sent anew. */
  renew(): void {
    this.#moved.addAll();
    this.#dressed.addAll();
  }

  /** The moment for which points on their ways are drawn. */
  at(nowMs: number): void {
    this.#seconds = this.#ways?.secondsAt(nowMs) ?? 0;
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
    const { positions, looks, ways, command } = this.#drawn;
    const data = this.#ways?.data;
    this.#moved.take(UPLOADED_A_FRAME, (from, to) => {
      positions.copyFromArrayView(this.#positions.subarray(3 * from, 3 * to), 12 * from);
      if (ways && data)
        ways.copyFromArrayView(data.subarray(WAY_SIZE * from, WAY_SIZE * to), 4 * WAY_SIZE * from);
    });
    this.#dressed.take(UPLOADED_A_FRAME, (from, to) =>
      looks.copyFromArrayView(this.#looks.subarray(from, to), 4 * from),
    );
    const { render, pick } = frame.passes;
    if (render || (pick && this.#mark)) frame.commandList.push(command);
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#release();
  }

  #release(): void {
    this.#pickId?.destroy();
    this.#pickId = null;
    this.#drawn?.vertices.destroy();
    this.#drawn?.shader.destroy();
    this.#drawn = null;
  }

  #create(context: RenderContext): Drawn {
    if (this.#mark) this.#pickId = context.createPickId(this.#mark);
    const buffer = (sizeInBytes: number) =>
      Buffer.createVertexBuffer({ context, sizeInBytes, usage: BufferUsage.DYNAMIC_DRAW });
    const positions = buffer(this.#positions.byteLength);
    const looks = buffer(this.#looks.byteLength);
    const ways = this.#ways && buffer(this.#ways.data.byteLength);
    const vertices = new VertexArray({
      context,
      attributes: [
        { index: LOCATIONS.position, vertexBuffer: positions, componentsPerAttribute: 3, ...FLOAT },
        { index: LOCATIONS.look, vertexBuffer: looks, componentsPerAttribute: 1, ...FLOAT },
        ...wayAttributes(ways),
      ],
    });
    const shader = ShaderProgram.fromCache({
      context,
      vertexShaderSource: POINT_VERTEX_SHADER,
      fragmentShaderSource: POINT_FRAGMENT_SHADER,
      attributeLocations: LOCATIONS,
    });
    return { vertices, shader, positions, looks, ways, command: this.#commandOf(vertices, shader) };
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
        u_seconds: () => this.#seconds,
        u_pickColor: () => this.#pickId?.color,
      },
      primitiveType: PrimitiveType.POINTS,
      pass: Pass.TRANSLUCENT,
      count: this.count,
      modelMatrix: this.#modelMatrix,
      boundingVolume: this.#sphere,
      pickId: this.#mark ? "u_pickColor" : undefined,
    });
  }
}

const FLOAT = { componentDatatype: ComponentDatatype.FLOAT } as const;

/** Both of a way's parts from one buffer; all are at rest without one. */
function wayAttributes(ways: Buffer | null) {
  if (!ways)
    return [
      { index: LOCATIONS.wayFrom, value: [0, 0, 0] },
      { index: LOCATIONS.wayTime, value: [0, 0] },
    ];
  const shared = { vertexBuffer: ways, strideInBytes: 4 * WAY_SIZE, ...FLOAT };
  return [
    { index: LOCATIONS.wayFrom, componentsPerAttribute: 3, ...shared },
    { index: LOCATIONS.wayTime, componentsPerAttribute: 2, offsetInBytes: 12, ...shared },
  ];
}
