import { Worker as Thread } from "node:worker_threads";
import { type PlainError, TwinError } from "../../src/base/errors.ts";
import type { EncodeSetup, TileEncoder, TileJob, TileResult } from "../../workers/city/contract.ts";
import type { FileSpill } from "./file-spill.ts";

export type ThreadRequest =
  | {
      readonly kind: "start";
      readonly setup: EncodeSetup;
      readonly folder: string;
      /** The spill's file; null when nothing was put aside. */
      readonly spillPath: string | null;
    }
  | { readonly kind: "encode"; readonly job: TileJob };

export type ThreadReply =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly result: TileResult }
  | { readonly kind: "failed"; readonly error: PlainError };

/** One thread and the request that it works on; a thread that dies rejects it. */
class Lane {
  readonly #thread = new Thread(new URL("./encode-thread.mjs", import.meta.url));
  #settle: { resolve: (reply: ThreadReply) => void; reject: (cause: unknown) => void } | null = null;
  #death: unknown = null;

  constructor() {
    this.#thread.on("message", (reply: ThreadReply) => {
      const settle = this.#settle;
      this.#settle = null;
      if (reply.kind !== "failed") settle?.resolve(reply);
      else settle?.reject(new TwinError(reply.error.code, reply.error.message, reply.error.params));
    });
    const die = (cause: unknown) => {
      this.#death ??= cause;
      this.#settle?.reject(this.#death);
      this.#settle = null;
    };
    this.#thread.on("error", die);
    this.#thread.on("exit", (code) => die(new Error(`an encoding thread ended (${code})`)));
  }

  ask(request: ThreadRequest): Promise<ThreadReply> {
    if (this.#death) return Promise.reject(this.#death);
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#thread.postMessage(request);
    });
  }

  async stop(): Promise<void> {
    await this.#thread.terminate();
  }
}

/**
 * Encodes on threads, which write their tiles into the folder themselves. Threads start at once, so that they are warm when
 * the inputs have been read.
 */
export function createThreadEncoder(folder: string, threads: number, spill: FileSpill): TileEncoder {
  const lanes = Array.from({ length: threads }, () => new Lane());
  const idle = [...lanes];
  return {
    parallel: threads,
    async start(setup) {
      await Promise.all(
        lanes.map((lane) => lane.ask({ kind: "start", setup, folder, spillPath: spill.path })),
      );
    },
    async encode(job) {
      const lane = idle.pop();
      if (!lane) throw new RangeError(`more than ${threads} tiles at once`);
      const reply = await lane.ask({ kind: "encode", job });
      idle.push(lane);
      if (reply.kind !== "done") throw new RangeError("an encoding thread answered out of turn");
      return reply.result;
    },
    async close() {
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
}
