import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ROOT } from "../root.ts";
import { readStartPage, staticImportsOf } from "./start-page.ts";

/** kB of gzip (1000 bytes). Ceilings only fall. */
const CEILINGS = { shell: 150, startPath: 1600, styles: 40, chunk: 1500 } as const;

const ALWAYS = /\/(engine|stage|bottom-strip|overlays|city-menu|late-sentences)-/;

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
/** What is fetched without anybody asking for it: the city engine and the panels that are always there. */
const startPath = closure(page.scripts, (code) => {
  const { fixed, dynamic } = staticImportsOf(code);
  return [...fixed, ...dynamic.filter((name) => ALWAYS.test(name))];
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

  it("carries no access token but the public one of Cesium's own package", () => {
    const known = readFileSync(join(ROOT, "node_modules/@cesium/engine/Source/Core/Ion.js"), "utf8");
    const scripts = readdirSync(join(DIST, "assets")).filter((name) => name.endsWith(".js"));
    const tokens = scripts.flatMap(
      (name) =>
        readFileSync(join(DIST, "assets", name), "utf8").match(/eyJ[\w-]{10,}\.[\w-]{20,}\.[\w-]{20,}/g) ??
        [],
    );
    expect(tokens.filter((token) => !known.includes(token))).toEqual([]);
  });
});
