import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { IfcText } from "../../workers/ifc/ifc-text.fixture.ts";
import { runIfc } from "../ifc.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ifc-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeModel(name = "model.ifc"): string {
  const file = new IfcText();
  file.element("P", [0, 0, 0], file.tetrahedron(2));
  const path = join(folder, name);
  writeFileSync(path, file.toBytes());
  return path;
}

async function run(...args: string[]) {
  const out: string[] = [];
  const error: string[] = [];
  const code = await runIfc(args, { out: (line) => out.push(line), error: (line) => error.push(line) });
  return { code, out, error };
}

describe("npm run ifc", () => {
  it("writes the folder and one JSON line", async () => {
    const target = join(folder, "deep/out");
    const { code, out, error } = await run(writeModel(), target, "--json", "--workers", "2");
    expect(code).toBe(0);
    expect(error).toEqual([]);
    expect(out).toHaveLength(1);
    const summary = JSON.parse(out[0]!);
    expect(Object.keys(summary)).toEqual([
      "elements",
      "triangles",
      "bytes",
      "tiles",
      "schema",
      "georeference",
      "issues",
      "ms",
      "memory",
    ]);
    expect(summary.memory.text).toBe(statSync(writeModel()).size);
    expect(summary.memory.kernel).toBeGreaterThan(4e6);
    expect(summary.memory.shapes).toBe(3 * 4 * 3 * 4 + 3 * 4 * 4 + 12 * 4);
    expect(Object.keys(summary.ms)).toEqual(["open", "geometry", "encode", "total"]);
    expect(readdirSync(target).sort()).toEqual(["0.glb", "model.json", "properties", "tileset.json"]);
    expect(readdirSync(join(folder, "deep"))).toEqual(["out"]);
  });

  it("writes the same with one thread and with three", async () => {
    const file = new IfcText();
    for (let i = 0; i < 40; i++) file.element(`P${i}`, [i * 3, 0, 0], file.tetrahedron(1 + (i % 3)));
    const path = join(folder, "many.ifc");
    writeFileSync(path, file.toBytes());
    expect(await run(path, join(folder, "one"))).toMatchObject({ code: 0, error: [] });
    expect(await run(path, join(folder, "three"), "--workers", "3")).toMatchObject({ code: 0, error: [] });
    for (const name of ["0.glb", "model.json", "tileset.json", "properties/0.step"])
      expect(readFileSync(join(folder, "three", name)), name).toEqual(
        readFileSync(join(folder, "one", name)),
      );
  });

  it("tells people what it did, and replaces an earlier output", async () => {
    const target = join(folder, "out");
    await run(writeModel(), target);
    writeFileSync(join(target, "old.glb"), "x");
    const { code, out } = await run(writeModel(), target);
    expect(code).toBe(0);
    expect(out[0]).toMatch(/^1 elements, 4 triangles in 1 tiles/);
    expect(readdirSync(target)).not.toContain("old.glb");
  });

  it("answers bad input with one sentence, code 1 and no trace", async () => {
    const bad = join(folder, "bad.ifc");
    writeFileSync(bad, "#dummy");
    const target = join(folder, "out");
    for (const [args, sentence] of [
      [[bad, target], /^bad\.ifc is not an IFC file/],
      [[join(folder, "none.ifc"), target], /^There is no file .*none\.ifc\. Check the path\.$/],
      [[folder, target], /cannot be read: it is a folder/],
      [[writeModel(), target, "--crs", "EPSG:99999"], /EPSG:99999/],
      [[bad], /output folder\. Usage/],
      [[bad, target, "--fast"], /--fast.*Usage/],
      [[bad, target, "--workers", "none"], /--workers/],
      [["http://127.0.0.1:9/x.ifc", target], /cannot be downloaded/],
    ] as const) {
      const { code, out, error } = await run(...args);
      expect(code).toBe(1);
      expect(out).toEqual([]);
      expect(error).toHaveLength(1);
      expect(error[0]).toMatch(sentence);
      expect(error[0]).not.toContain("\n");
    }
    expect(readdirSync(folder).sort()).toEqual(["bad.ifc", "model.ifc"]);
  });

  it("leaves a folder alone that is not its own", async () => {
    const target = join(folder, "thesis");
    mkdirSync(target);
    writeFileSync(join(target, "thesis.txt"), "years of work");
    const { code, error } = await run(writeModel(), target);
    expect(code).toBe(1);
    expect(error[0]).toMatch(/is not a tileset folder/);
    expect(readFileSync(join(target, "thesis.txt"), "utf8")).toBe("years of work");
    expect(readdirSync(folder).sort()).toEqual(["model.ifc", "thesis"]);
  });
});
