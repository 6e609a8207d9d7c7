import { expect, test } from "vitest";
import type { InstancedMesh, TileMesh } from "./contract.ts";
import { decodeGlb, validateGlb } from "./glb-checks.ts";
import { writeGlb } from "./write-glb.ts";

const GREY = {
  name: "grey",
  color: [0.5, 0.5, 0.5, 1],
  doubleSided: true,
  metallic: 0,
  roughness: 0.9,
} as const;
const MILLIMETRE = 0.001;

/** A wedge in millimetres, away from its own origin; no two of its corners look alike. */
const WEDGE = Float32Array.of(100, 200, 0, 2100, 200, 0, 100, 3200, 0, 100, 200, 4000);
const WEDGE_INDICES = Uint32Array.of(0, 1, 2, 0, 3, 1);
const WEDGE_NORMALS = Int8Array.from({ length: 16 }, (_, i) => [0, 0, 127, 0][i % 4]!);

/** Turned about an axis and moved, metres from millimetres, column-major. */
function placed(axis: readonly number[], angle: number, move: readonly number[]): number[] {
  const [x, y, z] = axis.map((part) => part / Math.hypot(...axis)) as [number, number, number];
  const [s, c] = [Math.sin(angle), Math.cos(angle)];
  const t = 1 - c;
  const turn = [
    [t * x * x + c, t * x * y + s * z, t * x * z - s * y],
    [t * x * y - s * z, t * y * y + c, t * y * z + s * x],
    [t * x * z + s * y, t * y * z - s * x, t * z * z + c],
  ];
  return [...turn.flatMap((column) => [...column.map((value) => value * MILLIMETRE), 0]), ...move, 1];
}

const PLACES = [
  placed([0, 0, 1], 0, [0, 0, 0]),
  placed([0, 0, 1], Math.PI, [12, -7, 3]),
  placed([1, 0, 0], Math.PI / 2, [-40.123, 55.5, 9]),
  placed([1, 2, 3], 2.2, [800, -600, 20]),
  placed([0, 1, 0], -Math.PI, [1, 2, 3]),
];

function wedges(extra: Partial<InstancedMesh> = {}): InstancedMesh {
  return {
    positions: WEDGE,
    normals: WEDGE_NORMALS,
    indices: WEDGE_INDICES,
    box: [100, 200, 0, 2100, 3200, 4000],
    scale: MILLIMETRE,
    places: Float64Array.from(PLACES.flat()),
    featureIds: Uint16Array.of(4, 1, 2, 2, 0),
    material: GREY,
    ...extra,
  };
}

const slab: TileMesh = {
  positions: Float32Array.of(0, 0, 0, 9, 0, 0, 0, 9, 0),
  normals: Float32Array.of(0, 0, 1, 0, 0, 1, 0, 0, 1),
  indices: Uint32Array.of(0, 1, 2),
  featureIds: Uint16Array.of(3, 3, 3),
  material: GREY,
};

function contentOf(meshes: readonly TileMesh[], instances: readonly InstancedMesh[]) {
  const values = ["a", "b", "c", "d", "e"];
  const columns = [{ id: "GlobalId", name: "GlobalId", type: "STRING", values } as const];
  return {
    meshes,
    instances,
    origin: [100, 200, 5] as const,
    className: "element",
    columns,
    featureCount: 5,
  };
}

function move(m: readonly number[], x: number, y: number, z: number, w: number): number[] {
  return [0, 1, 2].map((k) => m[k]! * x + m[4 + k]! * y + m[8 + k]! * z + m[12 + k]! * w);
}

test("a shape comes back in each of its places, right to half a millimetre, with its element and its normals", async () => {
  const glb = await writeGlb(contentOf([slab], [wedges()]));
  expect(await validateGlb(glb)).toEqual([]);
  const { json, primitives, columns } = await decodeGlb(glb);
  expect(json.nodes).toHaveLength(2);
  expect(json.materials).toHaveLength(1);
  expect(columns.GlobalId).toEqual(["a", "b", "c", "d", "e"]);
  const copies = primitives[1]!;
  expect(copies.featureCount).toBe(4);
  expect(copies.indices).toHaveLength(PLACES.length * 6);
  for (const [place, matrix] of PLACES.entries())
    for (let vertex = 0; vertex < 4; vertex++) {
      const at = place * 4 + vertex;
      const point = [...WEDGE.subarray(vertex * 3, vertex * 3 + 3)] as [number, number, number];
      const expected = move(matrix, ...point, 1);
      for (let axis = 0; axis < 3; axis++) {
        const value = copies.positions[at * 3 + axis]! - [100, 200, 5][axis]!;
        expect(Math.abs(value - expected[axis]!)).toBeLessThan(0.0005);
      }
      const normal = move(matrix, 0, 0, 1, 0).map((value) => value / MILLIMETRE);
      for (let axis = 0; axis < 3; axis++)
        expect(copies.normals[at * 3 + axis]!).toBeCloseTo(normal[axis]!, 2);
      expect(copies.featureIds[at]).toBe([4, 1, 2, 2, 0][place]);
    }
});

test("ids of places are floats, and a tile may hold nothing else", async () => {
  const { json } = await decodeGlb(await writeGlb(contentOf([], [wedges(), wedges({ scale: MILLIMETRE })])));
  expect(json.extensionsUsed).not.toContain("EXT_mesh_features");
  expect(json.nodes.map(({ mesh }) => mesh)).toEqual([0, 1]);
  for (const { extensions } of json.nodes) {
    const { _FEATURE_ID_0 } = extensions!.EXT_mesh_gpu_instancing.attributes;
    expect(json.accessors[_FEATURE_ID_0!]).toMatchObject({ componentType: 5126, type: "SCALAR" });
  }
});
