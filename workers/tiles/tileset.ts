import type { TileSink } from "./contract.ts";

/** An axis-aligned box in the tileset's root frame (ENU metres), min then max. */
export interface Box {
  readonly min: readonly [number, number, number];
  readonly max: readonly [number, number, number];
}

export interface TileNode {
  /** Encloses the content and all children, in the frame of this tile (its `transform` applied outside of it). */
  readonly box: Box;
  /** Metres of error when children are left out. */
  readonly geometricError: number;
  /** Relative path of the GLB; none for a grouping tile. */
  readonly uri?: string;
  /** parentFromTile, column-major, 16 numbers. */
  readonly transform?: ArrayLike<number>;
  /** Inherited from the parent when absent; the root defaults to ADD. */
  readonly refine?: "ADD" | "REPLACE";
  readonly children?: readonly TileNode[];
}

export interface TilesetOptions {
  readonly root: TileNode;
  /** Metres of error when nothing is shown; defaults to twice the root's. */
  readonly geometricError?: number;
  /** EXT_structural_metadata schema shared by the tiles. */
  readonly schema?: Readonly<Record<string, unknown>>;
  readonly copyright?: string;
  /** Every mesh carries TEXCOORD_0 in bays and floors and _FACADE: viewers may draw windows. Stands in `asset.extras`. */
  readonly facade?: boolean;
  /** Every mesh carries _ROW. Stands in `asset.extras`. */
  readonly rows?: boolean;
}

/** Half a millimetre more than positions may be off, so that volumes hold what was quantized. */
const BOX_MARGIN = 0.002;

export function emptyBox(): { min: [number, number, number]; max: [number, number, number] } {
  return { min: [Infinity, Infinity, Infinity], max: [-Infinity, -Infinity, -Infinity] };
}

/** The box around all of them; `emptyBox` when there are none. */
export function unionBoxes(boxes: Iterable<Box>): Box {
  const union = emptyBox();
  for (const { min, max } of boxes) {
    for (let axis = 0; axis < 3; axis++) {
      if (min[axis]! < union.min[axis]!) union.min[axis] = min[axis]!;
      if (max[axis]! > union.max[axis]!) union.max[axis] = max[axis]!;
    }
  }
  return union;
}

/** The box around a box seen through an affine matrix (column-major). */
export function movedBox({ min, max }: Box, matrix: ArrayLike<number>): Box {
  const out = emptyBox();
  for (let corner = 0; corner < 8; corner++) {
    const [x, y, z] = [0, 1, 2].map((axis) => (corner & (1 << axis) ? max[axis]! : min[axis]!)) as [
      number,
      number,
      number,
    ];
    for (let axis = 0; axis < 3; axis++) {
      const value = matrix[axis]! * x + matrix[4 + axis]! * y + matrix[8 + axis]! * z + matrix[12 + axis]!;
      out.min[axis] = Math.min(out.min[axis]!, value);
      out.max[axis] = Math.max(out.max[axis]!, value);
    }
  }
  return out;
}

/** 3D Tiles `box`: centre and three half axes, 12 numbers. */
export function boxVolume({ min, max }: Box): number[] {
  const centre = min.map((low, axis) => (low + max[axis]!) / 2);
  const half = min.map((low, axis) => (max[axis]! - low) / 2 + BOX_MARGIN);
  return [...centre, half[0]!, 0, 0, 0, half[1]!, 0, 0, 0, half[2]!];
}

function tileJson(node: TileNode, isRoot: boolean): Record<string, unknown> {
  const refine = node.refine ?? (isRoot ? "ADD" : undefined);
  return {
    ...(node.transform ? { transform: Array.from(node.transform) } : {}),
    boundingVolume: { box: boxVolume(node.box) },
    geometricError: node.geometricError,
    ...(refine ? { refine } : {}),
    ...(node.uri ? { content: { uri: node.uri } } : {}),
    ...(node.children?.length ? { children: node.children.map((child) => tileJson(child, false)) } : {}),
  };
}

/** The content of `tileset.json`, 3D Tiles 1.1. */
export function createTileset(options: TilesetOptions): Record<string, unknown> {
  const { root, schema, copyright, facade, rows } = options;
  return {
    asset: {
      version: "1.1",
      generator: "LiaoTwin",
      ...(copyright && { copyright }),
      ...(facade && { extras: { facade, ...(rows && { rows }) } }),
    },
    ...(schema ? { schema } : {}),
    geometricError: options.geometricError ?? root.geometricError * 2,
    root: tileJson(root, true),
  };
}

export function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** Keeps what is written in a map from path to bytes. */
export class MemorySink implements TileSink {
  readonly files = new Map<string, Uint8Array>();

  write(path: string, bytes: Uint8Array): Promise<void> {
    this.files.set(path, bytes.slice());
    return Promise.resolve();
  }

  /** Parses a written JSON file; throws when there is none. */
  json(path: string): unknown {
    const bytes = this.files.get(path);
    if (!bytes) throw new RangeError(`nothing was written to ${path}`);
    return JSON.parse(new TextDecoder().decode(bytes));
  }
}
