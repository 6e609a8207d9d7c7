import { expect, test } from "vitest";
import { addFeatureEdges, EdgeBuffer } from "./feature-edges.ts";
import { cubes } from "./tile-layer.fixture.ts";
import { buildTileLayer } from "./tile-layer.ts";

function edgesOf(positions: readonly number[], index: readonly number[]): number {
  const edges = new EdgeBuffer();
  addFeatureEdges(Float32Array.from(positions), Uint32Array.from(index), 0, index.length, edges);
  return edges.length / 6;
}

test("a cube has twelve edges and no diagonals", () => {
  const layer = buildTileLayer(
    [
      cubes([
        [0, 0, 0],
        [4, 4, 4],
      ]),
    ],
    2,
  );
  if (!layer) throw new Error("no layer");
  const edges = new EdgeBuffer();
  addFeatureEdges(layer.positions, layer.index, 36, 72, edges);
  expect(edges.length / 6).toBe(12);
  expect(Math.min(...edges.toArray())).toBe(4);
});

test("corners at one place count as one whatever their normals", () => {
  const square = [0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0];
  expect(edgesOf(square, [0, 1, 2, 3, 4, 5])).toBe(4);
});

test("facets of a round pipe leave no lines, its rims do", () => {
  const around = 12;
  const positions: number[] = [];
  const index: number[] = [];
  for (let i = 0; i < around; i++) {
    const angle = (i / around) * 2 * Math.PI;
    for (const z of [0, 3]) positions.push(Math.cos(angle), Math.sin(angle), z);
    const [a, b] = [i * 2, ((i + 1) % around) * 2];
    index.push(a, b, b + 1, a, b + 1, a + 1);
  }
  expect(edgesOf(positions, index)).toBe(2 * around);
});

test("degenerate triangles are passed over", () => {
  expect(edgesOf([0, 0, 0, 1, 0, 0, 2, 0, 0], [0, 1, 2])).toBe(0);
});

test("the buffer grows", () => {
  const edges = new EdgeBuffer();
  for (let i = 0; i < 2000; i++) edges.push(i, 0, 0, i, 1, 0);
  expect(edges.toArray().length).toBe(12_000);
  expect(edges.toArray()[11_994]).toBe(1999);
});
