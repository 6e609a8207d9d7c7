import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Without a GPU: software WebGL2 through ANGLE; without the flags tests would go green on a context that is not there. */
export const CHROMIUM_FLAGS: readonly string[] = [
  "--no-sandbox",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
  "--disable-background-networking",
  "--disable-dev-shm-usage",
  "--hide-scrollbars",
];

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const PLACES = [
  "/usr/bin",
  "/usr/local/bin",
  "/snap/bin",
  "/Applications/Google Chrome.app/Contents/MacOS",
  "/Applications/Chromium.app/Contents/MacOS",
];

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of a Chromium: `CHROMIUM` of the environment, else the usual names in the usual places; null when there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
  if (env.CHROMIUM) return isRunnable(env.CHROMIUM) ? env.CHROMIUM : null;
  const folders = [...(env.PATH ?? "").split(delimiter).filter(Boolean), ...PLACES];
  for (const folder of folders)
    for (const name of [...NAMES, "Google Chrome", "Chromium"])
      if (isRunnable(join(folder, name))) return join(folder, name);
  return null;
}

/** One sentence for a machine without Chromium. */
export const CHROMIUM_MISSING =
  "No Chromium was found for the browser tests: install one (Debian: apt-get install chromium) or set CHROMIUM to the path of Chromium or Chrome.";

/** Finds Chromium, or installs it where that is possible without asking (root on Debian). Null when neither works. */
export function ensureChromium(log: (line: string) => void): string | null {
  const found = findChromium();
  if (found || process.env.CHROMIUM) return found;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return null;
  log("Chromium is not installed; installing it with apt-get.");
  const options = { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
  spawnSync("apt-get", ["update", "-q"], options);
  spawnSync(
    "apt-get",
    ["install", "-y", "-q", "--no-install-recommends", "chromium", "fonts-noto-cjk"],
    options,
  );
  return findChromium();
}
