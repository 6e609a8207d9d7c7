import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "vite";
import { prepareAssets } from "./prepare-assets.ts";
import { ROOT } from "./root.ts";

const STAMP = ".build-stamp";
const SOURCES = ["src", "workers", "public", "scripts", "index.html", "vite.config.ts", "package-lock.json"];

/** Builds `dist/`: a folder of static files that any web server can serve. */
export async function buildTwin(log: (line: string) => void): Promise<string> {
  await prepareAssets(log);
  await build({ root: ROOT, configFile: join(ROOT, "vite.config.ts"), logLevel: "warn" });
  const dist = join(ROOT, "dist");
  copyCesium(join(dist, "cesium"));
  for (const city of ["shenyang", "dalian"])
    cpSync(join(ROOT, "tilesets", city), join(dist, "tilesets", city), { recursive: true });
  writeFileSync(join(dist, STAMP), hashSources());
  return dist;
}

/** `dist/` as it is when it was built from what the sources are now; otherwise builds it. */
export async function buildWhenStale(log: (line: string) => void): Promise<string> {
  const dist = join(ROOT, "dist");
  const stamp = join(dist, STAMP);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hashSources()) return dist;
  return buildTwin(log);
}

/** Names and contents of all that the build reads. */
function hashSources(): string {
  const hash = createHash("sha256");
  const visit = (path: string) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else if (!path.endsWith(".ifc")) hash.update(relative(ROOT, path)).update(readFileSync(path));
  };
  for (const entry of SOURCES) visit(join(ROOT, entry));
  return hash.digest("hex");
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
