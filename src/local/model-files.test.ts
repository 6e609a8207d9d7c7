import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listModels, openModelSink, readModelFile, removeModel, withModelLock } from "./model-files.ts";
import { MemoryDisk } from "./opfs.fixture.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (buffer: ArrayBuffer) => new TextDecoder().decode(buffer);

let disk = new MemoryDisk();
beforeEach(() => {
  disk = new MemoryDisk();
  vi.stubGlobal("navigator", disk);
});
afterEach(() => vi.unstubAllGlobals());

async function store(id: string, ...paths: string[]): Promise<void> {
  const sink = await openModelSink(id);
  for (const path of paths) await sink.write(path, bytes(`${id} ${path}`));
}

describe("model files", () => {
  it("reads back what was written, also in subfolders", async () => {
    await store("a1", "0.glb", "properties/0.json", "model.json");
    expect(text(await readModelFile("a1", "properties/0.json"))).toBe("a1 properties/0.json");
    await expect(readModelFile("a1", "9.glb")).rejects.toMatchObject({ code: "storage.not_found" });
    await expect(readModelFile("zz", "0.glb")).rejects.toMatchObject({ code: "storage.not_found" });
  });

  it("lists complete models and removes what was left by broken-off conversions, not by running ones", async () => {
    await store("b2", "0.glb", "model.json");
    await store("a1", "model.json");
    await store("broken", "0.glb");
    await store("running", "0.glb");
    await withModelLock("running", async () => {
      expect(await listModels()).toEqual(["a1", "b2"]);
      await expect(readModelFile("broken", "0.glb")).rejects.toMatchObject({ code: "storage.not_found" });
      expect(text(await readModelFile("running", "0.glb"))).toBe("running 0.glb");
    });
  });

  it("starts from nothing when a model is written again, and forgets a removed one", async () => {
    await store("a1", "0.glb", "model.json");
    await store("a1", "1.glb");
    await expect(readModelFile("a1", "0.glb")).rejects.toMatchObject({ code: "storage.not_found" });
    await removeModel("a1");
    await removeModel("a1");
    expect(await listModels()).toEqual([]);
  });

  it("says that the storage is full or missing", async () => {
    const sink = await openModelSink("a1");
    disk.room = 3;
    await expect(sink.write("0.glb", bytes("four"))).rejects.toMatchObject({ code: "storage.full" });
    await sink.discard();
    vi.stubGlobal("navigator", {});
    expect(await listModels()).toEqual([]);
    await expect(openModelSink("a1")).rejects.toMatchObject({ code: "storage.missing" });
    await expect(readModelFile("a1", "0.glb")).rejects.toMatchObject({ code: "storage.missing" });
  });

  it("does not leave its folder", async () => {
    const sink = await openModelSink("a1");
    for (const path of ["../b.glb", "/etc/x", "a//b", "", "a/"])
      await expect(sink.write(path, bytes("x"))).rejects.toThrow();
  });
});
