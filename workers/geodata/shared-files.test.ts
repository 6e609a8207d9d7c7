import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TwinError } from "../../src/base/errors.ts";
import type { OpenedData } from "./contract.ts";
import { GeodataSession } from "./geodata-session.ts";

const SHARED = join(import.meta.dirname, "../../../shared/data");
const FOLDERS = [
  "city/osm-like",
  "city/cityjson",
  "city/citygml",
  "city/plateau",
  "china",
  "china/osm",
  "tracks",
  "quake",
];
const NEAR = [123.4, 41.8] as const;

function filesIn(folder: string): string[] {
  const full = join(SHARED, folder);
  if (!existsSync(full)) return [];
  return readdirSync(full, { withFileTypes: true }).flatMap((entry) =>
    entry.isFile() && /\.(geojson|json|kml|czml|gpx|csv|fgb|gml)$/.test(entry.name)
      ? [`${folder}/${entry.name}`]
      : [],
  );
}

/** Features as the file itself counts them, for formats where that is plain. */
function countOf(path: string, text: string): number | null {
  if (path.endsWith(".kml")) return text.match(/<Placemark[\s>]/g)?.length ?? 0;
  if (!/geojson/.test(path)) return null;
  return (JSON.parse(text) as { features: unknown[] }).features.length;
}

describe.runIf(existsSync(SHARED))("files from elsewhere", () => {
  it.each(FOLDERS.flatMap(filesIn))("%s is shown whole, or refused with a sentence", async (path) => {
    const bytes = readFileSync(join(SHARED, path));
    const file = new File([bytes], path.split("/").at(-1)!);
    const session = new GeodataSession();
    const opened = await session.open([file], { near: NEAR }, () => {}).catch((error: unknown) => error);
    if (opened instanceof TwinError) {
      expect(opened.message).toMatch(/^\S.*[.!]$/s);
      return;
    }
    if (opened instanceof Error) throw opened;
    const found = opened as OpenedData;
    const expected = countOf(path, bytes.toString("utf8"));
    if (expected !== null && "features" in found) expect(found.features + found.refused).toBe(expected);
  });
});
