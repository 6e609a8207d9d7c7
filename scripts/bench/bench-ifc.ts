import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { convertIfc } from "../../workers/ifc/convert.ts";
import { ROOT } from "../root.ts";
import { READERS, readInput } from "./ifc-readers.ts";
import { inTurn, print } from "./measure.ts";

const ROUNDS = 5;

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
 * Raw web-ifc against our conversion, in the same run, one after the other in each round. `ratio` is ours over the
 * peer's, of the medians; `ratioOfBest` of the fastest rounds, which a busy machine spoils less.
 */
export async function benchIfc(paths: readonly string[]): Promise<void> {
  for (const path of findInputs(paths)) {
    const subject = basename(path);
    try {
      await benchFile(path, subject);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      print({ bench: "ifc", subject, by: "liaotwin", error: message });
    }
  }
}

async function benchFile(path: string, subject: string): Promise<void> {
  const bytes = new Uint8Array(readFileSync(path));
  const input = readInput(bytes, subject);
  const competitors = Object.entries(READERS).map(([name, read]) => [name, () => read(input)]);
  const times = await inTurn<Record<string, unknown>>(ROUNDS, Object.fromEntries(competitors));
  const [peer, own] = [times["web-ifc"]!, times.liaotwin!];
  const mb = Math.round(bytes.length / 1e4) / 100;
  print({
    bench: "ifc",
    subject,
    by: "web-ifc",
    mb,
    ms: peer.ms,
    all: peer.all,
    peakMb: peakMb("web-ifc", path),
    ...peer.result,
  });
  print({
    bench: "ifc",
    subject,
    by: "liaotwin",
    ms: own.ms,
    ratio: rounded(own.ms / peer.ms),
    ratioOfBest: rounded(Math.min(...own.all) / Math.min(...peer.all)),
    all: own.all,
    peakMb: peakMb("liaotwin", path),
    ...own.result,
    gzip: await gzippedBytes(bytes, subject),
  });
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
