import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildCity } from "../../workers/city/build-city.ts";
import { box, collectionText, polygonFeature } from "../../workers/city/city-build.fixture.ts";
import { DEFAULT_OPTIONS, type TileEncoder } from "../../workers/city/contract.ts";
import { createInlineEncoder } from "../../workers/city/inline-encoder.ts";
import { runCity } from "../city.ts";
import { openFileSource } from "./file-source.ts";
import { openResumable } from "./resume.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "city-resume-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeCity(): string {
  const features = Array.from({ length: 4000 }, (_, k) =>
    polygonFeature([box(123.4 + (k % 60) * 1e-3, 41.8 + Math.floor(k / 60) * 1e-3, 2e-4, 1e-4)], {
      id: k,
      height: 9 + (k % 30),
    }),
  );
  const path = join(folder, "city.geojson");
  writeFileSync(path, collectionText(features));
  return path;
}

/** Encodes until it is to die, as after a kill: nothing is cleaned up. */
function dying(encoder: TileEncoder, after: number): TileEncoder {
  let left = after;
  return {
    ...encoder,
    encode: (job) => (left-- > 0 ? encoder.encode(job) : Promise.reject(new Error("killed"))),
  };
}

async function build(path: string, target: string, wrap: (encoder: TileEncoder) => TileEncoder) {
  const options = { ...DEFAULT_OPTIONS, gcj02: false };
  const run = await openResumable(target, [path], options);
  let encoded = 0;
  const inline = createInlineEncoder(run.sink);
  const counting: TileEncoder = {
    ...inline,
    encode: (job) => {
      encoded++;
      return inline.encode(job);
    },
  };
  const encoder = run.resuming(wrap(counting));
  const summary = await buildCity({ inputs: [await openFileSource(path)], options, sink: run.sink, encoder });
  await run.commit();
  return { encoded, finished: run.finished, tiles: summary.tiles };
}

describe("a killed run", () => {
  it("goes on where it stopped, to the same bytes", async () => {
    const path = writeCity();
    const [whole, target] = [join(folder, "whole"), join(folder, "out")];
    const { tiles } = await build(path, whole, (encoder) => encoder);
    await expect(build(path, target, (encoder) => dying(encoder, 2))).rejects.toThrow("killed");
    expect(existsSync(target)).toBe(false);
    const again = await build(path, target, (encoder) => encoder);
    expect(again).toMatchObject({ finished: 2, encoded: tiles - 2 });
    expect(readdirSync(target)).toEqual(readdirSync(whole));
    for (const name of readdirSync(whole))
      expect(readFileSync(join(target, name)).equals(readFileSync(join(whole, name))), name).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["city.geojson", "out", "whole"]);
  });

  it("leaves nothing to a run with other options or a cut tile", async () => {
    const path = writeCity();
    const target = join(folder, "out");
    await expect(build(path, target, (encoder) => dying(encoder, 2))).rejects.toThrow("killed");
    const partial = join(folder, ".out.partial");
    const [tile] = readdirSync(partial).filter((name) => name.endsWith(".glb"));
    writeFileSync(join(partial, tile!), "cut");
    expect((await openResumable(target, [path], { ...DEFAULT_OPTIONS, gcj02: false })).finished).toBe(1);
    expect((await openResumable(target, [path], { ...DEFAULT_OPTIONS, floorHeight: 4 })).finished).toBe(0);
    expect(readdirSync(partial)).toEqual(["progress.ndjson"]);
  });

  it("is not disturbed while it lives", async () => {
    const path = writeCity();
    const target = join(folder, "out");
    await openResumable(target, [path], DEFAULT_OPTIONS);
    const journal = join(folder, ".out.partial/progress.ndjson");
    writeFileSync(journal, `${JSON.stringify({ key: "x", pid: process.ppid })}\n`);
    const error: string[] = [];
    const code = await runCity([path, target], { out: () => {}, error: (line) => error.push(line) });
    expect({ code, error }).toEqual({
      code: 1,
      error: [`Another run is writing ${target}. Wait for it or choose another folder.`],
    });
  });
});
