import type { Issue } from "../../src/base/errors.ts";
import type { Progress } from "../../src/domain/job.ts";
import { buildCity } from "../city/build-city.ts";
import { type ByteSource, type CityIssue, DEFAULT_OPTIONS } from "../city/contract.ts";
import { createInlineEncoder } from "../city/inline-encoder.ts";
import type { DataFormat, OpenedTiles, OpenOptions } from "./contract.ts";
import { MemoryTiles } from "./tile-files.ts";

const SEVERITIES = { noted: "info", repaired: "warning", refused: "error" } as const;
const MOST_ISSUES = 300;
const REPORT_EVERY_MS = 50;

/**
 * Buildings become tiles by the same builder as on the command line; the tiles stay in memory.
 * @throws TwinError of the readers, `city.nothing_built`
 */
export async function openCity(
  source: ByteSource,
  format: DataFormat,
  name: string,
  options: OpenOptions,
  report: (progress: Progress) => void,
): Promise<{ opened: OpenedTiles; files: MemoryTiles }> {
  const files = new MemoryTiles();
  let lastMs = 0;
  const summary = await buildCity({
    inputs: [source],
    options: {
      ...DEFAULT_OPTIONS,
      ...(options.crs ? { crs: options.crs } : {}),
      gcj02: options.gcj02 === true,
      title: name,
    },
    sink: files,
    encoder: createInlineEncoder(files),
    onProgress: ({ phase, done, total }) => {
      const nowMs = performance.now();
      if (nowMs - lastMs < REPORT_EVERY_MS) return;
      lastMs = nowMs;
      report({ stage: phase, done, total: total ?? 0 });
    },
  });
  const { issues } = JSON.parse(files.text("issues.json")) as { issues: readonly CityIssue[] };
  const opened: OpenedTiles = {
    kind: "tiles",
    format,
    name,
    crs: summary.crs.join(", "),
    issues: issues.slice(0, MOST_ISSUES).map(issueOf),
    issueCount: Object.values(summary.issues).reduce((sum, count) => sum + count, 0),
    bounds: summary.bounds,
    features: summary.built,
    refused: summary.refused,
    root: "tileset.json",
    isUnplaced: false,
  };
  return { opened, files };
}

function issueOf({ code, outcome, index, id, what }: CityIssue): Issue {
  return {
    code: `city.${code}`,
    severity: SEVERITIES[outcome],
    message: `${what}.`,
    place: id ? `#${index + 1} ${id}` : `#${index + 1}`,
  };
}
