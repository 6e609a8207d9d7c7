import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { TwinError } from "../base/errors.ts";
import { probeTileset } from "./tileset-probe.ts";

/** Optional test data beside the repository. */
const DATA = fileURLToPath(new URL("../../../shared/data/3dtiles", import.meta.url));
const WHOLE = ["cesium-specs", "gltf-metadata", "nasa-quadtree", "samples-1.0", "samples-1.1"];

/** `fine`, or the code that a user is told; anything else fails the test. */
async function answerFor(path: string): Promise<string> {
  const body = readFileSync(path);
  try {
    await probeTileset(path, undefined, async () => new Response(body));
    return "fine";
  } catch (error) {
    if (!(error instanceof TwinError) || !error.message.endsWith(".") || error.message.length < 30)
      throw error;
    return error.code;
  }
}

describe.runIf(existsSync(DATA))("sample tilesets", () => {
  const answers = new Map<string, string>();
  beforeAll(async () => {
    for (const file of readdirSync(DATA, { recursive: true, encoding: "utf8" }))
      if (/(^|\/)tileset[^/]*\.json$/.test(file) || /^validator-tilesets\/.*\.json$/.test(file))
        answers.set(file, await answerFor(join(DATA, file)));
  });

  it("are let through to the engine, 1.0 and 1.1", () => {
    const whole = [...answers].filter(([file]) => WHOLE.some((folder) => file.startsWith(folder)));
    expect(whole.length).toBeGreaterThan(70);
    expect(whole.filter(([, answer]) => answer !== "fine")).toEqual([]);
  });

  it("of the validator, valid or not, are let through or refused in a sentence", () => {
    const judged = [...answers].filter(([file]) => file.startsWith("validator-tilesets"));
    expect(judged.length).toBeGreaterThan(150);
    const codes = new Set(judged.map(([, answer]) => answer));
    for (const code of codes)
      expect(["fine", "tileset.not-json", "tileset.not-a-tileset", "tileset.unsupported-version"]).toContain(
        code,
      );
    expect(codes.size).toBeGreaterThan(1);
  });
});
