/** Buildings to 3D Tiles 1.1 on the command line. */
import { availableParallelism } from "node:os";
import { pathToFileURL } from "node:url";
import { toPlainError } from "../src/base/errors.ts";
import { buildCity } from "../workers/city/build-city.ts";
import type { CitySummary, TileEncoder } from "../workers/city/contract.ts";
import { createInlineEncoder } from "../workers/city/inline-encoder.ts";
import { readArguments } from "./city/arguments.ts";
import { openFileSource } from "./city/file-source.ts";
import { createProgressLine } from "./city/progress-line.ts";
import { openResumable, type Resumable } from "./city/resume.ts";
import { createThreadEncoder } from "./city/thread-encoder.ts";

interface Output {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
  /** Overwrites itself on a terminal; absent elsewhere. */
  readonly progress?: (line: string) => void;
}

/** Inputs below this many bytes are encoded before a thread would have started. */
const WORTH_THREADS = 4_000_000;

function describe(
  { read, built, refused, tiles, bytes, triangles, issues, ms }: CitySummary,
  outDir: string,
): string[] {
  const found = Object.entries(issues).map(([code, count]) => `${count} ${code}`);
  return [
    `${read} features read = ${built} built + ${refused} refused`,
    `${triangles} triangles in ${tiles} tiles, ${(bytes / 1e6).toFixed(2)} MB`,
    ...(found.length ? [`issues: ${found.join(", ")} (see issues.json)`] : []),
    `written to ${outDir} in ${(ms.total / 1000).toFixed(2)} s`,
  ];
}

/** Runs the command; the exit code. Nothing is left half-written when it is not 0. */
export async function runCity(args: readonly string[], { out, error, progress }: Output): Promise<number> {
  let folder: Resumable | null = null;
  let encoder: TileEncoder | null = null;
  try {
    const { inputs, outDir, options, json, workers } = readArguments(args);
    const sources = await Promise.all(inputs.map(openFileSource));
    const size = sources.reduce((sum, source) => sum + (source.size ?? 0), 0);
    folder = await openResumable(outDir, inputs, options);
    const { sink, spill } = folder;
    const threads = workers ?? availableParallelism();
    encoder = folder.resuming(
      size < WORTH_THREADS ? createInlineEncoder(sink) : createThreadEncoder(sink.folder, threads, spill),
    );
    const onProgress = progress && createProgressLine(progress);
    const summary = await buildCity({
      inputs: sources,
      options,
      sink,
      encoder,
      ...(size < WORTH_THREADS ? {} : { spill }),
      ...(onProgress ? { onProgress } : {}),
    });
    await folder.commit();
    if (json) out(JSON.stringify(summary));
    else for (const line of describe(summary, outDir)) out(line);
    return 0;
  } catch (cause) {
    await encoder?.close();
    encoder = null;
    await folder?.discard();
    error(toPlainError(cause).message);
    return 1;
  } finally {
    await encoder?.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  process.exitCode = await runCity(process.argv.slice(2), {
    out: console.log,
    error: console.error,
    ...(process.stderr.isTTY ? { progress: (line: string) => process.stderr.write(`\r\x1b[2K${line}`) } : {}),
  });
