import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../root.ts";

const UI = join(ROOT, "src/ui");
const sheets = readdirSync(UI, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".css"));

const sources = readdirSync(UI, { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".tsx"),
);

/** Sheets of the first paint. */
const EVERYWHERE = new Set(["kit/base.css", "kit/shared.css", "kit/tokens.css"]);

const textOf = new Map(sources.map((file) => [file, readFileSync(join(UI, file), "utf8")]));

/** What a component imports when it is loaded: components and sheets, by their path in src/ui. */
function staticImports(file: string): string[] {
  const found = textOf.get(file)!.matchAll(/^(?:import|\} from|export) [^;()]*?"(\.\S+\.(?:tsx|css))";/gms);
  return [...found].map(([, path]) => join(dirname(file), path!));
}

const importsOf = new Map(sources.map((file) => [file, staticImports(file)]));
/** Who is there when a component is: what imports it, also later. */
const importersOf = new Map<string, string[]>();
for (const [file, text] of textOf)
  for (const path of [
    ...importsOf.get(file)!,
    ...[...text.matchAll(/import\("(\.\S+\.tsx)"\)/g)].map(([, later]) => join(dirname(file), later!)),
  ])
    importersOf.set(path, [...(importersOf.get(path) ?? []), file]);

/** All that lies along one direction of imports, the start included. */
function along(graph: ReadonlyMap<string, readonly string[]>, start: string): Set<string> {
  const seen = new Set([start]);
  for (const one of seen) for (const next of graph.get(one) ?? []) seen.add(next);
  return seen;
}

/** Sheets that are there when the component is: its own, those of what it imports, and those of who imports it. */
function sheetsFor(file: string): Set<string> {
  const found = new Set<string>();
  for (const above of along(importersOf, file))
    for (const below of along(importsOf, above)) if (below.endsWith(".css")) found.add(below);
  return found;
}

/** Classes that a sheet defines by themselves: `.lt-name {` or in a list of selectors, at the start of a line. */
function classesOf(sheet: string): Set<string> {
  const text = readFileSync(join(UI, sheet), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  return new Set([...text.matchAll(/^(\.lt-[\w-]+)(?=\s*[,{])/gm)].map(([, name]) => name!));
}

describe("style sheets", () => {
  it("are all seen", () => {
    expect(sheets.length).toBeGreaterThan(30);
  });

  // lazy sheets lie over one another in the order in which they come: two owners of a class make each other's layout
  it("own their classes: none is defined in two of them", () => {
    const owners = new Map<string, string[]>();
    for (const sheet of sheets)
      for (const name of classesOf(sheet)) owners.set(name, [...(owners.get(name) ?? []), sheet]);
    expect(owners.size).toBeGreaterThan(200);
    expect([...owners].filter(([, list]) => list.length > 1)).toEqual([]);
  });

  // a name that happens to be another room's takes that room's look as soon as its sheet has been loaded
  it("are asked for by whoever uses their classes", () => {
    const owner = new Map(sheets.flatMap((sheet) => [...classesOf(sheet)].map((name) => [name, sheet])));
    const strangers: string[] = [];
    for (const file of sources) {
      const text = textOf.get(file)!;
      const there = sheetsFor(file);
      for (const [, name] of text.matchAll(/(?<=["`\s])(lt-[\w-]+)(?=["`\s])/g)) {
        const sheet = owner.get(`.${name}`);
        if (sheet === undefined || EVERYWHERE.has(sheet) || there.has(sheet)) continue;
        strangers.push(`${file}: ${name} is of ${sheet}`);
      }
    }
    expect(strangers).toEqual([]);
  });
});
