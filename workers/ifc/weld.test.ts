import { describe, expect, it } from "vitest";
import { fingerprint, weld } from "./weld.ts";

/** Interleaved vertices: position, normal. */
const vertex = (x: number, y: number, z: number, nz = 1) => [x, y, z, 0, 0, nz];

describe("weld", () => {
  it("merges vertices that agree in position and normal, and only those", () => {
    const vertices = Float32Array.from([
      ...vertex(0, 0, 0),
      ...vertex(1, 0, 0),
      ...vertex(0, 1, 0),
      ...vertex(1, 0, 0),
      ...vertex(1, 1, 0),
      ...vertex(0, 1, 0, -1),
    ]);
    const { positions, normals, indices, box } = weld(vertices, Uint32Array.of(0, 1, 2, 3, 4, 5));
    expect(positions).toHaveLength(5 * 3);
    expect([...indices]).toEqual([0, 1, 2, 1, 3, 4]);
    expect([2, 4].map((v) => normals[v * 4 + 2])).toEqual([127, -127]);
    expect([...box]).toEqual([0, 0, 0, 1, 1, 0]);
  });

  it("drops triangles that lost a corner or are not numbers", () => {
    const vertices = Float32Array.from([
      ...vertex(0, 0, 0),
      ...vertex(1, 0, 0),
      ...vertex(0, 1, 0),
      ...vertex(0, 1, 0),
      ...vertex(Number.NaN, 1, 0),
    ]);
    const { indices } = weld(vertices, Uint32Array.of(0, 1, 2, 0, 2, 3, 0, 1, 4, 0, 1, 99));
    expect([...indices]).toEqual([0, 1, 2]);
  });

  it("tells contents apart", () => {
    const prints = [
      [1, 2, 3],
      [1, 3, 2],
      [1, 2, 3.0000002],
      [1, 2],
    ].map((values) => fingerprint(Float32Array.from(values)));
    expect(new Set(prints).size).toBe(4);
    expect(fingerprint(Float32Array.of(1, 2, 3))).toBe(prints[0]);
  });
});
