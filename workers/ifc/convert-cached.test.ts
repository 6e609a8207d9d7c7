import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { IfcModel } from "../../src/domain/model.ts";
import { listModels, openModelSink, readModelFile } from "../../src/local/model-files.ts";
import { MemoryDisk } from "../../src/local/opfs.fixture.ts";
import { createIfcWorker } from "./convert-cached.ts";
import { IfcText } from "./ifc-text.fixture.ts";

const ignore = () => {};
const OPTIONS = { fileName: "test.ifc" };

function boxFile(change: (file: IfcText) => void = () => {}): Blob {
  const file = new IfcText();
  file.element("P", [0, 0, 0], file.tetrahedron(2));
  change(file);
  return new Blob([file.toString()]);
}

async function readModel(id: string): Promise<IfcModel> {
  return JSON.parse(new TextDecoder().decode(await readModelFile(id, "model.json"))) as IfcModel;
}

beforeEach(() => vi.stubGlobal("navigator", new MemoryDisk()));
afterEach(() => vi.unstubAllGlobals());

describe("the import worker", () => {
  it("stores a model under its content's hash and answers from there the second time", async () => {
    const worker = createIfcWorker(null);
    const first = await worker.convert(boxFile(), OPTIONS, ignore, ignore);
    expect(first).toMatchObject({ fromCache: false, summary: { elements: 1 } });
    expect(first.modelId).toMatch(/^[0-9a-f]{64}$/);
    expect((await readModel(first.modelId)).contentHash).toBe(first.modelId);
    const second = await worker.convert(boxFile(), { fileName: "renamed.ifc" }, ignore, ignore);
    expect(second).toEqual({ modelId: first.modelId, fromCache: true, summary: null });
    expect(await listModels()).toEqual([first.modelId]);
  });

  it("converts again for another converter version or a place of the user's", async () => {
    const worker = createIfcWorker(null);
    const { modelId } = await worker.convert(boxFile(), OPTIONS, ignore, ignore);
    const model = await readModel(modelId);
    const sink = await openModelSink(modelId);
    await sink.write(
      "model.json",
      new TextEncoder().encode(JSON.stringify({ ...model, converterVersion: "0" })),
    );
    expect(await worker.convert(boxFile(), OPTIONS, ignore, ignore)).toMatchObject({ fromCache: false });
    const place = { longitudeDeg: 123.4, latitudeDeg: 41.8, height: 5, headingDeg: 90 };
    expect(await worker.convert(boxFile(), { ...OPTIONS, place }, ignore, ignore)).toMatchObject({
      fromCache: false,
      summary: { georeference: { method: "user", rotationDeg: 90, origin: { longitudeDeg: 123.4 } } },
    });
  });

  it("leaves nothing behind when there is nothing to show or the file is bad, and throws plain data", async () => {
    const worker = createIfcWorker(null);
    const empty = new Blob([new IfcText().toString()]);
    for (const [file, code] of [
      [empty, "ifc.no_geometry"],
      [new Blob(["#dummy"]), "ifc.not_ifc"],
    ] as const) {
      const error: unknown = await worker
        .convert(file, OPTIONS, ignore, ignore)
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code, params: { file: "test.ifc" } });
      expect(error).not.toBeInstanceOf(Error);
    }
    expect(await listModels()).toEqual([]);
  });
});
