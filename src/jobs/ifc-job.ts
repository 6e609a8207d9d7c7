import type { ConvertOptions, IfcWorker, PreviewPart } from "../../workers/ifc/contract.ts";
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

export type { PreviewPart } from "../../workers/ifc/contract.ts";

/** What is told of a conversion on its way. */
export interface ConversionEars {
  /** At most 20 times a second. */
  readonly onProgress: (progress: Progress) => void;
  /** A part of the model to show; part 0 once more when the work was begun again. */
  readonly onPreview: (part: PreviewPart, modelId: string) => void;
}

/** Started beforehand for the next conversion: loading its code and kernel takes up to half a second. */
let warmClient: WorkerClient<IfcWorker> | null = null;
let warmTimer = 0;
const WARM_MS = 60_000;

/** Makes a worker ready, for a file that is likely to be opened: it is kept for a minute. */
export function warmUpIfcWorker(): void {
  clearTimeout(warmTimer);
  warmTimer = Number(
    setTimeout(() => {
      warmClient?.terminate();
      warmClient = null;
    }, WARM_MS),
  );
  if (warmClient && !warmClient.isTerminated) return;
  const client = createIfcClient();
  warmClient = client;
  client.call((remote) => remote.warm()).catch(() => {});
}

function takeIfcClient(): WorkerClient<IfcWorker> {
  const client = warmClient;
  warmClient = null;
  clearTimeout(warmTimer);
  return client && !client.isTerminated ? client : createIfcClient();
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
  ears: ConversionEars,
  signal: AbortSignal,
  watch: Watch = {
    createClient: takeIfcClient,
    limitMs: SILENCE_BASE_MS + (file.size / 1e6) * SILENCE_PER_MB_MS,
    lookEveryMs: LOOK_EVERY_MS,
  },
): Conversion {
  const convert = (helper: Helper | null) => convertWith(helper, file, options, ears, signal, watch);
  const helper = createHelper(file, options.fileName);
  try {
    return await convert(helper);
  } catch (first) {
    if (!(first instanceof HelperDied) && (isAbort(first) || !isWorthARetry(first))) throw first;
    ears.onProgress({ stage: "start", done: 0, total: 0 });
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
  { onProgress, onPreview }: ConversionEars,
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
    const show = (part: PreviewPart, modelId: string) => {
      if (!client.isTerminated) onPreview(part, modelId);
    };
    const alone = (remote: Comlinked) =>
      remote.convert(file, options, proxyCallback(heard), proxyCallback(show));
    if (!helper) return await client.call(alone, signal);
    const together = (remote: Comlinked) =>
      remote.convert(file, options, proxyCallback(heard), proxyCallback(show), transferPort(helper.port));
    return await Promise.race([client.call(together, signal), helper.died]);
  } finally {
    clearInterval(watchdog);
    client.terminate();
  }
}
