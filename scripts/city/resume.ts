import { createHash } from "node:crypto";
import { appendFile, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { TwinError } from "../../src/base/errors.ts";
import type { CityOptions, TileEncoder, TileResult } from "../../workers/city/contract.ts";
import { FolderSink } from "../ifc/folder-sink.ts";
import { createFileSpill, type FileSpill } from "./file-spill.ts";

const JOURNAL = "progress.ndjson";
const SPILL = "records.tmp";
/** Goes up when the same inputs give other bytes: then nothing of an earlier run is taken over. */
const BUILDER_VERSION = 1;

/** A folder in the making that a later run with the same inputs and options can take over after a kill. */
export interface Resumable {
  readonly sink: FolderSink;
  readonly spill: FileSpill;
  /** Tiles taken over from an earlier run. */
  readonly finished: number;
  /** Answers finished tiles from the journal and writes new ones into it. */
  resuming(encoder: TileEncoder): TileEncoder;
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Opens `.<name>.partial` beside the target. The first line of its journal is the run's key and process, every further one a
 * finished tile; a tile counts when its file has the size that was noted.
 * @throws TwinError `output.busy` while another run works there, `output.not_writable`
 */
export async function openResumable(
  target: string,
  inputs: readonly string[],
  options: CityOptions,
): Promise<Resumable> {
  const key = await keyOf(inputs, options);
  const sink = await FolderSink.create(target, `.${basename(resolve(target))}.partial`);
  const journal = join(sink.folder, JOURNAL);
  const finished = await takeOver(sink.folder, journal, key, target);
  const lines = [...finished.values()].map((tile) => JSON.stringify(tile));
  await writeFile(journal, [JSON.stringify({ key, pid: process.pid }), ...lines, ""].join("\n"));
  const spill = createFileSpill(join(sink.folder, SPILL));
  return {
    sink,
    spill,
    finished: finished.size,
    resuming: (encoder) => ({
      ...encoder,
      async encode(job) {
        const known = finished.get(job.uri);
        if (known) return known;
        const result = await encoder.encode(job);
        await appendFile(journal, `${JSON.stringify(result)}\n`);
        return result;
      },
    }),
    async commit() {
      await rm(journal);
      await spill.remove();
      await sink.commit();
    },
    async discard() {
      await spill.remove();
      await sink.discard();
    },
  };
}

async function keyOf(inputs: readonly string[], options: CityOptions): Promise<string> {
  const files = await Promise.all(
    inputs.map(async (path) => {
      const { size, mtimeMs } = await stat(path);
      return [resolve(path), size, mtimeMs];
    }),
  );
  return createHash("sha256")
    .update(JSON.stringify([BUILDER_VERSION, files, options]))
    .digest("hex");
}

/** What can be used of an earlier run; everything else in the folder goes. */
async function takeOver(
  folder: string,
  journal: string,
  key: string,
  target: string,
): Promise<Map<string, TileResult>> {
  const finished = new Map<string, TileResult>();
  const text = await readFile(journal, "utf8").catch(() => "");
  const [head, ...tiles] = text.split("\n").flatMap(parseLine) as [JournalHead?, ...TileResult[]];
  if (head?.pid !== undefined && head.pid !== process.pid && isAlive(head.pid))
    throw new TwinError(
      "output.busy",
      `Another run is writing ${target}. Wait for it or choose another folder.`,
      {
        path: target,
      },
    );
  if (head?.key === key)
    for (const tile of tiles) {
      const found = await stat(join(folder, tile.uri)).catch(() => null);
      if (found?.size === tile.bytes) finished.set(tile.uri, tile);
    }
  for (const name of await readdir(folder))
    if (!finished.has(name)) await rm(join(folder, name), { recursive: true });
  return finished;
}

interface JournalHead {
  readonly key?: string;
  readonly pid?: number;
}

/** The last line may be cut off by the kill. */
function parseLine(line: string): unknown[] {
  try {
    return line === "" ? [] : [JSON.parse(line) as unknown];
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "EPERM";
  }
}
