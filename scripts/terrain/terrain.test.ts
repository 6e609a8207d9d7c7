import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TiffRecipe, writeTiff } from "../../workers/terrain/geotiff.fixture.ts";
import { readQuantizedMesh } from "../../workers/terrain/read-quantized-mesh.ts";
import { buildInMemory, roughCells } from "../../workers/terrain/terrain.fixture.ts";
import { runTerrain } from "../terrain.ts";
import { createTerrainProgressLine } from "./progress-line.ts";

const COLUMNS = 130;
const ROWS = 90;
const PLACE = { epsg: 4550, origin: [535_000, 4_632_000], cell: [30, 30] } as const;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "terrain-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeDem(name: string, change: Partial<TiffRecipe> = {}): string {
  const path = join(folder, name);
  const cells = roughCells(COLUMNS, ROWS);
  const recipe: TiffRecipe = { columns: COLUMNS, rows: ROWS, cells, sample: "float32", ...PLACE, ...change };
  writeFileSync(path, writeTiff(recipe));
  return path;
}

async function run(...args: string[]) {
  const out: string[] = [];
  const error: string[] = [];
  const code = await runTerrain(args, { out: (line) => out.push(line), error: (line) => error.push(line) });
  return { code, out, error };
}

function filesIn(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

describe("npm run terrain", () => {
  it("writes the folder and one JSON line; threads and a file write what memory and one thread do", async () => {
    const target = join(folder, "deep/out");
    const dem = writeDem("dem.tif", { tile: 32, compression: "deflate", predictor: 3 });
    const { code, out, error } = await run(
      dem,
      target,
      "--json",
      "--workers",
      "2",
      "--title",
      "t",
      "--water-level",
      "100",
    );
    expect({ code, error }).toEqual({ code: 0, error: [] });
    expect(out).toHaveLength(1);
    const summary = JSON.parse(out[0]!) as Record<string, unknown>;
    expect(summary).toMatchObject({ crs: "EPSG:4550", maxError: 1, voids: 0 });
    expect(readdirSync(join(folder, "deep"))).toEqual(["out"]);

    const cells = roughCells(COLUMNS, ROWS);
    const water = cells.map((cell) => (cell <= 100 ? 1 : 0));
    const frame = {
      columns: COLUMNS,
      rows: ROWS,
      crs: "EPSG:4550",
      affine: [535_015, 4_631_985, 30, 0, 0, -30],
    } as const;
    const { files } = await buildInMemory(frame, cells, { title: "t", waterLevel: 100 }, water);
    expect(filesIn(target)).toEqual([...files.keys()].sort());
    for (const [path, bytes] of files)
      if (path !== "source.json") expect(readFileSync(join(target, path)).equals(bytes), path).toBe(true);
    expect(JSON.parse(readFileSync(join(target, "source.json"), "utf8"))).toMatchObject({
      source: "dem.tif",
      crs: "EPSG:4550",
      heightDatum: "metres above the ellipsoid",
      maxErrorMetres: 1,
      water: "at or below 100 m as given",
    });
  });

  it("takes a water mask, and replaces an earlier output", async () => {
    const target = join(folder, "out");
    const dem = writeDem("dem.tif");
    await run(dem, target);
    writeFileSync(join(target, "old.terrain"), "x");
    const cells = Array.from({ length: COLUMNS * ROWS }, () => 1);
    const mask = writeDem("mask.tif", { sample: "uint8", cells });
    const { code, out } = await run(
      dem,
      target,
      "--water",
      mask,
      "--height-datum",
      "orthometric",
      "--geoid",
      "10.18",
    );
    expect(code).toBe(0);
    expect(out[2]).toBe("at most 1 m from the model at its posts on the finest level");
    expect(filesIn(target)).not.toContain("old.terrain");
    const fine = filesIn(target)
      .filter((path) => path.endsWith(".terrain"))
      .at(-1)!;
    expect([...readQuantizedMesh(readFileSync(join(target, fine))).extensions.get(2)!]).toEqual([255]);
  });

  it("answers bad input with one sentence, code 1 and no trace", async () => {
    const dem = writeDem("dem.tif");
    const target = join(folder, "out");
    const cut = join(folder, "cut.tif");
    writeFileSync(cut, readFileSync(dem).subarray(0, 40_000));
    const { epsg: _epsg, ...nameless } = PLACE;
    const noCrs = join(folder, "nameless.tif");
    const cells = roughCells(9, 9);
    writeFileSync(noCrs, writeTiff({ columns: 9, rows: 9, cells, sample: "float32", ...nameless }));
    const small = join(folder, "small.tif");
    writeFileSync(small, writeTiff({ columns: 9, rows: 9, cells, sample: "float32", ...PLACE }));
    const text = join(folder, "text.tif");
    writeFileSync(text, "not a picture");
    const photo = writeDem("photo.tif", {
      sample: "uint8",
      bands: 3,
      cells: new Uint8Array(COLUMNS * ROWS * 3),
    });
    const empty = writeDem("empty.tif", { cells: new Float32Array(COLUMNS * ROWS).fill(-1), nodata: -1 });
    const before = filesIn(folder);
    for (const [args, sentence] of [
      [[join(folder, "none.tif"), target], /^There is no file .*none\.tif\. Check the path\.$/],
      [[folder, target], /it is a folder/],
      [[cut, target], /^cut\.tif is not a whole TIFF file/],
      [[text, target], /^text\.tif is not a whole TIFF file/],
      [[noCrs, target], /^nameless\.tif does not name its coordinate system.*--crs/],
      [[photo, target], /^photo\.tif is a picture with 3 bands/],
      [[empty, target], /^empty\.tif has no height at any post/],
      [[dem, target, "--water", small], /^small\.tif does not lie on dem\.tif/],
      [[dem, target, "--crs", "EPSG:99999"], /EPSG:99999/],
      [[dem], /output folder\. Usage/],
      [[dem, target, "--fast"], /--fast.*Usage/],
      [[dem, target, "--max-error", "0"], /--max-error takes a number of metres from 0\.1 up/],
      [[dem, target, "--height-datum", "orthometric"], /need --geoid/],
      [[dem, target, "--geoid", "9"], /--geoid goes with/],
      [[dem, target, "--water", small, "--water-level", "0"], /give one/],
    ] as const) {
      const { code, out, error } = await run(...args);
      expect(error[0]).toMatch(sentence);
      expect({ code, out, lines: error.length }).toEqual({ code: 1, out: [], lines: 1 });
      expect(error[0]).not.toContain("\n");
    }
    expect(filesIn(folder)).toEqual(before);
  });
});

describe("progress", () => {
  it("tells rate and time left", () => {
    const lines: string[] = [];
    let ms = 0;
    const tell = createTerrainProgressLine(
      (line) => lines.push(line),
      () => ms,
    );
    tell({ phase: "mesh", done: 0, total: 400 });
    ms = 1000;
    tell({ phase: "mesh", done: 100, total: 400 });
    ms = 1001;
    tell({ phase: "mesh", done: 101, total: 400 });
    expect(lines.slice(1)).toEqual(["mesh 25 %: 100 of 400 tiles, 100.0 tiles/s, 3 s left"]);
  });
});
