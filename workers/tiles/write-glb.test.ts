import { describe, expect, it } from "vitest";
import type { PropertyColumn, TileContent, TileMesh } from "./contract.ts";
import { decodeGlb, validateGlb } from "./glb-checks.ts";
import { writeGlb } from "./write-glb.ts";

const GREY = {
  name: "grey",
  color: [0.5, 0.5, 0.5, 1],
  doubleSided: true,
  metallic: 0,
  roughness: 0.9,
} as const;
const GLASS = {
  name: "glass",
  color: [0.2, 0.4, 0.6, 0.35],
  doubleSided: false,
  metallic: 0,
  roughness: 0.1,
} as const;

/** A strip of quads along a diagonal of the given extent, one feature a quad, with distinct normals. */
function strip(quads: number, extent: number, firstFeature: number, extra: Partial<TileMesh> = {}): TileMesh {
  const positions = new Float32Array(quads * 12);
  const normals = new Float32Array(quads * 12);
  const indices = new Uint32Array(quads * 6);
  const featureIds = new Uint16Array(quads * 4);
  for (let quad = 0; quad < quads; quad++) {
    const at = (quad / quads - 0.5) * extent;
    const corners = [at, at, 0.123, at + 1.7, at, 0.123, at + 1.7, at + 0.3, 3.1, at, at + 0.3, 3.1];
    positions.set(corners, quad * 12);
    const angle = quad * 0.7;
    for (let corner = 0; corner < 4; corner++) {
      normals.set([Math.cos(angle) * 0.8, Math.sin(angle) * 0.8, 0.6], quad * 12 + corner * 3);
      featureIds[quad * 4 + corner] = firstFeature + quad;
    }
    indices.set(
      [0, 1, 2, 0, 2, 3].map((i) => quad * 4 + i),
      quad * 6,
    );
  }
  return { positions, normals, indices, featureIds, material: GREY, ...extra };
}

function columnsFor(count: number): PropertyColumn[] {
  const rows = Array.from({ length: count }, (_, row) => row);
  return [
    { id: "id", name: "ID", type: "STRING", semantic: "ID", values: rows.map((row) => `SY-${row}`) },
    { id: "name", name: "Name", type: "STRING", values: rows.map((row) => (row % 2 ? "市政府大楼" : "")) },
    { id: "address", name: "Address", type: "STRING", values: rows.map(() => "") },
    {
      id: "use",
      name: "Use",
      type: "UINT8",
      enumNames: ["residential", "office"],
      values: rows.map((row) => row % 2),
    },
    { id: "height", name: "Height", type: "FLOAT32", values: rows.map((row) => row + 0.5) },
    { id: "year", name: "Year", type: "UINT16", values: rows.map((row) => 1950 + row) },
    { id: "day", name: "Day", type: "UINT32", values: rows.map((row) => row * 100_000) },
  ];
}

function content(meshes: readonly TileMesh[], featureCount: number): TileContent {
  return {
    meshes,
    className: "building",
    columns: columnsFor(featureCount),
    featureCount,
    copyright: "示范数据",
  };
}

/** Corners of every triangle with the feature, to compare regardless of the order that the writer chose. */
function triangleKeys(
  mesh: { positions: ArrayLike<number>; indices: Uint32Array; featureIds: Uint16Array },
  step: number,
): string[] {
  const keys: string[] = [];
  for (let i = 0; i < mesh.indices.length; i += 3) {
    const corners = [0, 1, 2].map((corner) => {
      const vertex = mesh.indices[i + corner]!;
      return [0, 1, 2].map((axis) => Math.round(mesh.positions[vertex * 3 + axis]! / step)).join(" ");
    });
    const first = corners.indexOf([...corners].sort()[0]!);
    const turned = [0, 1, 2].map((k) => corners[(first + k) % 3]!);
    keys.push(`${mesh.featureIds[mesh.indices[i]!]}: ${turned.join(" | ")}`);
  }
  return keys.sort();
}

function worstError(source: TileMesh, decoded: { positions: Float64Array }): number {
  let worst = 0;
  for (let vertex = 0; vertex < decoded.positions.length / 3; vertex++) {
    let nearest = Infinity;
    for (let other = 0; other < source.positions.length / 3; other++) {
      const distances = [0, 1, 2].map((axis) =>
        Math.abs(source.positions[other * 3 + axis]! - decoded.positions[vertex * 3 + axis]!),
      );
      nearest = Math.min(nearest, Math.max(...distances));
    }
    worst = Math.max(worst, nearest);
  }
  return worst;
}

