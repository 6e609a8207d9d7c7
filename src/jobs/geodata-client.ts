import type { GeodataWorker } from "../../workers/geodata/contract.ts";
import { WorkerClient } from "./worker-client.ts";

export type {
  FeatureDetail,
  OpenedData,
  OpenedFeatures,
  OpenedRaster,
  OpenedTiles,
  OpenOptions,
  PassedOn,
} from "../../workers/geodata/contract.ts";
export { proxyCallback } from "./worker-client.ts";

/** The worker of one dropped file; it lives as long as the layer. The caller terminates it. */
export function createGeodataClient(): WorkerClient<GeodataWorker> {
  return new WorkerClient<GeodataWorker>(
    new Worker(new URL("../../workers/geodata/geodata.worker.ts", import.meta.url), {
      type: "module",
      name: "geodata",
    }),
  );
}
