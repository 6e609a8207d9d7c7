import { describe, expect, it } from "vitest";
import { decodeGlb } from "../tiles/glb-checks.ts";
import { MemorySink } from "../tiles/tileset.ts";
import { checkTree, listTiles, type TilesetJson } from "../tiles/tileset-checks.ts";
import { engineeringBoxOf } from "./bake.ts";
import type { ElementMesh } from "./element-mesh.ts";
import { coarsen } from "./lod.ts";
import { ProgressReporter } from "./progress.ts";
import { type WeldedGeometry, weld } from "./weld.ts";
import { writeTiles } from "./write-tiles.ts";

const RADIUS = 2;
const IDENTITY = Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);

/** A ball with a normal a triangle, as most exporters write scans and statues; 2 n² triangles or nearly. */
function ball(n: number): WeldedGeometry {
  const at = (u: number, v: number) => {
    const [a, b] = [(u / n) * 2 * Math.PI, (v / n) * Math.PI];
    return [Math.sin(b) * Math.cos(a), Math.sin(b) * Math.sin(a), Math.cos(b)].map((x) => x * RADIUS);
  };
  const corners: number[] = [];
  for (let u = 0; u < n; u++)
    for (let v = 0; v < n; v++) {
      const [p, q, r, s] = [at(u, v), at(u, v + 1), at(u + 1, v + 1), at(u + 1, v)];
      for (const triangle of [
        [p, q, r],
        [p, r, s],
      ]) {
        const middle = [0, 1, 2].map((axis) => triangle.reduce((sum, corner) => sum + corner![axis]!, 0) / 3);
        for (const corner of triangle) corners.push(...corner!, ...middle);
      }
    }
  return weld(
    Float32Array.from(corners),
    Uint32Array.from({ length: corners.length / 6 }, (_, i) => i),
  );
}

function element(geometry: WeldedGeometry, expressId: number, x: number, scale = 1): ElementMesh {
  const place = Array.from(IDENTITY, (value, i) =>
    i % 5 === 0 && i < 15 ? value * scale : i === 12 ? x : value,
  );
  return {
    expressId,
    parts: [{ geometry, engineeringFromGeometry: place, color: 0x808080ff }],
    triangles: geometry.indices.length / 3,
  };
}

describe("stand-ins of heavy elements", () => {
  const [heavy, light] = [ball(230), ball(12)];
  const elements = Array.from({ length: 8 }, (_, i) =>
    i === 3 ? element(light, 10 + i, i * 10) : element(heavy, 10 + i, i * 10, 1 + i / 10),
  );

  it("are far smaller, near the shape to the error that they tell, and shaded outwards", async () => {
    const coarse = await coarsen(elements);
    expect([...coarse.keys()]).toEqual([0, 1, 2, 4, 5, 6, 7]);
    for (const [row, { element: one, error }] of coarse) {
      const scale = 1 + row / 10;
      expect(one.triangles).toBeLessThan(elements[row]!.triangles * 0.1);
      expect(error).toBeLessThan(2 * RADIUS * scale * 0.03);
      const { positions, normals } = one.parts[0]!.geometry;
      let outwards = 0;
      for (let i = 0; i < positions.length; i += 3) {
        const from = [positions[i]!, positions[i + 1]!, positions[i + 2]!];
        const length = Math.hypot(...from);
        expect(Math.abs(length - RADIUS) * scale).toBeLessThanOrEqual(error + 1e-4);
        const packed = (i / 3) * 4;
        const outward = from.reduce(
          (sum, value, k) => sum + (value / length) * (normals[packed + k]! / 127),
          0,
        );
        outwards += Number(outward > 0.9);
      }
      // slivers at the poles may lie askew
      expect(outwards / (positions.length / 3)).toBeGreaterThan(0.99);
    }
  });

  it("are none for a model that is light as a whole, or light in all its parts", async () => {
    expect((await coarsen(elements.slice(0, 3))).size).toBe(0);
    expect((await coarsen(Array.from({ length: 3000 }, (_, i) => element(light, i, i)))).size).toBe(0);
  });

  it("stand in tiles of their own, which the fine ones replace; every row is fine once and coarse once at most", async () => {
    const sink = new MemorySink();
    const rows = elements.map(({ expressId }) => ({
      expressId,
      globalId: `id-${expressId}`,
      class: "IfcBuildingElementProxy",
      name: "",
      storey: 0,
    }));
    const input = {
      meshes: { elements },
      boxes: elements.map(engineeringBoxOf),
      rows,
      solved: { modelFromEngineering: IDENTITY, ecefFromModel: IDENTITY },
    };
    await writeTiles(input, sink, new ProgressReporter(undefined));
    const tileset = sink.json("tileset.json") as TilesetJson;
    expect(checkTree(tileset)).toEqual([]);
    const coarse: number[] = [];
    const fine: number[] = [];
    for (const tile of listTiles(tileset.root)) {
      if (!tile.content) continue;
      const { columns } = await decodeGlb(sink.files.get(tile.content.uri)!);
      const isCoarse = (tile as { refine?: string }).refine === "REPLACE";
      (isCoarse ? coarse : fine).push(...(columns.row as number[]));
      if (isCoarse) {
        expect(tile.children!.length).toBeGreaterThan(0);
        expect(tile.geometricError).toBeGreaterThan(0);
      }
    }
    expect(fine.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(coarse.sort((a, b) => a - b)).toEqual([0, 1, 2, 4, 5, 6, 7]);
  });
});
