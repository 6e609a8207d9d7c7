import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { validateGlb } from "../tiles/glb-checks.ts";
import { MemorySink } from "../tiles/tileset.ts";
import type { PreviewPart } from "./contract.ts";
import { convertIfc } from "./convert.ts";
import { IfcText as FileInMaking } from "./ifc-text.fixture.ts";
import { readIfcText } from "./ifc-text.ts";
import { chooseLarge, partWith } from "./part-of-file.ts";

const OPTIONS = { fileName: "large.ifc" };
/** A file of this size is worth a first look. */
const LARGE = 8.1e6;

function hall(): FileInMaking {
  const file = new FileInMaking({ siteReference: "(41,48,0),(123,25,0),40." });
  for (let i = 0; i < 60; i++) file.element(`chair ${i}`, [i, 1, 0], file.tetrahedron(0.5), "IFCFURNITURE");
  for (let i = 0; i < 40; i++) file.element(`wall ${i}`, [i * 2, 0, 0], file.tetrahedron(3), "IFCWALL");
  file.element("roof", [0, 0, 9], file.tetrahedron(80), "IFCSLAB");
  return file;
}

function padded(file: FileInMaking): Uint8Array {
  return new TextEncoder().encode(file.toString().replace("DATA;", `DATA;\n/*${" ".repeat(LARGE)}*/`));
}

async function convert(bytes: Uint8Array, isWatched: boolean) {
  const sink = new MemorySink();
  const parts: PreviewPart[] = [];
  let isMade = false;
  const { model } = await convertIfc(bytes, null, sink, OPTIONS, {
    onProgress: ({ stage }) => {
      isMade ||= stage === "encode";
    },
    ...(isWatched && {
      onPreview: (part: PreviewPart) => {
        expect(isMade).toBe(false);
        parts.push(part);
      },
    }),
  });
  const hashes = [...sink.files].map(([path, content]) => [
    path,
    createHash("sha256").update(content).digest("hex"),
  ]);
  return { model, parts, hashes };
}

describe("the first look at a large model", () => {
  it("comes before its tiles, stands where it will stand, and changes no byte of it", async () => {
    const bytes = padded(hall());
    const plain = await convert(bytes, false);
    const watched = await convert(bytes, true);
    expect(watched.hashes).toEqual(plain.hashes);
    const [first] = watched.parts;
    expect(first).toMatchObject({ part: 0, georeference: { origin: plain.model.georeference.origin } });
    for (let axis = 0; axis < 3; axis++) {
      expect(first!.box.min[axis]).toBeGreaterThanOrEqual(plain.model.box.min[axis]! - 0.01);
      expect(first!.box.max[axis]).toBeLessThanOrEqual(plain.model.box.max[axis]! + 0.01);
    }
    // the roof is the largest of it
    expect(first!.box.max[2]).toBeCloseTo(plain.model.box.max[2], 2);
    const tileset = JSON.parse(new TextDecoder().decode(first!.tilesetJson)) as {
      root: { content: unknown };
    };
    expect(tileset.root.content).toEqual({ uri: "0.glb" });
    expect(await validateGlb(first!.glb)).toEqual([]);
  });

  it("is not taken of a small one", async () => {
    expect((await convert(hall().toBytes(), true)).parts).toEqual([]);
  });

  it("is of what a building is known by, from all over it", () => {
    const text = readIfcText(hall().toBytes(), "a.ifc");
    const kinds = chooseLarge(text, 20).map((id) => text.index.entityOf(id));
    expect(new Set(kinds)).toEqual(new Set(["IFCSLAB", "IFCWALL"]));
    const walls = chooseLarge(text, 20).filter((id) => text.index.entityOf(id) === "IFCWALL");
    const all = text.index.statementsOf("IFCWALL");
    const places = walls.map((id) => all.indexOf(text.index.find(id)));
    expect(Math.min(...places)).toBeLessThan(8);
    expect(Math.max(...places)).toBeGreaterThan(32);
  });

  it("shows the kernel what a shape needs, and its openings, but no other element", () => {
    const file = hall();
    const wall = file.element("with a hole", [0, 0, 0], file.tetrahedron(3), "IFCWALL");
    const hole = file.element("hole", [0, 0, 0], file.tetrahedron(1), "IFCOPENINGELEMENT");
    file.relate("IFCRELVOIDSELEMENT", wall, [hole]);
    const text = readIfcText(
      new TextEncoder().encode(file.toString().replaceAll(`(#${hole})`, `#${hole}`)),
      "a.ifc",
    );
    const { isHidden, own } = partWith(text, [wall]);
    const shown = new Set(
      text.index.entities.filter((entity) =>
        text.index.statementsOf(entity).some((statement) => !isHidden[statement]),
      ),
    );
    expect(own).toEqual(new Set([wall]));
    expect([...shown]).toEqual(
      expect.arrayContaining(["IFCWALL", "IFCOPENINGELEMENT", "IFCRELVOIDSELEMENT", "IFCUNITASSIGNMENT"]),
    );
    expect(shown.has("IFCFURNITURE")).toBe(false);
    expect(shown.has("IFCSLAB")).toBe(false);
  });
});
