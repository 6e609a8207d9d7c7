import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeBuildingIndex } from "../src/domain/building-index-codec.ts";
import type { CityId } from "../src/domain/city.ts";
import { buildTerrain, createInlineMesher } from "../workers/terrain/build-terrain.ts";
import { DEFAULT_TERRAIN_OPTIONS } from "../workers/terrain/contract.ts";
import { createMemoryPyramid } from "../workers/terrain/height-pyramid.ts";
import { createRelief, type ReliefCity } from "./demo-terrain/relief.ts";
import { FolderSink } from "./ifc/folder-sink.ts";
import { ROOT } from "./root.ts";

const STAMP = "stamp.json";
const MAX_ERROR = 1.25;

/**
 * Writes the demo terrain (SAMPLE) into `<cityDir>/terrain` with the same builder as `npm run terrain`: hills that rise
 * about the city from a ground that stays at 0 under it. Does nothing when it was made of the same city by the same code.
 * @param cityDir a folder that `generateDemoCity` wrote
 */
export async function generateDemoTerrain(
  cityId: CityId,
  cityDir: string,
  onProgress: (line: string) => void = () => {},
): Promise<void> {
  const target = join(cityDir, "terrain");
  const inputs = hashInputs(cityDir);
  if (existsSync(join(target, STAMP)) && readFileSync(join(target, STAMP), "utf8") === inputs) return;
  const startedMs = performance.now();
  const { frame, heights, water } = createRelief(readCity(cityId, cityDir));
  const { pyramid, min, max, voids } = createMemoryPyramid(frame.columns, frame.rows, heights);
  const wet = createMemoryPyramid(frame.columns, frame.rows, water).pyramid;
  const sink = await FolderSink.create(target);
  try {
    const title = `${cityId} demo terrain (SAMPLE): flat at 0 under the city, made-up hills about it`;
    const summary = await buildTerrain({
      frame,
      heights: { min, max, voids },
      hasWater: true,
      source: "script./demo-terrain/relief.ts",
      options: { ...DEFAULT_TERRAIN_OPTIONS, maxError: MAX_ERROR, title },
      sink,
      mesher: createInlineMesher({ heights: pyramid, water: wet }, sink),
    });
    await sink.write(STAMP, new TextEncoder().encode(inputs));
    await sink.commit();
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    onProgress(
      `${cityId}: terrain in ${summary.tiles} tiles, ${(summary.bytes / 1e6).toFixed(1)} MB, ${seconds} s`,
    );
  } catch (cause) {
    await sink.discard();
    throw cause;
  }
}

function readCity(id: CityId, cityDir: string): ReliefCity {
  const base = JSON.parse(readFileSync(join(cityDir, "base.json"), "utf8")) as Pick<ReliefCity, "features">;
  const buildings = decodeBuildingIndex(new Uint8Array(readFileSync(join(cityDir, "index.bin"))));
  return { id, features: base.features, buildings };
}

/** Code, and what the city looks like. */
function hashInputs(cityDir: string): string {
  const hash = createHash("sha256");
  const folder = join(ROOT, "workers/terrain");
  const code = readdirSync(folder)
    .filter((name) => name.endsWith(".ts") && !/\.(test|fixture)\.ts$/.test(name))
    .sort()
    .map((name) => join(folder, name));
  const own = ["demo-terrain.ts", "demo-terrain/relief.ts", "demo-terrain/relief.json"].map((name) =>
    join(ROOT, "scripts", name),
  );
  for (const path of [...code, ...own, join(cityDir, "base.json"), join(cityDir, "index.bin")])
    hash.update(readFileSync(path));
  return hash.digest("hex").slice(0, 32);
}
