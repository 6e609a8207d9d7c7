import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../root.ts";
import { FENCES, isTest, MAX_LINES, MAX_README_LINES, ROOMS, roomOf, TEST_PACKAGES } from "./rooms.ts";
import { findCycles, importsOf, packageOf, readSources, type SourceFile, targetOf } from "./source-graph.ts";

/** Far below the real number: a checker that reads nothing must not pass. */
const FEWEST_FILES = 100;
const FEWEST_IMPORTS = 250;

const sources = readSources(ROOT, ["src", "workers", "scripts"]);
const paths = new Set(sources.map((file) => file.path));

function mayImport(room: string, target: string, isType: boolean): boolean {
  const targetRoom = roomOf(target) ?? target;
  const home = room.split("/")[0] ?? room;
  if (targetRoom === room || (home !== "src" && target.startsWith(`${home}/`))) return true;
  return (ROOMS[room] ?? []).some((entry) => {
    const typeOnly = entry.startsWith("type:");
    const allowed = typeOnly ? entry.slice(5) : entry;
    return (isType || !typeOnly) && (target === allowed || target.startsWith(`${allowed}/`));
  });
}

/** `path -> target` of every import that its room's row forbids. */
function arrowsUp(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    file.imports.flatMap(({ specifier, isType }) => {
      const target = targetOf(file.path, specifier);
      const room = roomOf(file.path);
      if (target === null || room === null) return [];
      // Tests may build their inputs with any room that runs in Node.
      if (isTest(file.path) && !/^src\/(ui|city|bim|app|wiring)\//.test(target)) return [];
      return mayImport(room, target, isType) ? [] : [`${file.path} -> ${target}`];
    }),
  );
}

function brokenFences(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    file.imports.flatMap(({ specifier }) => {
      if (specifier.startsWith(".")) return [];
      const name = packageOf(specifier);
      if (isTest(file.path) && TEST_PACKAGES.includes(name)) return [];
      const isInside = (FENCES[name] ?? []).some(
        (room) => file.path === room || file.path.startsWith(`${room}/`),
      );
      return isInside ? [] : [`${file.path} names ${name}`];
    }),
  );
}

describe("the reader of imports", () => {
  it("sees every form", () => {
    const text = [
      'import { a } from "./a.ts";',
      'import type { B } from "./b.ts";',
      "import {",
      "  c,",
      '} from "./c.ts";',
      'import "./d.css";',
      'export * from "./e.ts";',
      'export type { F } from "./f.ts";',
      'const g = await import("./g.ts");',
      'type H = import("./h.ts").H;',
      '// import { i } from "./i.ts";',
      "export const j = 1;",
      'const k = "from nowhere";',
    ].join("\n");
    expect(importsOf(text)).toEqual([
      { specifier: "./a.ts", isType: false },
      { specifier: "./b.ts", isType: true },
      { specifier: "./c.ts", isType: false },
      { specifier: "./d.css", isType: false },
      { specifier: "./e.ts", isType: false },
      { specifier: "./f.ts", isType: true },
      { specifier: "./g.ts", isType: false },
      { specifier: "./h.ts", isType: true },
    ]);
  });

  it("catches an arrow that points up, a broken fence and a cycle", () => {
    const file = (path: string, text: string): SourceFile => ({ path, text, imports: importsOf(text) });
    const files = [
      file("src/geo/x.ts", 'import { y } from "../domain/y.ts";\nimport * as THREE from "three";'),
      file("src/domain/y.ts", 'import type { x } from "../geo/x.ts";'),
      file("src/ui/panel.tsx", 'import type { CityView } from "../city/contract.ts";'),
    ];
    expect(arrowsUp(files)).toEqual([
      "src/geo/x.ts -> src/domain/y.ts",
      "src/ui/panel.tsx -> src/city/contract.ts",
    ]);
    expect(brokenFences(files)).toEqual(["src/geo/x.ts names three"]);
    expect(findCycles(files)).toEqual([["src/domain/y.ts", "src/geo/x.ts"]]);
  });
});

describe("the floor plan", () => {
  it(`saw at least ${FEWEST_FILES} files and ${FEWEST_IMPORTS} imports`, () => {
    expect(sources.length).toBeGreaterThanOrEqual(FEWEST_FILES);
    expect(sources.reduce((sum, file) => sum + file.imports.length, 0)).toBeGreaterThanOrEqual(
      FEWEST_IMPORTS,
    );
  });

  it("every file stands in a room", () => {
    expect(sources.filter((file) => roomOf(file.path) === null).map((file) => file.path)).toEqual([]);
  });

  it("arrows point down", () => {
    expect(arrowsUp(sources)).toEqual([]);
  });

  it("relative imports name files that exist, with their extension", () => {
    const missing = sources.flatMap((file) =>
      file.imports.flatMap(({ specifier }) => {
        const target = targetOf(file.path, specifier);
        return target === null || paths.has(target) || existsSync(join(ROOT, target))
          ? []
          : [`${file.path}: ${specifier}`];
      }),
    );
    expect(missing).toEqual([]);
  });

  it("each package stays in its room", () => {
    expect(brokenFences(sources)).toEqual([]);
  });

  it("has no import cycles, type imports included", () => {
    expect(findCycles(sources)).toEqual([]);
  });

  it(`has no file above ${MAX_LINES} lines`, () => {
    const long = sources.filter((file) => file.text.split("\n").length > MAX_LINES + 1);
    expect(long.map((file) => `${file.path}: ${file.text.split("\n").length - 1}`)).toEqual([]);
  });

  it("only src/jobs starts workers", () => {
    const starters = sources.filter(
      (file) => /\bnew (Shared)?Worker\(/.test(file.text) && !file.path.startsWith("src/jobs/"),
    );
    expect(starters.map((file) => file.path).filter((path) => !isTest(path))).toEqual([]);
    expect(sources.some((file) => file.path.startsWith("src/jobs/") && /new Worker\(/.test(file.text))).toBe(
      true,
    );
  });

  it("nothing turns text into HTML or code", () => {
    const risky =
      /\.innerHTML\b|\.outerHTML\b|insertAdjacentHTML|dangerouslySetInnerHTML|\beval\(|new Function\(/;
    const found = sources.filter((file) => !file.path.startsWith("scripts/") && risky.test(file.text));
    expect(found.map((file) => file.path)).toEqual([]);
  });

  it("exports by name", () => {
    const found = sources.filter((file) => /^export default\b/m.test(file.text));
    expect(found.map((file) => file.path)).toEqual([]);
  });

  it(`every room has a README of at most ${MAX_README_LINES} lines`, () => {
    const rooms = readdirSync(join(ROOT, "src"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `src/${entry.name}`);
    expect(rooms.length).toBeGreaterThanOrEqual(12);
    const wrong = [...rooms, "workers", "scripts", "tilesets", "public"].flatMap((room) => {
      const readme = join(ROOT, room, "README.md");
      if (!existsSync(readme)) return [`${room}: none`];
      const lines = readFileSync(readme, "utf8").trimEnd().split("\n").length;
      return lines > MAX_README_LINES ? [`${room}: ${lines} lines`] : [];
    });
    expect(wrong).toEqual([]);
  });
});
