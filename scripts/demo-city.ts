import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { toPlainError } from "../src/base/errors.ts";
import type { CityId } from "../src/domain/city.ts";
import type { TileSink } from "../workers/tiles/contract.ts";
import { districtFilePath } from "./demo-city/districts.ts";
import { generateCity } from "./demo-city/generate.ts";
import { generateOnThread } from "./demo-city/on-threads.ts";
import { DIVISIONS_PATH } from "./demo-city/planning-lines.ts";
import { placeFiles, readPlan } from "./demo-city/read-plan.ts";
import { ROOT } from "./root.ts";

const STAMP = "stamp.json";
const CITIES: readonly CityId[] = ["shenyang", "dalian"];

/**
 * Writes the demo city (SAMPLE) into `outDir`: `tileset.json`, `*.glb`, `base.json`, `index.bin`, `ground.bin`,
 * `facilities.json`, `network.json`, `plan-*.geojson`.
 * Does nothing when the folder was written by the same generator from the same data. `stamp.json` comes last: a folder
 * without it is not whole and is written again. Other files in the folder are left alone.
 */
export async function generateDemoCity(
  cityId: CityId,
  outDir: string,
  onProgress: (line: string) => void = () => {},
): Promise<void> {
  if (isCurrent(cityId, outDir)) return;
  await mkdir(outDir, { recursive: true });
  await removeGenerated(outDir);
  const sink: TileSink = { write: (path, bytes) => writeFile(join(outDir, path), bytes) };
  const startedMs = performance.now();
  const summary = await generateCity(cityId, sink, onProgress);
  const stamp = { inputs: hashInputs(cityId), ...summary };
  await writeFile(join(outDir, STAMP), `${JSON.stringify(stamp, null, 2)}\n`);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  const megabytes = (summary.bytes / 1e6).toFixed(1);
  onProgress(
    `${cityId}: ${summary.buildings} buildings in ${summary.tiles} tiles, ${megabytes} MB, ${seconds} s`,
  );
}

/** Both or some of the demo cities at the same time, each on a thread; those that are up to date cost a hash. */
export async function generateDemoCities(
  cityIds: readonly CityId[],
  onProgress: (line: string) => void,
): Promise<void> {
  const outDirOf = (cityId: CityId): string => join(ROOT, "tilesets", cityId);
  const stale = cityIds.filter((cityId) => !isCurrent(cityId, outDirOf(cityId)));
  await Promise.all(stale.map((cityId) => generateOnThread(cityId, outDirOf(cityId), onProgress)));
}

function isCurrent(cityId: CityId, outDir: string): boolean {
  const stampPath = join(outDir, STAMP);
  return existsSync(stampPath) && readStamp(stampPath) === hashInputs(cityId);
}

function readStamp(path: string): string | null {
  try {
    return (JSON.parse(readFileSync(path, "utf8")) as { inputs?: string }).inputs ?? null;
  } catch {
    return null;
  }
}

async function removeGenerated(outDir: string): Promise<void> {
  const generated = readdirSync(outDir).filter(
    (name) =>
      /\.(glb|bin|geojson)$/.test(name) ||
      ["tileset.json", "base.json", "facilities.json", "network.json", STAMP].includes(name),
  );
  for (const name of generated) await rm(join(outDir, name));
}

/** Code and data that shape the city. */
function hashInputs(cityId: CityId): string {
  const hash = createHash("sha256");
  const sources = [
    ...sourcesIn(join(ROOT, "scripts/demo-city")),
    ...sourcesIn(join(ROOT, "workers/tiles")),
    join(ROOT, "workers/city/plan-tiles.ts"),
    join(ROOT, "workers/city/city-index.ts"),
    join(ROOT, "workers/analysis/planar-graph.ts"),
    join(ROOT, "scripts/sample-site.ts"),
    fileURLToPath(DIVISIONS_PATH),
    join(ROOT, "src/domain/building-index-codec.ts"),
    districtFilePath(readPlan(cityId)),
  ];
  for (const path of sources) hash.update(readFileSync(path));
  for (const [file, text] of placeFiles(cityId)) hash.update(file).update(text);
  return hash.digest("hex").slice(0, 32);
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .sort()
    .map((name) => join(folder, name));
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !(CITIES as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new RangeError(`There is no demo city "${unknown}"; choose from ${CITIES.join(", ")}.`);
  const cities = CITIES.filter((city) => wanted.length === 0 || wanted.includes(city));
  await generateDemoCities(cities, (line) => console.log(line));
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  main().catch((error: unknown) => {
    console.error(toPlainError(error).message);
    process.exitCode = 1;
  });
