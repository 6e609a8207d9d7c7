import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CityId } from "../src/domain/city.ts";
import { generateDemoCities } from "./demo-city.ts";
import { generateDemoTerrain } from "./demo-terrain.ts";
import { ROOT } from "./root.ts";
import { writeSampleIfc } from "./sample-ifc.ts";

const SAMPLE_IFC = join(ROOT, "public/samples/liaotwin-municipal.ifc");

/** Writes what the repository does not keep: the demo cities with their terrain, and the sample building. Skips what is up to date. */
export async function prepareAssets(log: (line: string) => void): Promise<void> {
  const cities = ["shenyang", "dalian"] as const satisfies readonly CityId[];
  await generateDemoCities(cities, log);
  for (const city of cities) await generateDemoTerrain(city, join(ROOT, "tilesets", city), log);
  if (existsSync(SAMPLE_IFC)) return;
  mkdirSync(dirname(SAMPLE_IFC), { recursive: true });
  writeFileSync(SAMPLE_IFC, writeSampleIfc());
  log("sample building written");
}

if (process.argv[1]?.endsWith("prepare-assets.ts"))
  await prepareAssets((line) => process.stdout.write(`${line}\n`));
