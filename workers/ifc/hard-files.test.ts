/** Files that are odd, hostile or huge in one respect. */
import { gzipSync, strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { PropertyStore } from "../../src/domain/ifc/property-store.ts";
import { MemorySink } from "../tiles/tileset.ts";
import { convertIfc } from "./convert.ts";
import { createIfcWorker } from "./convert-cached.ts";
import { IfcText } from "./ifc-text.fixture.ts";

async function convert(bytes: Uint8Array) {
  const sink = new MemorySink();
  const { model } = await convertIfc(bytes, null, sink, { fileName: "a.ifc" });
  const store = await PropertyStore.open(async (path) => sink.files.get(path)!.slice().buffer as ArrayBuffer);
  return { model, store };
}

describe("hard files", () => {
  it("with a cut of its own result is converted without it, at once", async () => {
    const file = new IfcText();
    const good = file.element("good", [0, 0, 0], file.tetrahedron(1));
    const first = file.nextId;
    file.add(`IFCBOOLEANRESULT(.DIFFERENCE.,#${first + 1},#${first + 1})`);
    file.add(`IFCBOOLEANCLIPPINGRESULT(.DIFFERENCE.,#${first},#${first})`);
    file.element("cyclic", [5, 0, 0], file.shape("CSG", first));
    const startMs = performance.now();
    const { model } = await convert(file.toBytes());
    expect(performance.now() - startMs).toBeLessThan(15_000);
    expect(model.elements.expressId).toEqual([good]);
    expect(model.failures).toMatchObject([{ name: "cyclic", reason: "cycle", detail: "IfcBooleanResult" }]);
    expect(model.issues.map(({ code }) => code)).toContain("ifc.without_geometry");
  });

  it("with a shape that lacks attributes is converted without it", async () => {
    const file = new IfcText();
    const good = file.element("good", [0, 0, 0], file.tetrahedron(1));
    const bad = file.tetrahedron(1);
    file.element("bad", [5, 0, 0], bad);
    const text = file
      .toString()
      .replace(`#${bad}=IFCPRODUCTDEFINITIONSHAPE($,$,`, `#${bad}=IFCPRODUCTDEFINITIONSHAPE($,`);
    const { model } = await convert(strToU8(text));
    expect(model.elements.expressId).toEqual([good]);
  });

  it("with placements in a circle and no units stands somewhere", async () => {
    const file = new IfcText();
    file.element("good", [0, 0, 0], file.tetrahedron(1));
    const text = file
      .toString()
      .replace(/IFCLOCALPLACEMENT\(\$,/g, (whole, at: number) => (at % 2 ? whole : `IFCLOCALPLACEMENT(#13,`))
      .replace(/=IFCUNITASSIGNMENT[^;]*;/, "=IFCUNITASSIGNMENT(());");
    const { model } = await convert(strToU8(text));
    expect(model.issues.map(({ code }) => code)).toContain("ifc.no_length_unit");
  });

  it("with ten thousand property sets on one element answers for it in a moment", async () => {
    const file = new IfcText();
    const wall = file.element("墙", [0, 0, 0], file.tetrahedron(1), "IFCWALL");
    for (let i = 0; i < 10_000; i++) {
      const value = file.add(`IFCPROPERTYSINGLEVALUE('P',$,IFCINTEGER(${i}),$)`);
      const set = file.add(`IFCPROPERTYSET('${file.guid()}',$,'Pset ${i}',$,(#${value}))`);
      file.relate("IFCRELDEFINESBYPROPERTIES", set, [wall]);
    }
    const { model, store } = await convert(file.toBytes());
    const startMs = performance.now();
    const sets = await store.setsOf(0, model.elements.expressId[0]!);
    expect(performance.now() - startMs).toBeLessThan(5000);
    expect(sets.filter(({ name }) => name.startsWith("Pset"))).toHaveLength(10_000);
  });

  it("that are too large, or unpack to too much, are refused before anything is read", async () => {
    const worker = createIfcWorker(null);
    const huge = { size: 2e9, arrayBuffer: () => Promise.reject(new Error("read")) } as unknown as Blob;
    const options = { fileName: "huge.ifc" };
    await expect(
      worker.convert(
        huge,
        options,
        () => {},
        () => {},
      ),
    ).rejects.toMatchObject({ code: "ifc.too_large" });
    const zeros = new Uint8Array(120e6);
    for (const packed of [zipSync({ "a.ifc": [zeros, { level: 9 }] }), gzipSync(zeros)])
      await expect(convert(packed)).rejects.toMatchObject({ code: "ifc.zip_bomb" });
  });

  it("in a zip are the first IFC in it", async () => {
    const file = new IfcText();
    file.element("good", [0, 0, 0], file.tetrahedron(1));
    const { model } = await convert(
      zipSync({ "read me.txt": strToU8("x"), "__MACOSX/b.ifc": strToU8("x"), "in/b.IFC": file.toBytes() }),
    );
    expect(model.counts.elements).toBe(1);
  });
});
