import type { OnemapWorker } from "../../workers/onemap/contract.ts";
import { WorkerClient } from "./worker-client.ts";

export type { FilteredBuildings } from "../../workers/onemap/contract.ts";
export type { ExportFormat, ExportWords, TableState, TableVerbs } from "../../workers/table/contract.ts";

/** The worker of the one map: the city's buildings as a table, red lines, places by name. The caller terminates it. */
export function createOnemapClient(): WorkerClient<OnemapWorker> {
  return new WorkerClient<OnemapWorker>(
    new Worker(new URL("../../workers/onemap/onemap.worker.ts", import.meta.url), {
      type: "module",
      name: "onemap",
    }),
  );
}
