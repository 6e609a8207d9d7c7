import { describe, expect, it } from "vitest";
import type { FlatMesh } from "web-ifc";
import { PlacementReader } from "./placements.ts";

const SIZE = 296;
const MATRIX = Array.from({ length: 16 }, (_, i) => i + 0.5);
const COLOR = { x: 0.1, y: 0.2, z: 0.3, w: 1 };

/** A kernel's memory with placements as web-ifc lays them out, and a mesh whose bindings count their calls. */
function fake(ids: readonly number[], spoil: (memory: ArrayBuffer) => void = () => {}) {
  const [vector, start] = [16, 64];
  const memory = new ArrayBuffer(start + ids.length * SIZE);
  const view = new DataView(memory);
  view.setUint32(vector, start, true);
  view.setUint32(vector + 4, start + ids.length * SIZE, true);
  for (const [i, id] of ids.entries()) {
    const at = start + i * SIZE;
    for (const [k, value] of Object.values(COLOR).entries()) view.setFloat64(at + k * 8, value, true);
    for (const [k, value] of MATRIX.entries()) view.setFloat64(at + 160 + k * 8, value, true);
    view.setUint32(at + 288, id, true);
  }
  spoil(memory);
  let asked = 0;
  const geometries = {
    $$: { ptr: vector },
    size: () => ids.length,
    get: (i: number) => {
      asked++;
      return { geometryExpressID: ids[i]!, flatTransformation: MATRIX, color: COLOR };
    },
  };
  const mesh = { geometries, expressID: 1 } as unknown as FlatMesh;
  return { reader: new PlacementReader({ HEAPU32: new Uint32Array(memory) }), mesh, asked: () => asked };
}

function readAll(reader: PlacementReader, mesh: FlatMesh): unknown[] {
  const seen: unknown[] = [];
  reader.forEach(mesh, (id, numbers, matrixAt, colorAt) => {
    const all = Array.from(numbers);
    seen.push([id, all.slice(matrixAt, matrixAt + 16), all.slice(colorAt, colorAt + 4)]);
  });
  return seen;
}

const EXPECTED = [7, 9].map((id) => [id, MATRIX, Object.values(COLOR)]);

describe("PlacementReader", () => {
  it("reads from memory once the first mesh agreed with the bindings", () => {
    const { reader, mesh, asked } = fake([7, 9]);
    expect(readAll(reader, mesh)).toEqual(EXPECTED);
    expect(asked()).toBe(2);
    expect(readAll(reader, mesh)).toEqual(EXPECTED);
    expect(asked()).toBe(2);
  });

  it.each([
    ["a number is elsewhere", (memory: ArrayBuffer) => new DataView(memory).setFloat64(64 + 160, 5, true)],
    ["the size is another", (memory: ArrayBuffer) => new DataView(memory).setUint32(20, 64 + 600, true)],
  ])("keeps to the bindings when %s", (_, spoil) => {
    const { reader, mesh, asked } = fake([7, 9], spoil);
    readAll(reader, mesh);
    expect(readAll(reader, mesh)).toEqual(EXPECTED);
    expect(asked()).toBeGreaterThanOrEqual(4);
  });
});
