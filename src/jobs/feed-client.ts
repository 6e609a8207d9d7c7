import type { FeedWorker } from "../../workers/feed/contract.ts";
import { WorkerClient } from "./worker-client.ts";

export type { FeedBatch } from "../../workers/feed/contract.ts";

/** The one worker in which all feeds live. The caller terminates it. */
export function createFeedClient(): WorkerClient<FeedWorker> {
  return new WorkerClient<FeedWorker>(
    new Worker(new URL("../../workers/feed/feed.worker.ts", import.meta.url), {
      type: "module",
      name: "feed",
    }),
  );
}
