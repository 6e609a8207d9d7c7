import type { FeedBatch, FeedWorker, SentBatch } from "../../workers/feed/contract.ts";
import { SensorJoin } from "../domain/sensor-parts.ts";
import { proxyCallback, WorkerClient } from "./worker-client.ts";

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

/** A callback that the worker can call: batches of one connection with their sensors put together again. */
export function batchCallback(onBatch: (batch: FeedBatch) => void): (sent: SentBatch) => void {
  const join = new SensorJoin();
  return proxyCallback(({ sensors: part, ...rest }: SentBatch) => {
    const sensors = part && join.take(part);
    if (sensors !== null) onBatch({ ...rest, ...(sensors && { sensors }) });
  });
}
