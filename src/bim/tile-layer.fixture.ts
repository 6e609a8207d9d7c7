import type { ScalarReader, SourcePrimitive, VertexReader } from "./tile-layer.ts";

const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

export function vertices(values: readonly number[]): VertexReader {
  const at = (i: number, axis: number) => values[i * 3 + axis] as number;
  return {
    count: values.length / 3,
    getX: (i) => at(i, 0),
    getY: (i) => at(i, 1),
    getZ: (i) => at(i, 2),
  };
}

export function scalars(values: readonly number[]): ScalarReader {
  return { count: values.length, getX: (i) => values[i] as number };
}

/** Axis-aligned cubes of side 1, one a feature, at the given corners; twelve triangles each, faces outwards. */
export function cubes(
  corners: readonly (readonly [number, number, number])[],
  features: readonly number[] = corners.map((_, i) => i),
): SourcePrimitive {
  const position: number[] = [];
  const index: number[] = [];
  const ids: number[] = [];
  corners.forEach(([x, y, z], cube) => {
    const first = cube * 8;
    for (let i = 0; i < 8; i++) {
      position.push(x + (i & 1), y + ((i >> 1) & 1), z + ((i >> 2) & 1));
      ids.push(features[cube] as number);
    }
    for (const [a, b, c, d] of [
      [0, 2, 3, 1],
      [4, 5, 7, 6],
      [0, 1, 5, 4],
      [2, 6, 7, 3],
      [0, 4, 6, 2],
      [1, 3, 7, 5],
    ] as const)
      index.push(first + a, first + b, first + c, first + a, first + c, first + d);
  });
  return {
    position: vertices(position),
    normal: null,
    featureId: scalars(ids),
    copies: null,
    index: scalars(index),
    color: [1, 0.5, 0, 1],
    sceneFromMesh: IDENTITY,
  };
}
