import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readQuantizedMesh } from "./read-quantized-mesh.ts";
import { QUANTA } from "./tile-grid.ts";

const SAMPLES = new URL("../../../shared/data/terrain/cesium-quantized-mesh/", import.meta.url);

/** Tiles that others made: what reads them reads ours in the same way. */
describe.runIf(existsSync(SAMPLES))("quantized mesh of others", () => {
  it.each([
    ["tile.terrain", []],
    ["tile.octvertexnormals.terrain", [1]],
    ["tile.watermask.terrain", [2]],
    ["tile.octvertexnormals.watermask.terrain", [1, 2]],
    ["tile.32bitIndices.terrain", []],
    ["9_759_335/9_759_335.terrain", [1]],
  ])("reads %s", (name, extensions) => {
    const mesh = readQuantizedMesh(readFileSync(new URL(name, SAMPLES)));
    const count = mesh.u.length;
    expect(count).toBeGreaterThan(3);
    expect(Math.max(...mesh.indices.subarray(0, 90_000))).toBeLessThan(count);
    for (const values of [mesh.u, mesh.v])
      for (const value of values) expect(value >= 0 && value <= QUANTA).toBe(true);
    expect([...mesh.sides[0]!].every((k) => mesh.u[k] === 0)).toBe(true);
    expect([...mesh.sides[3]!].every((k) => mesh.v[k] === QUANTA)).toBe(true);
    for (const id of extensions) expect(mesh.extensions.has(id)).toBe(true);
    if (extensions.includes(1)) expect(mesh.extensions.get(1)).toHaveLength(count * 2);
  });
});
