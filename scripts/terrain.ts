/** A height model to quantized-mesh terrain tiles on the command line. */
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { toPlainError } from "../src/base/errors.ts";
import { buildTerrain, createInlineMesher } from "../workers/terrain/build-terrain.ts";
import type { TerrainProgress, TerrainSummary, TileMesher } from "../workers/terrain/contract.ts";
import { FolderSink } from "./ifc/folder-sink.ts";
import { readTerrainArguments, type TerrainArguments } from "./terrain/arguments.ts";
import { createTerrainProgressLine } from "./terrain/progress-line.ts";
import { openPyramidFile, PyramidFile, removePyramidFile } from "./terrain/pyramid-file.ts";
import { assertSameFrame, openDem, spillRaster } from "./terrain/read-dem.ts";
import { createThreadMesher } from "./terrain/thread-mesher.ts";

interface Output {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
  /** Overwrites itself on a terminal; absent elsewhere. */
  readonly progress?: (line: string) => void;
}

/** Models below this many posts are done before a thread would have started. */
const WORTH_THREADS = 100_000;

function describe(summary: TerrainSummary, outDir: string, seconds: number): string[] {
  const { tiles, bytes, vertices, triangles, maxLevel, heights, voids, maxError } = summary;
  return [
    `heights from ${heights.min.toFixed(1)} to ${heights.max.toFixed(1)} m above the ellipsoid${voids > 0 ? `, ${voids} posts without one` : ""}`,
    `${vertices} vertices and ${triangles} triangles in ${tiles} tiles, levels 0 to ${maxLevel}, ${(bytes / 1e6).toFixed(2)} MB`,
    `at most ${maxError} m from the model at its posts on the finest level`,
    `written to ${outDir} in ${seconds.toFixed(1)} s`,
  ];
}

/** Runs the command; the exit code. Nothing is left half-written when it is not 0. */
export async function runTerrain(args: readonly string[], { out, error, progress }: Output): Promise<number> {
  let sink: FolderSink | null = null;
  try {
    const startedMs = performance.now();
    const asked = readTerrainArguments(args);
    const dem = await openDem(asked.input, asked.crs);
    try {
      const onProgress = progress && createTerrainProgressLine(progress);
      sink = await FolderSink.create(asked.outDir);
      const summary = await build(asked, dem, sink, onProgress);
      await sink.commit();
      const seconds = (performance.now() - startedMs) / 1000;
      if (asked.json) out(JSON.stringify({ ...summary, ms: Math.round(seconds * 1000) }));
      else for (const line of describe(summary, asked.outDir, seconds)) out(line);
    } finally {
      await dem.close();
    }
    return 0;
  } catch (cause) {
    await sink?.discard();
    error(toPlainError(cause).message);
    return 1;
  }
}

type Dem = Awaited<ReturnType<typeof openDem>>;

async function build(
  asked: TerrainArguments,
  dem: Dem,
  sink: FolderSink,
  onProgress?: (progress: TerrainProgress) => void,
): Promise<TerrainSummary> {
  const { columns, rows } = dem.frame;
  const heightsPath = join(sink.folder, "heights.tmp");
  const waterPath = join(sink.folder, "water.tmp");
  const options = { ...asked.options, title: asked.options.title ?? basename(asked.input) };
  const { waterLevel } = options;
  const hasWater = waterLevel !== null || asked.waterMask !== null;
  const heights = new PyramidFile(heightsPath, columns, rows);
  const water = hasWater ? new PyramidFile(waterPath, columns, rows) : null;
  let mesher: TileMesher | null = null;
  try {
    const isWater = (cell: number) => (Number.isNaN(cell) ? Number.NaN : cell <= waterLevel! ? 1 : 0);
    const fromLevel = water && waterLevel !== null ? [{ file: water, toCell: isWater }] : [];
    await spillRaster(dem, [{ file: heights, toCell: null }, ...fromLevel], onProgress);
    if (water && asked.waterMask !== null) await spillMask(asked.waterMask, dem, water);
    const { min, max, voids } = heights.writer;
    const open = (path: string) => openPyramidFile(path, columns, rows);
    mesher =
      asked.workers === null && columns * rows < WORTH_THREADS
        ? createInlineMesher({ heights: open(heightsPath), water: hasWater ? open(waterPath) : null }, sink)
        : createThreadMesher(
            sink.folder,
            asked.workers ?? availableParallelism(),
            heightsPath,
            hasWater ? waterPath : null,
          );
    return await buildTerrain({
      frame: dem.frame,
      heights: { min, max, voids },
      hasWater,
      source: basename(asked.input),
      options,
      sink,
      mesher,
      ...(onProgress ? { onProgress } : {}),
    });
  } finally {
    await mesher?.close();
    heights.close();
    water?.close();
    removePyramidFile(heightsPath);
    removePyramidFile(waterPath);
  }
}

async function spillMask(path: string, dem: Dem, water: PyramidFile): Promise<void> {
  const mask = await openDem(path, dem.frame.crs);
  try {
    assertSameFrame(mask, dem);
    await spillRaster(mask, [{ file: water, toCell: (cell) => (cell > 0 ? 1 : 0) }]);
  } finally {
    await mask.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  process.exitCode = await runTerrain(process.argv.slice(2), {
    out: console.log,
    error: console.error,
    ...(process.stderr.isTTY ? { progress: (line: string) => process.stderr.write(`\r\x1b[2K${line}`) } : {}),
  });
