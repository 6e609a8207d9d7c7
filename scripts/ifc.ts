/** IFC to 3D Tiles 1.1 on the command line: the same conversion as in the browser. */
import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";
import { toPlainError } from "../src/base/errors.ts";
import type { ConvertSummary } from "../workers/ifc/contract.ts";
import { convertIfc } from "../workers/ifc/convert.ts";
import { readArguments } from "./ifc/arguments.ts";
import { FolderSink } from "./ifc/folder-sink.ts";
import { readInput } from "./ifc/read-input.ts";
import { ShapeThreads } from "./ifc/shape-threads.ts";

interface Output {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
}

function describePlace({ georeference: { method, origin, epsg } }: ConvertSummary): string {
  if (!origin) return "not georeferenced";
  const crs = epsg ? `, EPSG:${epsg}` : "";
  return `${origin.longitudeDeg.toFixed(6)}°, ${origin.latitudeDeg.toFixed(6)}°, ${origin.height.toFixed(2)} m (${method}${crs})`;
}

function describe(summary: ConvertSummary, outDir: string): string[] {
  const { elements, triangles, tiles, bytes, schema, issues, ms, memory } = summary;
  return [
    `${elements} elements, ${triangles} triangles in ${tiles} tiles, ${(bytes / 1e6).toFixed(2)} MB (${schema})`,
    `place: ${describePlace(summary)}`,
    ...issues.map(({ severity, message, place }) => `${severity}: ${message}${place ? ` [${place}]` : ""}`),
    `held at most: ${Object.entries(memory)
      .map(([what, held]) => `${(held / 1e6).toFixed(1)} MB ${what}`)
      .join(", ")}`,
    `written to ${outDir} in ${(ms.total / 1000).toFixed(2)} s`,
  ];
}

/** Runs the command; the exit code. Nothing is left half-written when it is not 0. */
export async function runIfc(args: readonly string[], { out, error }: Output): Promise<number> {
  let sink: FolderSink | null = null;
  let threads: ShapeThreads | null = null;
  try {
    const { input, outDir, crs, workers, json } = readArguments(args);
    if (workers > 1) threads = new ShapeThreads(workers - 1);
    const { bytes, fileName } = await readInput(input);
    sink = await FolderSink.create(outDir);
    const helpers = threads?.read(bytes, fileName) ?? [];
    const contentHash = createHash("sha256").update(bytes).digest("hex");
    const options = { fileName, ...(crs ? { crs } : {}) };
    const { summary } = await convertIfc(bytes, null, sink, options, { contentHash, helpers });
    await sink.commit();
    if (json) out(JSON.stringify(summary));
    else for (const line of describe(summary, outDir)) out(line);
    return 0;
  } catch (cause) {
    await sink?.discard();
    error(toPlainError(cause).message);
    return 1;
  } finally {
    await threads?.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  process.exitCode = await runIfc(process.argv.slice(2), { out: console.log, error: console.error });
