import type { IfcWorker } from "../../workers/ifc/contract.ts";
import type { Progress } from "../domain/job.ts";
import type { MapConversion } from "../domain/map-conversion.ts";
import { createIfcClient } from "./ifc-job.ts";
import { proxyCallback } from "./worker-client.ts";

/**
 * A copy of an IFC file that says where it stands; everything else in it stays byte for byte. Rejects with AbortError,
 * `ifc.*` or `worker.died`.
 */
export async function writeIfcCopy(
  file: Blob,
  fileName: string,
  conversion: MapConversion,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): ReturnType<IfcWorker["writeCopy"]> {
  const client = createIfcClient();
  try {
    return await client.call(
      (remote) => remote.writeCopy(file, fileName, conversion, proxyCallback(onProgress)),
      signal,
    );
  } finally {
    client.terminate();
  }
}
