import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { CitySummary } from "../../workers/city/contract.ts";
import { ROOT } from "../root.ts";
import { writeFootprints } from "./footprints.ts";
import { print } from "./measure.ts";

const SIZES = [10_000, 100_000, 1_000_000];
const EVERY_MS = 50;

/**
 * `npm run city` on generated footprints, as a process of its own: wall time with everything, processor time of all its
 * threads (what a busy machine does not change much), peak resident memory, and bytes a building after gzip, tile by tile as a server sends them. Other sizes: `npm run bench -- city 50000`.
 */
export async function benchCityBuild(args: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "liaotwin-bench-"));
  try {
    const sizes = args.map(Number).filter((size) => size > 0);
    for (const size of sizes.length ? sizes : SIZES) {
      const input = join(folder, `${size}.geojson`);
      await writeFootprints(input, size);
      const output = join(folder, `${size}`);
      const { wallMs, cpuMs, peakBytes, summary } = await runCommand(input, output);
      print({
        bench: "city-build",
        subject: `${size} footprints`,
        by: "liaotwin",
        wallMs,
        cpuMs,
        loadAverage: Math.round((loadavg()[0] ?? 0) * 10) / 10,
        ms: summary.ms,
        cores: availableParallelism(),
        inputBytes: statSync(input).size,
        peakMib: Math.round(peakBytes / 2 ** 20),
        tiles: summary.tiles,
        built: summary.built,
        ...weigh(output, size),
      });
      rmSync(input);
      rmSync(output, { recursive: true });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function weigh(output: string, buildings: number) {
  let gzip = 0;
  let bytes = 0;
  const tiles = readdirSync(output).filter((name) => name.endsWith(".glb") || name === "tileset.json");
  for (const name of tiles) {
    const content = readFileSync(join(output, name));
    bytes += content.length;
    gzip += gzipSync(content).length;
  }
  const skyline = join(output, "t.glb");
  const first = existsSync(skyline) ? gzipSync(readFileSync(skyline)).length : null;
  return {
    bytesPerBuilding: Math.round(bytes / buildings),
    gzipBytesPerBuilding: Math.round((gzip / buildings) * 10) / 10,
    skylineGzipBytes: first,
  };
}

async function runCommand(input: string, output: string) {
  const startedMs = performance.now();
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/city.ts", input, output, "--json"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let peakBytes = 0;
  let cpuMs = 0;
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, residentPeak(child.pid));
    cpuMs = Math.max(cpuMs, usedCpuMs(child.pid));
  }, EVERY_MS);
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`npm run city ended with code ${code}`);
  const wallMs = Math.round(performance.now() - startedMs);
  return { wallMs, cpuMs, peakBytes, summary: JSON.parse(text) as CitySummary };
}

/** The kernel's own high-water mark; 0 where there is none to read. */
function residentPeak(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Processor time of all threads so far, in hundredths of a second as the kernel counts; 0 where there is none to read. */
function usedCpuMs(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}
