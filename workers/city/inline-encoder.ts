import type { TileSink } from "../tiles/contract.ts";
import type { EncodeSetup, TileEncoder, TileJob, TileResult } from "./contract.ts";
import { createTileScratch, encodeTile } from "./encode-tile.ts";
import { RecordReader } from "./records.ts";

/** Encodes on the calling thread, one tile after another: for small cities, where threads cost more than they save. */
export function createInlineEncoder(sink: TileSink): TileEncoder {
  let setup: EncodeSetup | null = null;
  let reader: RecordReader | null = null;
  const scratch = createTileScratch();
  return {
    parallel: 1,
    async start(given) {
      setup = given;
      reader = new RecordReader(given.records);
    },
    async encode(job: TileJob): Promise<TileResult> {
      const { glb, ...result } = await encodeTile(job, setup!, reader!, scratch);
      await sink.write(job.uri, glb);
      return result;
    },
    async close() {},
  };
}
