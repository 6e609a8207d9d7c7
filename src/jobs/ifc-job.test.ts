import * as Comlink from "comlink";
import { describe, expect, it } from "vitest";
import type { IfcWorker } from "../../workers/ifc/contract.ts";
import { convertInWorker } from "./ifc-job.ts";
import { WorkerClient } from "./worker-client.ts";

const NOBODY = { onProgress: () => {}, onPreview: () => {} };

type Behaviour = "silent" | "dies" | "works";

/** A worker by its port: one that answers, one that never does, one that fails. */
class FakeWorker extends EventTarget {
  isTerminated = false;
  readonly #port: MessagePort | null;

  constructor(behaviour: Behaviour) {
    super();
    const { port1, port2 } = new MessageChannel();
    this.#port = behaviour === "works" ? port1 : null;
    port1.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent("message", { data }));
    if (behaviour === "works")
      Comlink.expose(
        { convert: async () => ({ modelId: "m", summary: null, fromCache: false }) },
        port2 as unknown as Comlink.Endpoint,
      );
    if (behaviour === "dies")
      setTimeout(
        () => this.dispatchEvent(Object.assign(new Event("error"), { message: "out of memory" })),
        5,
      );
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.#port?.postMessage(message, transfer);
  }

  terminate(): void {
    this.isTerminated = true;
    this.#port?.close();
  }
}

function convert(behaviours: readonly Behaviour[], signal = new AbortController().signal) {
  const workers: FakeWorker[] = [];
  const createClient = () => {
    const worker = new FakeWorker(behaviours[workers.length] ?? "silent");
    workers.push(worker);
    return new WorkerClient<IfcWorker>(worker as unknown as Worker);
  };
  const watch = { createClient, limitMs: 40, lookEveryMs: 5 };
  const result = convertInWorker(new Blob(["x"]), { fileName: "a.ifc" }, NOBODY, signal, watch);
  return { result, workers };
}

describe("an import", () => {
  it("begins once more in a fresh worker when the first died or hung", async () => {
    for (const first of ["dies", "silent"] as const) {
      const { result, workers } = convert([first, "works"]);
      expect(await result).toMatchObject({ modelId: "m" });
      expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, true]);
    }
  });

  it("is given up with a sentence after the second", async () => {
    for (const kind of ["dies", "silent"] as const) {
      const { result, workers } = convert([kind, kind, "works"]);
      await expect(result).rejects.toMatchObject({ code: "ifc.gave_up", params: { file: "a.ifc" } });
      expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, true]);
    }
  });

  it("ends with the cancel, without another try", async () => {
    const controller = new AbortController();
    const { result, workers } = convert(["silent"], controller.signal);
    controller.abort();
    await expect(result).rejects.toMatchObject({ name: "AbortError" });
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true]);
  });
});
