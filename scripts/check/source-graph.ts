import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";

export interface ImportSite {
  /** As written: `../base/scope.ts`, `three`. */
  readonly specifier: string;
  /** `import type`, `export type`, or a type position `import("x").Y`. */
  readonly isType: boolean;
}

export interface SourceFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly ImportSite[];
}

/**
 * Import and export-from statements stand at the start of a line (the formatter sees to it), so a pattern finds them without
 * a parser; dynamic imports are found anywhere outside comments and lines that start with a string. dependency-cruiser does not read TypeScript 7 yet.
 */
export function importsOf(text: string): ImportSite[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*(\/\/|').*$/gm, "");
  const found: ImportSite[] = [];
  for (const match of code.matchAll(
    /^(?:import|export)\s+(type\s)?(?:[^;"'`]*?\sfrom\s*)?["']([^"']+)["']/gm,
  ))
    found.push({ specifier: match[2] ?? "", isType: match[1] !== undefined });
  for (const match of code.matchAll(/^export\s+(type\s+)?\*(?:\s+as\s+\w+)?\s+from\s*["']([^"']+)["']/gm))
    if (!found.some((site) => site.specifier === match[2]))
      found.push({ specifier: match[2] ?? "", isType: match[1] !== undefined });
  for (const match of code.matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)(\.[A-Z])?/g))
    found.push({ specifier: match[1] ?? "", isType: match[2] !== undefined });
  return found;
}

/** Every TypeScript file below the folders, sorted by path. */
export function readSources(root: string, folders: readonly string[]): SourceFile[] {
  const paths: string[] = [];
  const visit = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (/\.(ts|tsx|css)$/.test(entry.name)) paths.push(path);
    }
  };
  for (const folder of folders) visit(join(root, folder));
  return paths.sort().map((path) => {
    const text = readFileSync(path, "utf8");
    const isScript = !path.endsWith(".css");
    return {
      path: relative(root, path).split(sep).join("/"),
      text,
      imports: isScript ? importsOf(text) : [],
    };
  });
}

/** The path (relative to the root) that a relative specifier names, without `?worker` and the like; null for a package. */
export function targetOf(fromPath: string, specifier: string): string | null {
  if (!specifier.startsWith(".")) return null;
  const bare = specifier.replace(/\?.*$/, "");
  return posix.join(posix.dirname(fromPath), bare);
}

/** `three/addons/x.js` to `three`, `@scope/name/x` to `@scope/name`, `node:fs` to `node:`. */
export function packageOf(specifier: string): string {
  if (specifier.startsWith("node:")) return "node:";
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? specifier);
}

/** Import cycles, type imports included: each a list of paths (Tarjan's strongly connected components above one). */
export function findCycles(files: readonly SourceFile[]): string[][] {
  const edges = new Map(
    files.map((file) => [
      file.path,
      file.imports.flatMap(({ specifier }) => targetOf(file.path, specifier) ?? []),
    ]),
  );
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (path: string) => {
    index.set(path, index.size);
    low.set(path, index.get(path)!);
    stack.push(path);
    for (const next of edges.get(path) ?? []) {
      if (!edges.has(next)) continue;
      if (!index.has(next)) {
        visit(next);
        low.set(path, Math.min(low.get(path)!, low.get(next)!));
      } else if (stack.includes(next)) low.set(path, Math.min(low.get(path)!, index.get(next)!));
    }
    if (low.get(path) !== index.get(path)) return;
    const group = stack.splice(stack.indexOf(path));
    if (group.length > 1 || edges.get(path)?.includes(path)) cycles.push(group.sort());
  };
  for (const file of files) if (!index.has(file.path)) visit(file.path);
  return cycles;
}
