import { createAbortError, isAbort } from "../base/abort.ts";
import { toPlainError } from "../base/errors.ts";
import type { Job, Progress } from "../domain/job.ts";
import type { Stores } from "../state/stores.ts";

export interface RunningJob {
  readonly signal: AbortSignal;
  report(progress: Progress): void;
  /** So many parts of the result are there to be seen already. */
  shows(parts: number): void;
}

/** Long work in the job store: progress, cancel, and how it ended. Keeps the last ten ended jobs. */
export class JobLog {
  readonly #stores: Stores;
  readonly #controllers = new Map<string, AbortController>();
  #count = 0;

  constructor(stores: Stores) {
    this.#stores = stores;
  }

  get running(): number {
    return this.#controllers.size;
  }

  /** Runs `work` as a job; rejects as it rejects. */
  async run<R>(kind: Job["kind"], subject: string, work: (job: RunningJob) => Promise<R>): Promise<R> {
    const id = `job-${++this.#count}`;
    const controller = new AbortController();
    this.#controllers.set(id, controller);
    const start: Job = {
      id,
      kind,
      subject,
      state: "running",
      stage: "start",
      done: 0,
      total: 0,
      startedAtMs: Date.now(),
    };
    this.#stores.jobs.set({ jobs: [start, ...this.#stores.jobs.get().jobs].slice(0, 10) });
    try {
      const result = await work({
        signal: controller.signal,
        report: (progress) => this.#patch(id, progress),
        shows: (partsShown) => this.#patch(id, { partsShown }),
      });
      this.#patch(id, { state: "done", endedAtMs: Date.now() });
      return result;
    } catch (error) {
      const ended = { endedAtMs: Date.now() };
      if (isAbort(error)) this.#patch(id, { state: "cancelled", ...ended });
      else this.#patch(id, { state: "failed", error: toPlainError(error), ...ended });
      throw error;
    } finally {
      this.#controllers.delete(id);
    }
  }

  cancel(id: string): void {
    this.#controllers.get(id)?.abort(createAbortError());
  }

  cancelAll(): void {
    for (const id of [...this.#controllers.keys()]) this.cancel(id);
  }

  #patch(id: string, change: Partial<Job>): void {
    this.#stores.jobs.set({
      jobs: this.#stores.jobs.get().jobs.map((job) => (job.id === id ? { ...job, ...change } : job)),
    });
  }
}
