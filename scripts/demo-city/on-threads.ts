import { Worker as Thread } from "node:worker_threads";
import { type PlainError, TwinError } from "../../src/base/errors.ts";
import type { CityId } from "../../src/domain/city.ts";

export type CityReply =
  | { readonly kind: "line"; readonly line: string }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly error: PlainError };

/** A large nursery: what a block is made of dies young, and small ones are swept all the time (a fifth of the run). */
const YOUNG_MIB = 192;

/** Generates one city on a thread of its own; rejects as the generator does, or when the thread dies. */
export function generateOnThread(
  cityId: CityId,
  outDir: string,
  onProgress: (line: string) => void,
): Promise<void> {
  const thread = new Thread(new URL("./city-thread.mjs", import.meta.url), {
    workerData: { cityId, outDir },
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
  });
  const ended = new Promise<void>((resolve, reject) => {
    thread.on("message", (reply: CityReply) => {
      if (reply.kind === "line") onProgress(reply.line);
      else if (reply.kind === "done") resolve();
      else reject(new TwinError(reply.error.code, reply.error.message, reply.error.params));
    });
    thread.on("error", reject);
    thread.on("exit", (code) => reject(new Error(`the thread that makes ${cityId} ended (${code})`)));
  });
  return ended.finally(() => thread.terminate());
}
