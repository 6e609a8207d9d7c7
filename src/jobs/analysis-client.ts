import type { AnalysisWorker } from "../../workers/analysis/contract.ts";
import { WorkerClient } from "./worker-client.ts";

export type {
  CoverageRequest,
  LonLatPlace,
  ReleaseAnswer,
  ReleaseRequest,
  RouteAnswer,
  RouteStart,
  WaterMesh,
} from "../../workers/analysis/contract.ts";

/** The worker that holds the building index and the ground of one city. The caller terminates it. */
export function createAnalysisClient(): WorkerClient<AnalysisWorker> {
  return new WorkerClient<AnalysisWorker>(
    new Worker(new URL("../../workers/analysis/analysis.worker.ts", import.meta.url), {
      type: "module",
      name: "analysis",
    }),
  );
}
