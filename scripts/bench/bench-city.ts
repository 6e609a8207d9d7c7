import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeBuildingIndex } from "../../src/domain/building-index-codec.ts";
import type { CityId } from "../../src/domain/city.ts";
import { generateDemoCity } from "../demo-city.ts";
import { print, timed } from "./measure.ts";

/** Generation of both demo cities into a fresh folder: buildings, tiles, bytes, buildings a second. */
export async function benchCity(): Promise<void> {
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
