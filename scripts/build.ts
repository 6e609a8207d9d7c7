import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { prepareAssets } from "./prepare-assets.ts";
import { ROOT } from "./root.ts";

/** Builds `dist/`: a folder of static files that any web server can serve. */
export async function buildTwin(log: (line: string) => void): Promise<string> {
  await prepareAssets(log);
  await build({ root: ROOT, configFile: join(ROOT, "vite.config.ts"), logLevel: "warn" });
  const dist = join(ROOT, "dist");
  copyCesium(join(dist, "cesium"));
  for (const city of ["shenyang", "dalian"])
    cpSync(join(ROOT, "tilesets", city), join(dist, "tilesets", city), { recursive: true });
  return dist;
}

/** Cesium loads its workers and textures at run time from a folder of their own. */
export function copyCesium(target: string): void {
  const source = join(ROOT, "node_modules/cesium/Build/Cesium");
  mkdirSync(target, { recursive: true });
  for (const folder of ["Assets", "ThirdParty", "Workers"]) {
    if (!existsSync(join(source, folder))) continue;
    cpSync(join(source, folder), join(target, folder), { recursive: true });
  }
}

if (process.argv[1]?.endsWith("build.ts")) {
  const start = performance.now();
  await buildTwin((line) => process.stdout.write(`${line}\n`));
  process.stdout.write(`dist/ built in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
}
