import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeBuildingIndex } from "../../src/domain/building-index-codec.ts";
import type { CityId } from "../../src/domain/city.ts";
import { generateDemoCity } from "../demo-city.ts";
import { benchCityBuild } from "./bench-city-build.ts";
import { benchCityPage } from "./bench-city-page.ts";
import { print, timed } from "./measure.ts";

/**
 * `npm run bench -- city [demo | page | <count>...]`: the builder at 10 000, 100 000 and 1 000 000 footprints (or the counts
 * given), both demo cities, and our tiles beside other ways to show the same footprints in a browser.
 */
export async function benchCity(args: readonly string[]): Promise<void> {
  const isAll = args.length === 0;
  const sizes = args.filter((arg) => Number(arg) > 0);
  if (isAll || sizes.length > 0) await benchCityBuild(sizes);
  if (isAll || args.includes("demo")) await benchDemoCities();
  if (isAll || args.includes("page")) await benchCityPage();
}

/** Generation of both demo cities, one after the other, into fresh folders: buildings, tiles, bytes, buildings a second. */
async function benchDemoCities(): Promise<void> {
  for (const city of ["shenyang", "dalian"] satisfies CityId[]) {
    const folder = mkdtempSync(join(tmpdir(), "liaotwin-bench-"));
    try {
      const { ms } = await timed(() => generateDemoCity(city, folder, () => {}));
      const tiles = readdirSync(folder).filter((name) => name.endsWith(".glb"));
      const bytes = tiles.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
      const { count } = decodeBuildingIndex(new Uint8Array(readFileSync(join(folder, "index.bin"))));
      print({
        bench: "city",
        subject: city,
        by: "liaotwin",
        ms,
        buildings: count,
        tiles: tiles.length,
        bytes,
        bytesPerBuilding: Math.round(bytes / count),
        buildingsPerS: Math.round(count / (ms / 1000)),
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
