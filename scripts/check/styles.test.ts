import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../root.ts";

const UI = join(ROOT, "src/ui");
const sheets = readdirSync(UI, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".css"));

const sources = readdirSync(UI, { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".tsx"),
);

/** Sheets that the components of a room import from other rooms. */
function importsOf(room: string): Set<string> {
  const files = sources.filter((file) => dirname(file) === room);
  const lines = files.flatMap((file) => [
    ...readFileSync(join(UI, file), "utf8").matchAll(/^import "(\S+\.css)"/gm),
  ]);
  return new Set(lines.map(([, path]) => join(room, path!)));
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
      const room = dirname(file);
      const text = readFileSync(join(UI, file), "utf8");
      for (const [, name] of text.matchAll(/(?<=["`\s])(lt-[\w-]+)(?=["`\s])/g)) {
        const sheet = owner.get(`.${name}`);
        if (sheet === undefined || ["kit", "shell", room].includes(dirname(sheet))) continue;
        if (!importsOf(room).has(sheet)) strangers.push(`${file}: ${name} is of ${sheet}`);
      }
    }
    expect(strangers).toEqual([]);
  });
});
