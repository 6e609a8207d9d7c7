import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type CDPSession, chromium } from "playwright-core";
import { build } from "vite";
import { CITIES } from "../../src/domain/city.ts";
import { CHROMIUM_FLAGS, CHROMIUM_MISSING, findChromium } from "../e2e/chromium.ts";
import { ROOT } from "../root.ts";
import { createTwinServer } from "../server/twin-server.ts";
import type { CityView } from "./city-page/cesium-city.ts";
import type { CityBench } from "./city-page/city-page.ts";
import { writeFootprints } from "./footprints.ts";
import { print } from "./measure.ts";

const FOOTPRINTS = 10_000;
const HONESTLY =
  "Chromium, software GL, 320 x 200; a page of its own each; first and last change of the picture; frame: main thread, drained between; memory: of the page's process, over the page without a city";

const SUBJECTS: readonly { readonly by: string; readonly name: keyof CityBench; readonly file: string }[] = [
  { by: "liaotwin tiles", name: "showTiles", file: "data/tiles/tileset.json" },
  { by: "maplibre-gl fill-extrusion", name: "showFillExtrusion", file: "data/city.geojson" },
  {
    by: "cesium GeoJsonPrimitive (flat: it cannot extrude)",
    name: "showPrimitive",
    file: "data/city.geojson",
  },
  { by: "cesium GeoJsonDataSource, extruded", name: "showDataSource", file: "data/city.geojson" },
];

/** The same footprints as tiles and as GeoJSON in three other ways, in one browser, two rounds in turn. */
export async function benchCityPage(footprints = FOOTPRINTS): Promise<void> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(CHROMIUM_MISSING);
  const outDir = mkdtempSync(join(tmpdir(), "city-bench-"));
  await build({
    root: join(ROOT, "scripts/bench/city-page"),
    configFile: false,
    base: "./",
    logLevel: "error",
    build: { outDir, target: "es2022", emptyOutDir: true },
  });
  mkdirSync(join(outDir, "data"));
  copyFileSync(join(ROOT, "node_modules/maplibre-gl/dist/maplibre-gl.js"), join(outDir, "maplibre-gl.js"));
  const input = join(outDir, "data/city.geojson");
  await writeFootprints(input, footprints);
  execFileSync(process.execPath, ["--import", "tsx", "scripts/city.ts", input, join(outDir, "data/tiles")], {
    cwd: ROOT,
    stdio: "ignore",
  });
  const server = await createTwinServer({
    root: outDir,
    cesiumDir: join(ROOT, "node_modules/cesium/Build/Cesium"),
    feed: false,
  });
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
  try {
    for (const round of [1, 2])
      for (const subject of SUBJECTS) await benchOne(browser, server.url, subject, footprints, round);
  } finally {
    await browser.close();
    await server.close();
    rmSync(outDir, { recursive: true, force: true });
  }
}

async function benchOne(
  browser: Browser,
  url: string,
  { by, name, file }: (typeof SUBJECTS)[number],
  footprints: number,
  round: number,
): Promise<void> {
  const subject = `${footprints} footprints in a page`;
  const { longitudeDeg, latitudeDeg } = CITIES.shenyang.home.target;
  const view: CityView = { longitudeDeg, latitudeDeg, range: 9000, pitchDeg: -45 };
  // MapLibre's worker is a blob, which the product's policy does not allow.
  const page = await browser.newPage({ viewport: { width: 400, height: 300 }, bypassCSP: true });
  const processes = await browser.newBrowserCDPSession();
  try {
    await page.goto(`${url}/`);
    await page.waitForFunction(() => "bench" in window);
    const before = await residentMb(processes);
    const cost = await page.evaluate(
      ([name, url, view]) => (window as never as { bench: CityBench }).bench[name](url, view),
      [name, `${url}/${file}`, view] as const,
    );
    const memoryMb = (await residentMb(processes)) - before;
    const loadAverage = Math.round((loadavg()[0] ?? 0) * 10) / 10;
    print({ bench: "city-page", subject, by, round, measured: HONESTLY, loadAverage, ...cost, memoryMb });
  } catch (error) {
    print({
      bench: "city-page",
      subject,
      by,
      round,
      failed: error instanceof Error ? error.message : String(error),
    });
  } finally {
    await page.close();
  }
}

/** Resident memory of the page's process, MB. */
async function residentMb(processes: CDPSession): Promise<number> {
  const { processInfo } = await processes.send("SystemInfo.getProcessInfo");
  const sizes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(
      ({ id }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? 0) / 1024,
    );
  return Math.round(Math.max(...sizes));
}
