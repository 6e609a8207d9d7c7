import type { ConvertOptions, IfcWorker } from "../../workers/ifc/contract.ts";
import { TwinError } from "../base/errors.ts";
import type { Progress } from "../domain/job.ts";
import { proxyCallback, WorkerClient } from "./worker-client.ts";

/** A stuck import is ended: cyclic booleans keep web-ifc busy for half a minute and leave it a 2 GB heap (measured). */
const SILENCE_BASE_MS = 30_000;
const SILENCE_PER_MB_MS = 1_000;

/** A fresh worker for one piece of work on an IFC file. */
export function createIfcClient(): WorkerClient<IfcWorker> {
  return new WorkerClient<IfcWorker>(
    new Worker(new URL("../../workers/ifc/ifc.worker.ts", import.meta.url), { type: "module", name: "ifc" }),
  );
}

/**
 * Converts one IFC file in a worker of its own, which ends with the import. Progress comes at most 20 times a second.
 * Rejects with AbortError, `ifc.*`, `ifc.stuck` (no progress for 30 s + 1 s a megabyte) or `worker.died`.
 */
export async function convertInWorker(
  file: Blob,
  options: ConvertOptions,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): ReturnType<IfcWorker["convert"]> {
  const client = createIfcClient();
  const limitMs = SILENCE_BASE_MS + (file.size / 1e6) * SILENCE_PER_MB_MS;
  let lastSignMs = performance.now();
  const watchdog = setInterval(() => {
    if (performance.now() - lastSignMs < limitMs) return;
    const seconds = Math.round(limitMs / 1000);
    client.terminate(
      new TwinError(
        "ifc.stuck",
        `${options.fileName}: no progress for ${seconds} s, so the import was ended. The file may hold a geometry that refers to itself.`,
        { file: options.fileName, seconds },
      ),
    );
  }, 1000);
  const heard = (progress: Progress) => {
    lastSignMs = performance.now();
    onProgress(progress);
  };
  try {
    return await client.call((remote) => remote.convert(file, options, proxyCallback(heard)), signal);
  } finally {
    clearInterval(watchdog);
    client.terminate();
  }
}
