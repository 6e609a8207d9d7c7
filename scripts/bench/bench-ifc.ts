import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { convertIfc } from "../../workers/ifc/convert.ts";
import { ShapeThreads } from "../ifc/shape-threads.ts";
import { ROOT } from "../root.ts";
import { findPeers } from "./ifc-peers.ts";
import { convertWith, type IfcReader, READERS, readInput } from "./ifc-readers.ts";
import { inTurn, print } from "./measure.ts";

const ROUNDS = 5;
/** Two threads pay on files of this size. */
const THREAD_BYTES = 30e6;

/** Bytes of the whole folder as a server or an archive would send it. */
async function gzippedBytes(bytes: Uint8Array, fileName: string): Promise<number> {
  let zipped = 0;
  const sink = {
    write: async (_path: string, part: Uint8Array) => {
      zipped += gzipSync(part).length;
    },
  };
  await convertIfc(bytes, null, sink, { fileName });
  return zipped;
}

/** Greatest resident memory of a process that does only this, MB; null when it failed. */
function peakMb(reader: string, path: string): number | null {
  const script = join(import.meta.dirname, "ifc-peak.ts");
  const { status, stdout } = spawnSync(process.execPath, [...process.execArgv, script, reader, path], {
    encoding: "utf8",
  });
  return status === 0 ? Number(stdout) : null;
}

function findInputs(paths: readonly string[]): string[] {
  const sample = join(ROOT, "public/samples/liaotwin-municipal.ifc");
  const shared = join(ROOT, "../shared/data/ifc");
  const given = paths.length > 0 ? paths : [sample, shared];
  return given.filter(existsSync).flatMap((path) =>
    statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: "utf8" })
          .filter(
            (name) => /^(building|infra|large|pcert-ifc4)\/.*\.ifc(\.gz)?$/.test(name) || !name.includes("/"),
          )
          .filter((name) => /\.ifc(\.gz)?$/.test(name))
          .map((name) => join(path, name))
      : [path],
  );
}

/**
 * Raw web-ifc, our conversion with one thread (and two where they pay) and the peers that are installed, in the same run,
 * one after the other in each round. `ratio` is a competitor's time over raw web-ifc's, of the medians; `ratioOfBest` of
 * the fastest rounds, which a busy machine spoils less; `cpuRatio` of the processor time of all threads of the process,
 * which it spoils least (and which two threads do not lower).
 */
export async function benchIfc(paths: readonly string[]): Promise<void> {
  const peers = await findPeers();
  for (const path of findInputs(paths)) {
    const subject = basename(path);
    try {
      await benchFile(path, subject, peers);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      print({ bench: "ifc", subject, by: "liaotwin", error: message });
    }
  }
}

/** A peer that fails on a file costs its own figures only. */
function tolerant(reader: IfcReader): IfcReader {
  return (input) =>
    reader(input).catch((error: unknown) => ({
      error: error instanceof Error ? error.message : String(error),
    }));
}

async function benchFile(
  path: string,
  subject: string,
  peers: Readonly<Record<string, IfcReader>>,
): Promise<void> {
  const bytes = new Uint8Array(readFileSync(path));
  const input = readInput(bytes, subject);
  const threads = input.step.length >= THREAD_BYTES ? new ShapeThreads(1) : null;
  await threads?.ready();
  const all: Record<string, IfcReader> = { ...READERS };
  if (threads) all["liaotwin, 2 threads"] = convertWith(threads);
  for (const [name, reader] of Object.entries(peers)) all[name] = tolerant(reader);
  const times = await inTurn<Record<string, unknown>>(
    ROUNDS,
    Object.fromEntries(Object.entries(all).map(([name, read]) => [name, () => read(input)])),
  );
  await threads?.close();
  const raw = times["web-ifc"]!;
  for (const [by, { ms, cpuMs, all: rounds, result }] of Object.entries(times))
    print({
      bench: "ifc",
      subject,
      by,
      mb: Math.round(bytes.length / 1e4) / 100,
      ms,
      ratio: rounded(ms / raw.ms),
      ratioOfBest: rounded(Math.min(...rounds) / Math.min(...raw.all)),
      cpuRatio: rounded(cpuMs / raw.cpuMs),
      all: rounds,
      ...(by in READERS && { peakMb: peakMb(by, path) }),
      ...result,
      ...(by === "liaotwin" && { gzip: await gzippedBytes(bytes, subject) }),
    });
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
