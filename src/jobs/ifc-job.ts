import type { ConvertOptions, IfcWorker } from "../../workers/ifc/contract.ts";
import { isAbort } from "../base/abort.ts";
import { TwinError } from "../base/errors.ts";
import type { Progress } from "../domain/job.ts";
import { proxyCallback, transferPort, WorkerClient } from "./worker-client.ts";

/** A stuck import is ended: cyclic booleans keep web-ifc busy for half a minute and leave it a 2 GB heap (measured). */
const SILENCE_BASE_MS = 30_000;
const SILENCE_PER_MB_MS = 1_000;
const LOOK_EVERY_MS = 1000;
/** What a fresh worker may do better: the machine was busy, or short of memory. */
const WORTH_A_RETRY = new Set(["worker.died", "ifc.stuck"]);

/** A fresh worker for one piece of work on an IFC file. */
export function createIfcClient(): WorkerClient<IfcWorker> {
  return new WorkerClient<IfcWorker>(
    new Worker(new URL("../../workers/ifc/ifc.worker.ts", import.meta.url), { type: "module", name: "ifc" }),
  );
}

interface Watch {
  readonly createClient: () => WorkerClient<IfcWorker>;
  /** Silence after which a worker is ended. */
  readonly limitMs: number;
  readonly lookEveryMs: number;
}

type Conversion = ReturnType<IfcWorker["convert"]>;

/** Each worker opens the whole file: a second pays on large ones only, and where a core is left for the page and the GPU. */
const HELP_BYTES = 30e6;
const HELP_CORES = 4;

type Comlinked = WorkerClient<IfcWorker>["remote"];

class HelperDied extends Error {}

interface Helper {
  readonly client: WorkerClient<IfcWorker>;
  readonly port: MessagePort;
  /** Rejects when the worker ends. */
  readonly died: Promise<never>;
}

/** A second worker that makes half of the shapes when it is asked through the port; null where it would not pay. */
function createHelper(file: Blob, fileName: string): Helper | null {
  if (file.size < HELP_BYTES || navigator.hardwareConcurrency < HELP_CORES) return null;
  const client = createIfcClient();
  const { port1, port2 } = new MessageChannel();
  const died = client
    .call(async (remote) => {
      await remote.help(file, fileName, transferPort(port2));
      return await new Promise<never>(() => {});
    })
    .catch(() => {
      throw new HelperDied();
    });
  died.catch(() => {});
  return { client, port: port1, died };
}

/**
 * Converts one IFC file in a worker of its own, which ends with the import. Progress comes at most 20 times a second. A
 * worker that dies (or whose helper does), or is silent for 30 s + 1 s a megabyte, is ended and the work begun once more in a fresh one.
 * Rejects with AbortError, `ifc.*`, or `ifc.gave_up` when the second worker ended so too.
 */
export async function convertInWorker(
  file: Blob,
  options: ConvertOptions,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
  watch: Watch = {
    createClient: createIfcClient,
    limitMs: SILENCE_BASE_MS + (file.size / 1e6) * SILENCE_PER_MB_MS,
    lookEveryMs: LOOK_EVERY_MS,
  },
): Conversion {
  const convert = (helper: Helper | null) => convertWith(helper, file, options, onProgress, signal, watch);
  const helper = createHelper(file, options.fileName);
  try {
    return await convert(helper);
  } catch (first) {
    if (!(first instanceof HelperDied) && (isAbort(first) || !isWorthARetry(first))) throw first;
    onProgress({ stage: "start", done: 0, total: 0 });
    try {
      return await convert(null);
    } catch (second) {
      if (isAbort(second) || !isWorthARetry(second)) throw second;
      const detail = second instanceof Error ? second.message : String(second);
      throw new TwinError(
        "ifc.gave_up",
        `The conversion of ${options.fileName} broke off twice (${detail}) and was given up. Check it with an IFC validator, or export it in parts.`,
        { file: options.fileName, detail },
        second,
      );
    }
  } finally {
    helper?.client.terminate();
  }
}

function isWorthARetry(error: unknown): boolean {
  return error instanceof TwinError && WORTH_A_RETRY.has(error.code);
}

async function convertWith(
  helper: Helper | null,
  file: Blob,
  options: ConvertOptions,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
  { createClient, limitMs, lookEveryMs }: Watch,
): Conversion {
  const client = createClient();
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
  }, lookEveryMs);
  const heard = (progress: Progress) => {
    lastSignMs = performance.now();
    onProgress(progress);
  };
  try {
    const alone = (remote: Comlinked) => remote.convert(file, options, proxyCallback(heard));
    if (!helper) return await client.call(alone, signal);
    const together = (remote: Comlinked) =>
      remote.convert(file, options, proxyCallback(heard), transferPort(helper.port));
    return await Promise.race([client.call(together, signal), helper.died]);
  } finally {
    clearInterval(watchdog);
    client.terminate();
  }
}
