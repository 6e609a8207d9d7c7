import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { ROOT } from "../root.ts";
import { print } from "./measure.ts";

/** Every script, style and wasm of the built page: raw, gzip and brotli bytes, the largest first. */
export function benchBundle(): void {
  const assets = join(ROOT, "dist/assets");
  if (!existsSync(assets)) {
    process.stderr.write("There is no dist/: run npm run build first.\n");
    process.exitCode = 1;
    return;
  }
  readdirSync(assets)
    .filter((name) => /\.(js|css|wasm)$/.test(name))
    .map((subject) => {
      const content = readFileSync(join(assets, subject));
      return {
        bench: "bundle",
        subject,
        by: "liaotwin",
        bytes: content.length,
        gzip: gzipSync(content, { level: 9 }).length,
        brotli: brotliCompressSync(content).length,
      };
    })
    .sort((a, b) => b.gzip - a.gzip)
    .forEach(print);
}
