import { describe, expect, it } from "vitest";
import { box, buildInMemory, featuresOf, memorySource } from "./city-build.fixture.ts";
import { type FlatFields, flatGeobufBytes } from "./flatgeobuf.fixture.ts";

const COLUMNS = [
  ["height", 10],
  ["name", 11],
  ["levels", 5],
  ["listed", 2],
] as const;

function header(count: number, nodeSize: number, type = 3): FlatFields {
  return {
    2: { u8: type },
    7: { tables: COLUMNS.map(([name, kind]) => ({ 0: { text: name }, 1: { u8: kind } })) },
    8: { u64: count },
    9: { u16: nodeSize },
    10: { table: { 1: { i32: 4550 } } },
  };
}

function properties(height: number, name: string): Uint8Array {
  const text = new TextEncoder().encode(name);
  const view = new DataView(new ArrayBuffer(2 + 8 + 2 + 4 + text.length + 6 + 3));
  view.setFloat64(2, height, true);
  view.setUint16(10, 1, true);
  view.setUint32(12, text.length, true);
  new Uint8Array(view.buffer).set(text, 16);
  view.setUint16(16 + text.length, 2, true);
  view.setInt32(18 + text.length, 7, true);
  view.setUint16(22 + text.length, 3, true);
  view.setUint8(24 + text.length, 1);
  return new Uint8Array(view.buffer);
}

const E = 535858.6908;
const N = 4630145.7181;
const ring = (x: number, y: number, w: number, d: number) => box(E + x, N + y, w, d);
const polygon = (rings: readonly (readonly [number, number][])[]): FlatFields => {
  let end = 0;
  const ends = rings.map((one) => {
    end += one.length;
    return end;
  });
  const xy: FlatFields = { 1: { doubles: rings.flat(2) } };
  return rings.length > 1 ? { ...xy, 0: { u32s: ends } } : xy;
};

const one: FlatFields = {
  0: { table: polygon([ring(0, 0, 40, 40), ring(10, 10, 20, 20).toReversed()]) },
  1: { bytes: properties(31.4, "和平大厦") },
};

describe("FlatGeobuf", () => {
  it("comes in with holes, typed columns and its system, past its index", async () => {
    // Seventeen features at 16 a node: 17 + 2 + 1 nodes of 40 bytes.
    const features = [
      one,
      ...Array.from(
        { length: 16 },
        (_, k): FlatFields => ({ 0: { table: polygon([ring(100 + k * 20, 0, 9, 9)]) } }),
      ),
    ];
    for (const [nodeSize, indexBytes] of [
      [16, 20 * 40],
      [0, 0],
    ] as const) {
      const bytes = flatGeobufBytes(header(17, nodeSize), features, indexBytes);
      for (const chunkBytes of [1 << 20, 37]) {
        const city = await buildInMemory([memorySource("a.fgb", bytes, chunkBytes)]);
        expect(city.complaints).toEqual([]);
        expect(city.summary).toMatchObject({ read: 17, built: 17, crs: ["EPSG:4550"] });
        const tower = [...featuresOf(city).values()].find(
          ({ attributes }) => attributes.name === "和平大厦",
        )!;
        expect(tower.attributes).toMatchObject({ height: expect.closeTo(31.4, 4), floors: 7 });
        const near = tower.vertices.filter(
          ([lon, lat]) => Math.hypot((lon - 123.4315) * 83000, (lat - 41.8057) * 111000) < 0.02,
        );
        expect(near).toHaveLength(5);
      }
    }
  });

  it("reads multipolygons and lists what is none", async () => {
    const parts = {
      7: { tables: [polygon([ring(0, 0, 9, 9)]), polygon([ring(20, 0, 9, 9)])] },
      6: { u8: 6 },
    } as const;
    const point: FlatFields = { 1: { doubles: [E, N] }, 6: { u8: 1 } };
    const features: FlatFields[] = [{ 0: { table: parts } }, { 0: { table: point } }, {}];
    const city = await buildInMemory([memorySource("m.fgb", flatGeobufBytes(header(3, 0, 0), features))]);
    expect(city.summary).toMatchObject({ read: 3, built: 1, refused: 2, triangles: 20 });
  });

  it("is refused when damaged", async () => {
    const bytes = flatGeobufBytes(header(1, 0), [one]);
    for (const broken of [bytes.slice(0, -9), bytes.slice(0, 20), bytes.slice(0, 10)])
      await expect(buildInMemory([memorySource("b.fgb", broken)])).rejects.toThrow(
        /b\.fgb is not a whole FlatGeobuf file/,
      );
    const wild = bytes.slice();
    wild.fill(0xff, bytes.length - 200, bytes.length - 150);
    await expect(buildInMemory([memorySource("b.fgb", wild)])).rejects.toThrow(/b\.fgb|could be built/);
  });
});
