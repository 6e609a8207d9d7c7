import * as Comlink from "comlink";
import { createAbortError } from "../base/abort.ts";
import { TwinError } from "../base/errors.ts";

/**
 * One worker behind Comlink whose calls always settle. Comlink alone leaves a call on a terminated worker pending for
 * ever and cannot post an AbortSignal: here a call ends with AbortError when its signal aborts (the worker is then
 * terminated, since a running computation cannot be asked to stop), and with `worker.died` when the worker fails.
 */
export class WorkerClient<T> {
  readonly remote: Comlink.Remote<T>;
  readonly #worker: Worker;
  readonly #ended: Promise<never>;
  #end: (reason: unknown) => void = () => {};
  #isTerminated = false;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.#ended = new Promise((_, reject) => {
      this.#end = reject;
    });
    this.#ended.catch(() => {});
    worker.addEventListener("error", (event) => {
      this.terminate(
        new TwinError("worker.died", `The worker stopped: ${event.message || "it could not be loaded"}.`, {
          detail: event.message || "?",
        }),
      );
    });
    this.remote = Comlink.wrap<T>(worker);
  }

  get isTerminated(): boolean {
    return this.#isTerminated;
  }

  /** Settles with the call, the abort or the worker's end, whichever comes first. */
  async call<R>(fn: (remote: Comlink.Remote<T>) => Promise<R>, signal?: AbortSignal): Promise<R> {
    const onAbort = () => this.terminate(createAbortError());
    if (signal?.aborted) onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
      if (this.#isTerminated) return await this.#ended;
      return await Promise.race([fn(this.remote), this.#ended]);
    } finally {
      signal?.removeEventListener("abort", onAbort);
    }
  }

  /** Ends the worker at once; pending and later calls reject with `reason`. */
  terminate(reason: unknown = createAbortError("the worker was ended")): void {
    if (this.#isTerminated) return;
    this.#isTerminated = true;
    this.#end(reason);
    this.remote[Comlink.releaseProxy]();
    this.#worker.terminate();
  }
}

/** Lets a worker call back; functions cannot be cloned, so they go as proxies. */
export function proxyCallback<F extends (...args: never[]) => unknown>(fn: F): F {
  return Comlink.proxy(fn) as F;
}

/** Hands a port over to a worker with the call that it is an argument of. */
export function transferPort(port: MessagePort): MessagePort {
  return Comlink.transfer(port, [port]);
}
