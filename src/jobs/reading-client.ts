import type { ReadingWorker } from "../../workers/reading/contract.ts";
import { WorkerClient } from "./worker-client.ts";

/** The worker that answers questions about models. The caller terminates it. */
export function createReadingClient(): WorkerClient<ReadingWorker> {
  return new WorkerClient<ReadingWorker>(
    new Worker(new URL("../../workers/reading/reading.worker.ts", import.meta.url), {
      type: "module",
      name: "reading",
    }),
  );
}
