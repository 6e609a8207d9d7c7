import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ROOT } from "../root.ts";
import { readStartPage, staticImportsOf } from "./start-page.ts";

/** kB of gzip (1000 bytes). Ceilings only fall. */
const CEILINGS = { shell: 150, startPath: 1600, styles: 40, chunk: 1500 } as const;

const DIST = join(ROOT, "dist");
const html = readFileSync(join(DIST, "index.html"), "utf8");
const page = readStartPage(html);

function gzipKb(paths: Iterable<string>): number {
  let bytes = 0;
  for (const path of paths) bytes += gzipSync(readFileSync(join(DIST, path)), { level: 9 }).length;
  return bytes / 1000;
}

/** The entry scripts and everything they import statically: what the browser must have before the first paint. */
function closure(entries: readonly string[], follow: (code: string) => readonly string[]): Set<string> {
  const seen = new Set<string>();
  const queue = [...entries];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path) || !existsSync(join(DIST, path))) continue;
    seen.add(path);
    const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/") + 1) : "";
    for (const next of follow(readFileSync(join(DIST, path), "utf8")))
      queue.push(new URL(next, `http://x/${folder}`).pathname.slice(1));
  }
  return seen;
}

const shell = closure(page.scripts, (code) => staticImportsOf(code).fixed);
/** Cesium is what the start waits for; the close-up, converters and charts come later. */
const startPath = closure(page.scripts, (code) => {
  const { fixed, dynamic } = staticImportsOf(code);
  return [...fixed, ...dynamic.filter((name) => /(city|cesium|engine|start|boot|app)/i.test(name))];
});

describe("what the first page costs", () => {
  it("measures a real build", () => {
    expect(page.scripts.length).toBeGreaterThan(0);
    expect(page.styles.length).toBeGreaterThan(0);
    expect(shell.size).toBeGreaterThan(0);
    const cesium = [...startPath].filter((path) => /Cesium/.test(readFileSync(join(DIST, path), "utf8")));
    expect(cesium.length, "the start path holds the city engine").toBeGreaterThan(0);
    expect(gzipKb(startPath)).toBeGreaterThan(400);
  });

  it(`JavaScript before the first paint is at most ${CEILINGS.shell} kB`, () => {
    console.info(`shell ${gzipKb(shell).toFixed(1)} kB: ${[...shell].join(", ")}`);
    expect(gzipKb(shell)).toBeLessThanOrEqual(CEILINGS.shell);
  });

  it(`the whole start path is at most ${CEILINGS.startPath} kB`, () => {
    const all = new Set([...startPath, ...page.styles]);
    console.info(`start path ${gzipKb(all).toFixed(1)} kB: ${[...all].join(", ")}`);
    expect(gzipKb(all)).toBeLessThanOrEqual(CEILINGS.startPath);
  });

  it(`styles of the shell are at most ${CEILINGS.styles} kB`, () => {
    expect(gzipKb(page.styles)).toBeLessThanOrEqual(CEILINGS.styles);
  });

  it(`no chunk is above ${CEILINGS.chunk} kB`, () => {
    const chunks = readdirSync(join(DIST, "assets")).filter((name) => name.endsWith(".js"));
    expect(chunks.length).toBeGreaterThan(2);
    const heavy = chunks.filter((name) => gzipKb([`assets/${name}`]) > CEILINGS.chunk);
    expect(heavy).toEqual([]);
  });
});

describe("the built page under a strict policy", () => {
  it("has no inline script and no inline style", () => {
    expect(page.inlineScripts).toBe(0);
    expect(page.inlineStyles).toBe(0);
    expect(page.handlers).toEqual([]);
  });

  it("loads nothing from elsewhere", () => {
    expect(page.foreign).toEqual([]);
  });

  it("says its language, title and viewport", () => {
    expect(html).toMatch(/<html[^>]+lang="/);
    expect(html).toMatch(/<title>[^<]+<\/title>/);
    expect(html).toContain('name="viewport"');
  });
});

describe("what must be in the folder", () => {
  it.each([
    "cesium/Workers",
    "cesium/Assets",
    "tilesets/shenyang/tileset.json",
    "tilesets/shenyang/base.json",
    "tilesets/shenyang/index.bin",
    "tilesets/shenyang/ground.bin",
    "tilesets/dalian/tileset.json",
    "scenarios/hazard-flood/manifest.json",
  ])("%s", (path) => {
    expect(existsSync(join(DIST, path))).toBe(true);
  });

  it("holds no source maps of foreign paths and no secrets", () => {
    const scripts = readdirSync(join(DIST, "assets")).filter((name) => name.endsWith(".js"));
    const leaks = scripts.filter((name) =>
      /eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}\./.test(readFileSync(join(DIST, "assets", name), "utf8")),
    );
    // Cesium carries its public default ion token in the library; any other is ours by mistake.
    expect(leaks.filter((name) => !/cesium|city/i.test(name))).toEqual([]);
  });
});
