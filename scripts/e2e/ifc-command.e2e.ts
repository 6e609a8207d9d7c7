import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ROOT } from "../root.ts";
import { SAMPLE_URL } from "./ifc-inputs.ts";

/** Journey 9: the same conversion on the command line. */
describe("npm run ifc", () => {
  const folder = mkdtempSync(join(tmpdir(), "liaotwin-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function runIfc(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
    const child = spawn(join(ROOT, "node_modules/.bin/tsx"), ["scripts/ifc.ts", ...args], { cwd: ROOT });
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      err += chunk.toString();
    });
    return new Promise((resolve) => child.on("exit", (code) => resolve({ code, out, err })));
  }

  it("converts the sample and prints one JSON line", async () => {
    const target = join(folder, "sample");
    const { code, out } = await runIfc(join(ROOT, "public", SAMPLE_URL), target, "--json");
    expect(code).toBe(0);
    const lines = out.trim().split("\n");
    expect(lines).toHaveLength(1);
    const summary = JSON.parse(lines[0]!);
    expect(summary).toMatchObject({
      schema: "IFC4",
      georeference: { method: "IfcMapConversion", epsg: 4550 },
    });
    expect(summary.elements).toBeGreaterThan(500);
    expect(summary.triangles).toBeGreaterThan(5000);
    expect(summary.tiles).toBe(readdirSync(target).filter((name) => name.endsWith(".glb")).length);
    expect(Object.keys(summary.ms).sort()).toEqual(["encode", "geometry", "open", "total"]);
    const model = JSON.parse(readFileSync(join(target, "model.json"), "utf8"));
    expect(model.counts.elements).toBe(summary.elements);
    expect(JSON.parse(readFileSync(join(target, "tileset.json"), "utf8")).asset.version).toBe("1.1");
  });

  it.each([
    ["a file that is not there", "none.ifc", null],
    ["an empty file", "empty.ifc", ""],
    ["a web page", "page.ifc", "<html></html>"],
  ])("%s: one sentence, exit code 1, nothing half-written", async (_what, name, content) => {
    const input = join(folder, name);
    if (content !== null) writeFileSync(input, content);
    const target = join(folder, `out-${name}`);
    const { code, out, err } = await runIfc(input, target);
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(err).toContain(name);
    expect(existsSync(target) ? readdirSync(target) : []).toEqual([]);
  });
});
