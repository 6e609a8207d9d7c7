import { Worker as Thread } from "node:worker_threads";
import { type PlainError, TwinError } from "../../src/base/errors.ts";
import type { TerrainSetup, TerrainTile, TileAddress, TileMesher } from "../../workers/terrain/contract.ts";

export type MeshRequest =
  | {
      readonly kind: "start";
      readonly setup: TerrainSetup;
      readonly folder: string;
      readonly heightsPath: string;
      readonly waterPath: string | null;
    }
  | { readonly kind: "mesh"; readonly tile: TileAddress };

export type MeshReply =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly result: TerrainTile }
  | { readonly kind: "failed"; readonly error: PlainError };

/** One thread and the request that it works on; a thread that dies rejects it. */
class Lane {
  readonly #thread = new Thread(new URL("./mesh-thread.mjs", import.meta.url));
  #settle: { resolve: (reply: MeshReply) => void; reject: (cause: unknown) => void } | null = null;
  #death: unknown = null;

  constructor() {
    this.#thread.on("message", (reply: MeshReply) => {
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
    this.#thread.on("exit", (code) => die(new Error(`a terrain thread ended (${code})`)));
  }

  ask(request: MeshRequest): Promise<MeshReply> {
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

/** Makes tiles on threads, which read the pyramids' files and write their tiles into the folder themselves. */
export function createThreadMesher(
  folder: string,
  threads: number,
  heightsPath: string,
  waterPath: string | null,
): TileMesher {
  const lanes = Array.from({ length: threads }, () => new Lane());
  const idle = [...lanes];
  return {
    parallel: threads,
    async start(setup) {
      const request: MeshRequest = { kind: "start", setup, folder, heightsPath, waterPath };
      await Promise.all(lanes.map((lane) => lane.ask(request)));
    },
    async mesh(tile) {
      const lane = idle.pop();
      if (!lane) throw new RangeError(`more than ${threads} tiles at once`);
      const reply = await lane.ask({ kind: "mesh", tile });
      idle.push(lane);
      if (reply.kind !== "done") throw new RangeError("a terrain thread answered out of turn");
      return reply.result;
    },
    async close() {
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
}
