import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parentPort } from "node:worker_threads";
import { toPlainError } from "../../src/base/errors.ts";
import type { EncodeSetup } from "../../workers/city/contract.ts";
import { createTileScratch, encodeTile } from "../../workers/city/encode-tile.ts";
import { RecordReader } from "../../workers/city/records.ts";
import { openSpill } from "./file-spill.ts";
import type { ThreadReply, ThreadRequest } from "./thread-encoder.ts";

let setup: EncodeSetup | null = null;
let reader: RecordReader | null = null;
let folder = "";
const scratch = createTileScratch();

async function answer(request: ThreadRequest): Promise<ThreadReply> {
  if (request.kind === "start") {
    setup = request.setup;
    reader = new RecordReader(request.setup.records, request.spillPath ? openSpill(request.spillPath) : null);
    folder = request.folder;
    return { kind: "ready" };
  }
  const { glb, ...result } = await encodeTile(request.job, setup!, reader!, scratch);
  const path = join(folder, request.job.uri);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, glb);
  return { kind: "done", result };
}

parentPort!.on("message", (request: ThreadRequest) => {
  answer(request)
    .catch((cause: unknown): ThreadReply => ({ kind: "failed", error: toPlainError(cause) }))
    .then((reply) => parentPort!.postMessage(reply));
});
