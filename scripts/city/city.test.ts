import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildCity } from "../../workers/city/build-city.ts";
import { box, collectionText, polygonFeature } from "../../workers/city/city-build.fixture.ts";
import { DEFAULT_OPTIONS } from "../../workers/city/contract.ts";
import { runCity } from "../city.ts";
import { FolderSink } from "../ifc/folder-sink.ts";
import { openFileSource } from "./file-source.ts";
import { createFileSpill } from "./file-spill.ts";
import { createProgressLine } from "./progress-line.ts";
import { createThreadEncoder } from "./thread-encoder.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "city-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeCity(name = "city.geojson", count = 30): string {
  const features = Array.from({ length: count }, (_, k) =>
    polygonFeature([box(123.4 + (k % 60) * 1e-3, 41.8 + Math.floor(k / 60) * 1e-3, 2e-4, 1e-4)], {
      id: k,
      height: 9 + (k % 30),
    }),
  );
  const path = join(folder, name);
  writeFileSync(path, collectionText(features));
  return path;
}

async function run(...args: string[]) {
  const out: string[] = [];
  const error: string[] = [];
  const code = await runCity(args, { out: (line) => out.push(line), error: (line) => error.push(line) });
  return { code, out, error };
}

describe("npm run city", () => {
  it("writes the folder and one JSON line", async () => {
    const target = join(folder, "deep/out");
    const { code, out } = await run(
      writeCity(),
      writeCity("more.geojson", 3),
      target,
      "--json",
      "--id-field",
      "none",
    );
    expect(code).toBe(0);
    expect(out).toHaveLength(1);
    const summary = JSON.parse(out[0]!) as Record<string, unknown>;
    expect(Object.keys(summary)).toEqual([
      "read",
      "built",
      "refused",
      "tiles",
      "bytes",
      "triangles",
      "crs",
      "bounds",
      "issues",
      "ms",
    ]);
    expect(summary).toMatchObject({ read: 33, built: 30, refused: 3, issues: { "feature.duplicate": 3 } });
    expect(readdirSync(target).sort()).toEqual(["issues.json", "source.json", "t.glb", "tileset.json"]);
    expect(readdirSync(join(folder, "deep"))).toEqual(["out"]);
  });

  it("tells people what it did, and replaces an earlier output", async () => {
    const target = join(folder, "out");
    await run(writeCity(), target);
    writeFileSync(join(target, "old.glb"), "x");
    const { code, out } = await run(writeCity(), target);
    expect(code).toBe(0);
    expect(out[0]).toBe("30 features read = 30 built + 0 refused");
    expect(readdirSync(target)).not.toContain("old.glb");
  });

  it("answers bad input with one sentence, code 1 and no trace", async () => {
    const bad = join(folder, "bad.geojson");
    writeFileSync(bad, '{"type":"FeatureCollection","features":[{"type":"Fea');
    const good = writeCity();
    const target = join(folder, "out");
    for (const [args, sentence] of [
      [[bad, target], /^bad\.geojson is not whole GeoJSON.*byte \d+/],
      [[join(folder, "none.geojson"), target], /^There is no file .*none\.geojson\. Check the path\.$/],
      [[folder, target], /cannot be read: it is a folder/],
      [[good, target, "--crs", "EPSG:99999"], /EPSG:99999/],
      [[good], /output folder\. Usage/],
      [[good, target, "--fast"], /--fast.*Usage/],
      [[good, target, "--workers", "none"], /--workers/],
      [[good, target, "--floor-height", "x"], /--floor-height takes a number of metres/],
      [[good, target, "--height-datum", "sea"], /--height-datum is ellipsoidal or orthometric/],
      [[good, target, "--height-datum", "orthometric"], /need --geoid/],
      [[good, target, "--geoid", "9"], /--geoid goes with/],
    ] as const) {
      const { code, out, error } = await run(...args);
      expect(code).toBe(1);
      expect(out).toEqual([]);
      expect(error).toHaveLength(1);
      expect(error[0]).toMatch(sentence);
      expect(error[0]).not.toContain("\n");
    }
    expect(readdirSync(folder).sort()).toEqual(["bad.geojson", "city.geojson"]);
  });
});

describe("threads", () => {
  it("write what one thread writes", async () => {
    const path = writeCity("wide.geojson", 5000);
    await run(path, join(folder, "one"));
    const sink = await FolderSink.create(join(folder, "two"));
    const encoder = createThreadEncoder(sink.folder, 2, createFileSpill(join(folder, "spill")));
    try {
      await buildCity({
        inputs: [await openFileSource(path)],
        options: { ...DEFAULT_OPTIONS, gcj02: false },
        sink,
        encoder,
      });
    } finally {
      await encoder.close();
    }
    await sink.commit();
    const names = readdirSync(join(folder, "one"));
    expect(readdirSync(join(folder, "two"))).toEqual(names);
    expect(names.length).toBeGreaterThan(4);
    for (const name of names)
      expect(
        readFileSync(join(folder, "two", name)).equals(readFileSync(join(folder, "one", name))),
        name,
      ).toBe(true);
  });
});

describe("progress", () => {
  it("tells rate and time left four times a second at most", () => {
    const lines: string[] = [];
    let ms = 0;
    const tell = createProgressLine(
      (line) => lines.push(line),
      () => ms,
    );
    const at = (time: number, done: number) => {
      ms = time;
      tell({ phase: "read", done, total: 4e6, features: done / 1000 });
    };
    at(0, 0);
    at(100, 1e5);
    at(1000, 1e6);
    at(1010, 1.1e6);
    expect(lines.slice(1)).toEqual(["read 25 %: 1000 features, 1 MB/s, 3 s left"]);
  });
});
