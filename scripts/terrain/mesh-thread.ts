import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parentPort } from "node:worker_threads";
import { toPlainError } from "../../src/base/errors.ts";
import { createTileEncoder, type EncodeTile, tilePath } from "../../workers/terrain/encode-tile.ts";
import { openPyramidFile } from "./pyramid-file.ts";
import type { MeshReply, MeshRequest } from "./thread-mesher.ts";

let encode: EncodeTile | null = null;
let folder = "";

async function answer(request: MeshRequest): Promise<MeshReply> {
  if (request.kind === "start") {
    const { frame } = request.setup;
    const open = (path: string) => openPyramidFile(path, frame.columns, frame.rows);
    encode = createTileEncoder(request.setup, {
      heights: open(request.heightsPath),
      water: request.waterPath === null ? null : open(request.waterPath),
    });
    folder = request.folder;
    return { kind: "ready" };
  }
  const { result, bytes } = encode!(request.tile);
  if (bytes) {
    const path = join(folder, tilePath(request.tile));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
  return { kind: "done", result };
}

parentPort!.on("message", (request: MeshRequest) => {
  answer(request)
    .catch((cause: unknown): MeshReply => ({ kind: "failed", error: toPlainError(cause) }))
    .then((reply) => parentPort!.postMessage(reply));
});