describe("writeGlb", () => {
  it("comes back right to 1 mm at 120 m (int16) and at 200 m and 3 km (floats)", async () => {
    for (const [extent, componentType] of [
      [120, 5122],
      [200, 5126],
      [3000, 5126],
    ] as const) {
      const mesh = strip(200, extent, 0);
      const glb = await writeGlb(content([mesh], 200));
      expect(await validateGlb(glb)).toEqual([]);
      const { json, primitives } = await decodeGlb(glb);
      expect(json.accessors[json.meshes[0]!.primitives[0]!.attributes.POSITION!]!.componentType).toBe(
        componentType,
      );
      expect(worstError(mesh, primitives[0]!)).toBeLessThanOrEqual(0.001);
      expect(triangleKeys(primitives[0]!, 0.1)).toHaveLength(400);
    }
  });

  it("keeps triangles, winding, features and normals", async () => {
    const mesh = strip(50, 40, 3);
    const { primitives } = await decodeGlb(await writeGlb(content([mesh], 60)));
    const [decoded] = primitives;
    expect(triangleKeys(decoded!, 0.05)).toEqual(triangleKeys(mesh, 0.05));
    for (let vertex = 0; vertex < decoded!.featureIds.length; vertex++) {
      const quad = decoded!.featureIds[vertex]! - 3;
      const expected = [Math.cos(quad * 0.7) * 0.8, Math.sin(quad * 0.7) * 0.8, 0.6];
      for (let axis = 0; axis < 3; axis++)
        expect(Math.abs(decoded!.normals[vertex * 3 + axis]! - expected[axis]!)).toBeLessThan(0.005);
    }
  });

  it("writes property columns, leaving all-empty strings to the class default", async () => {
    const glb = await writeGlb(content([strip(5, 10, 0)], 5));
    const { columns, json } = await decodeGlb(glb);
    expect(columns.id).toEqual(["SY-0", "SY-1", "SY-2", "SY-3", "SY-4"]);
    expect(columns.name).toEqual(["", "市政府大楼", "", "市政府大楼", ""]);
    expect(columns.use).toEqual([0, 1, 0, 1, 0]);
    expect(columns.height).toEqual([0.5, 1.5, 2.5, 3.5, 4.5]);
    expect(columns.day).toEqual([0, 100_000, 200_000, 300_000, 400_000]);
    const metadata = json.extensions.EXT_structural_metadata;
    expect(metadata.propertyTables[0]!.properties.address).toBeUndefined();
    expect(metadata.schema.classes.building!.properties.address).toMatchObject({ default: "" });
    for (const { values, stringOffsets } of Object.values(metadata.propertyTables[0]!.properties))
      for (const view of [values, stringOffsets ?? values])
        expect(json.bufferViews[view]!.byteOffset % 8).toBe(0);
    expect(json.asset.copyright).toBe("示范数据");
  });

  it("shares streams between primitives, with facades on some and outlines on some", async () => {
    const quads = 30;
    const facade = Uint8Array.from({ length: quads * 16 }, (_, i) => (i >> 4) + (i % 4));
    const texcoords = Uint16Array.from({ length: quads * 8 }, (_, i) => (i >> 3) * 16);
    const rows = Uint16Array.from({ length: quads * 8 }, (_, i) => (i % 2 ? 2 : (i >> 3) + 700));
    const outline = Uint32Array.from({ length: 40 }, (_, i) => (i >> 1) * 4 + (i % 2));
    const wall = strip(quads, 80, 0, { facade, texcoords, rows });
    const roof = strip(20, 80, quads, { material: GLASS, outline });
    const glb = await writeGlb(content([wall, roof], 50));
    expect(await validateGlb(glb)).toEqual([]);
    const { json, primitives } = await decodeGlb(glb);
    expect(primitives).toHaveLength(2);
    expect(primitives.map(({ featureCount }) => featureCount)).toEqual([30, 20]);
    expect(json.materials.map(({ alphaMode }) => alphaMode)).toEqual([undefined, "BLEND"]);
    const [decodedWall, decodedRoof] = primitives;
    for (const [vertex, feature] of decodedWall!.featureIds.entries()) {
      expect([...decodedWall!.facade!.subarray(vertex * 4, vertex * 4 + 4)]).toEqual(
        [0, 1, 2, 3].map((k) => feature + k),
      );
      expect([...decodedWall!.texcoords!.subarray(vertex * 2, vertex * 2 + 2)]).toEqual([
        feature * 16,
        feature * 16,
      ]);
    }
    for (const [vertex, feature] of decodedWall!.featureIds.entries())
      expect([...decodedWall!.rows!.subarray(vertex * 2, vertex * 2 + 2)]).toEqual([feature + 700, 2]);
    expect(decodedRoof!.facade).toBeUndefined();
    expect(decodedRoof!.rows).toBeUndefined();
    for (let i = 0; i < decodedRoof!.outline!.length; i += 2) {
      const [a, b] = [decodedRoof!.outline![i]!, decodedRoof!.outline![i + 1]!];
      expect(decodedRoof!.featureIds[a]).toBe(decodedRoof!.featureIds[b]);
      expect(Math.abs(decodedRoof!.positions[a * 3]! - decodedRoof!.positions[b * 3]!)).toBeCloseTo(1.7, 2);
    }
    expect(json.extensionsUsed).toContain("CESIUM_primitive_outline");
  });

  it("starts the binary chunk at a multiple of 8 whatever the length of the document", async () => {
    for (const copyright of ["", "a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg"]) {
      const glb = await writeGlb({ ...content([strip(3, 10, 0)], 3), copyright });
      const jsonLength = new DataView(glb.buffer, glb.byteOffset).getUint32(12, true);
      expect((28 + jsonLength) % 8).toBe(0);
      expect(await validateGlb(glb)).toEqual([]);
    }
  });

  it("gives the same bytes for the same content", async () => {
    const twice = await Promise.all([1, 2].map(() => writeGlb(content([strip(100, 60, 0)], 100))));
    expect(twice[0]).toEqual(twice[1]);
  });

  it("uses wide indices beyond 65535 vertices, and stays valid", async () => {
    const big = strip(17_000, 100, 0);
    big.featureIds.forEach((id, i) => {
      big.featureIds[i] = id % 4000;
    });
    const glb = await writeGlb(content([big], 4000));
    expect(await validateGlb(glb)).toEqual([]);
    const { json } = await decodeGlb(glb);
    expect(json.accessors[json.meshes[0]!.primitives[0]!.indices]!.componentType).toBe(5125);
  });

  it("refuses nothing at all, too many features and ragged columns", async () => {
    await expect(writeGlb(content([], 1))).rejects.toThrow("at least one triangle");
    await expect(writeGlb(content([strip(1, 1, 0)], 5000))).rejects.toThrow("4096");
    await expect(writeGlb({ ...content([strip(1, 1, 0)], 1), columns: columnsFor(2) })).rejects.toThrow(
      "column id",
    );
  });
});
