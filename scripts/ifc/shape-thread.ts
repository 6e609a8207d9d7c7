import { parentPort } from "node:worker_threads";
import { toPlainError } from "../../src/base/errors.ts";
import { buffersOf } from "../../workers/ifc/packed-elements.ts";
import { readShare } from "../../workers/ifc/read-share.ts";
import type { ShapeReply, ShapeRequest } from "./shape-threads.ts";

parentPort!.on("message", ({ bytes, fileName, share }: ShapeRequest) => {
  const answer = (reply: ShapeReply, transfer: ArrayBuffer[] = []) =>
    parentPort!.postMessage(reply, transfer);
  readShare(bytes, fileName, null, share).then(
    (packed) => answer({ kind: "done", packed }, buffersOf(packed)),
    (cause: unknown) => answer({ kind: "failed", error: toPlainError(cause) }),
  );
});
parentPort!.postMessage({ kind: "ready" } satisfies ShapeReply);
