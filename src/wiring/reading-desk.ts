import type { ReadingWorker } from "../../workers/reading/contract.ts";
import type { ElementTree, TreeOrder } from "../domain/reading/element-tree.ts";
import type { PropertyName } from "../domain/reading/property-name.ts";
import { createReadingClient } from "../jobs/reading-client.ts";
import { proxyCallback, type WorkerClient } from "../jobs/worker-client.ts";
import type { WireParts } from "./parts.ts";

/** Questions to the reading worker, which starts with the first one. While it reads properties the store says how far. */
export class ReadingDesk {
  readonly #parts: WireParts;
  #client: WorkerClient<ReadingWorker> | null = null;

  constructor(parts: WireParts) {
    this.#parts = parts;
    parts.scope.add(() => this.#client?.terminate());
  }

  tree(modelId: string, order: TreeOrder): Promise<ElementTree> {
    return this.ask(modelId, (remote, onIndexing) => remote.tree(modelId, order, onIndexing));
  }

  properties(modelId: string): Promise<PropertyName[]> {
    return this.ask(modelId, (remote, onIndexing) => remote.properties(modelId, onIndexing));
  }

  async ask<R>(
    modelId: string,
    question: (
      remote: WorkerClient<ReadingWorker>["remote"],
      onIndexing: (done: number, total: number) => void,
    ) => Promise<R>,
  ): Promise<R> {
    const { reading } = this.#parts.stores;
    if (!this.#client || this.#client.isTerminated) this.#client = createReadingClient();
    const report = proxyCallback((done: number, total: number) =>
      reading.set({ indexing: done < total ? { modelId, done, total } : null }),
    );
    try {
      return await this.#client.call((remote) => question(remote, report));
    } catch (error) {
      reading.set({ indexing: null });
      throw error;
    }
  }

  forget(modelId: string): void {
    void this.#client?.call((remote) => remote.forget(modelId)).catch(() => {});
  }
}
