import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { defineConfig, type ProxyOptions } from "vite";

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };

/** `dist/` is a folder of static files; scripts/build.ts adds Cesium's assets and the tilesets to it. */
export default defineConfig({
  plugins: [react()],
  base: "./",
  define: { __TWIN_VERSION__: JSON.stringify(version) },
  build: {
    target: "es2022",
    chunkSizeWarningLimit: 4500,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  worker: { format: "es" },
  server: { proxy: devProxy(process.env.LIAOTWIN_HUB) },
});

/** In development tiles, Cesium's assets and the live hub come from the product's own server. */
function devProxy(hub: string | undefined): Record<string, ProxyOptions> {
  if (!hub) return {};
  const target = { target: hub, changeOrigin: false };
  return { "/tilesets": target, "/cesium": target, "/hub": target, "/mqtt": { ...target, ws: true } };
}
