import { Worker as Thread } from "node:worker_threads";
import { type PlainError, TwinError } from "../../src/base/errors.ts";
import type { PackedElements } from "../../workers/ifc/packed-elements.ts";
import type { Share } from "../../workers/ifc/share.ts";

export interface ShapeRequest {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly share: Share;
}

export type ShapeReply =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly packed: PackedElements }
  | { readonly kind: "failed"; readonly error: PlainError };

class ShapeThread {
  readonly #thread = new Thread(new URL("./shape-thread.mjs", import.meta.url));

  next(kind: "ready" | "done"): Promise<ShapeReply> {
    return new Promise((resolve, reject) => {
      this.#thread.once("error", reject);
      this.#thread.once("exit", (code) => reject(new Error(`a thread ended (${code})`)));
      this.#thread.on("message", (reply: ShapeReply) => {
        if (reply.kind === "failed")
          reject(new TwinError(reply.error.code, reply.error.message, reply.error.params));
        else if (reply.kind === kind) resolve(reply);
      });
    });
  }

  async read(request: ShapeRequest): Promise<PackedElements> {
    const reply = this.next("done");
    this.#thread.postMessage(request);
    return ((await reply) as Extract<ShapeReply, { kind: "done" }>).packed;
  }

  async stop(): Promise<void> {
    this.#thread.removeAllListeners();
    await this.#thread.terminate();
  }
}

/** Threads that make shapes of the file that this one converts. The caller closes them. */
export class ShapeThreads {
  readonly #threads: readonly ShapeThread[];

  constructor(count: number) {
    this.#threads = Array.from({ length: count }, () => new ShapeThread());
  }

  /** Resolves when all have started, which takes some hundred milliseconds: the loader of this code does. */
  async ready(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.next("ready")));
  }

  /** What `ConvertHooks.helpers` asks for. */
  read(bytes: Uint8Array, fileName: string): Promise<PackedElements>[] {
    const of = this.#threads.length + 1;
    return this.#threads.map((thread, i) => thread.read({ bytes, fileName, share: { at: i + 1, of } }));
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }
}
