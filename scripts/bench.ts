import { benchBundle } from "./bench/bench-bundle.ts";
import { benchCity } from "./bench/bench-city.ts";
import { benchHeavy } from "./bench/bench-heavy.ts";
import { benchIfc } from "./bench/bench-ifc.ts";
import { benchLive } from "./bench/bench-live.ts";

const BENCHES: Readonly<Record<string, (paths: readonly string[]) => Promise<void> | void>> = {
  ifc: benchIfc,
  heavy: benchHeavy,
  city: benchCity,
  bundle: benchBundle,
  live: benchLive,
};

const [name, ...paths] = process.argv.slice(2);
if (name !== undefined && !Object.hasOwn(BENCHES, name)) {
  process.stderr.write(`There is no bench "${name}". Choose one of: ${Object.keys(BENCHES).join(", ")}.\n`);
  process.exit(1);
}
for (const [each, run] of Object.entries(BENCHES)) if (name === undefined || name === each) await run(paths);
