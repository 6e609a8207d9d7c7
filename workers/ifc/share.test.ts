import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { convertIfc } from "./convert.ts";
import { IfcText } from "./ifc-text.fixture.ts";
import { packElements, unpackElements } from "./packed-elements.ts";
import { readShare } from "./read-share.ts";
import { weld } from "./weld.ts";

function manyElements(): Uint8Array {
  const file = new IfcText();
  for (let i = 0; i < 50; i++) file.element(`P${i}`, [i * 2, i % 7, 0], file.tetrahedron(1 + (i % 4)));
  return file.toBytes();
}

async function filesOf(bytes: Uint8Array, of: number): Promise<Record<string, string>> {
  const helpers = Array.from({ length: of - 1 }, (_, i) =>
    readShare(bytes, "many.ifc", null, { at: i + 1, of }),
  );
  const hashes: Record<string, string> = {};
  const sink = {
    write: async (path: string, content: Uint8Array) => {
      hashes[path] = createHash("sha256").update(content).digest("hex");
    },
  };
  await convertIfc(bytes, null, sink, { fileName: "many.ifc" }, { helpers });
  return hashes;
}

describe("shares", () => {
  it("each thread makes its own elements and no other's", async () => {
    const bytes = manyElements();
    const ids = await Promise.all(
      [0, 1, 2].map(async (at) =>
        unpackElements(await readShare(bytes, "many.ifc", null, { at, of: 3 })).map((one) => one.expressId),
      ),
    );
    expect(ids.flat()).toHaveLength(50);
    expect(new Set(ids.flat()).size).toBe(50);
    for (const own of ids) expect(own.length).toBeGreaterThan(10);
  });

  it("give the same bytes, however many", async () => {
    const bytes = manyElements();
    const one = await filesOf(bytes, 1);
    expect(Object.keys(one)).toContain("0.glb");
    expect(await filesOf(bytes, 2)).toEqual(one);
    expect(await filesOf(bytes, 5)).toEqual(one);
  });

  it("a thread that fails costs its help, not the conversion", async () => {
    const bytes = manyElements();
    const hashes = await filesOf(bytes, 1);
    const written: string[] = [];
    const sink = { write: async (path: string) => void written.push(path) };
    const helpers = [Promise.reject(new Error("the thread died"))];
    const { summary } = await convertIfc(bytes, null, sink, { fileName: "many.ifc" }, { helpers });
    expect(summary.elements).toBe(50);
    expect(written.sort()).toEqual(Object.keys(hashes).sort());
  });

  it("elements come back from their long arrays as they were", () => {
    const shape = (size: number) =>
      weld(
        Float32Array.of(0, 0, 0, 0, 0, 1, size, 0, 0, 0, 0, 1, 0, size, 0, 0, 0, 1),
        Uint32Array.of(0, 1, 2),
      );
    const [a, b] = [shape(1), shape(5)];
    const place = (x: number) => [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, x, 0.1, 0, 1];
    const elements = [
      {
        expressId: 7,
        triangles: 2,
        parts: [a, b].map((geometry, i) => ({
          geometry,
          color: 0xff00ff80 + i,
          engineeringFromGeometry: place(i),
        })),
      },
      {
        expressId: 9,
        triangles: 1,
        parts: [{ geometry: a, color: 0x000000ff, engineeringFromGeometry: place(1e6) }],
      },
    ];
    const back = unpackElements(packElements(elements));
    expect(back).toEqual(elements);
    expect(back[1]!.parts[0]!.geometry).toBe(back[0]!.parts[0]!.geometry);
  });
});
