import { describe, expect, it } from "vitest";
import { createAbortError } from "../base/abort.ts";
import { TwinError } from "../base/errors.ts";
import { createStores } from "../state/stores.ts";
import { JobLog } from "./job-log.ts";

function createLog() {
  const stores = createStores();
  return { stores, log: new JobLog(stores), first: () => stores.jobs.get().jobs[0]! };
}

describe("JobLog", () => {
  it("shows progress and the end", async () => {
    const { log, first } = createLog();
    const result = await log.run("ifc", "a.ifc", async (job) => {
      job.report({ stage: "geometry", done: 3, total: 9 });
      expect(first()).toMatchObject({ state: "running", stage: "geometry", done: 3, total: 9 });
      expect(log.running).toBe(1);
      return 7;
    });
    expect(result).toBe(7);
    expect(first().state).toBe("done");
    expect(log.running).toBe(0);
  });
  it("cancels through the signal", async () => {
    const { log, first } = createLog();
    const running = log.run(
      "ifc",
      "b.ifc",
      (job) =>
        new Promise((_, reject) => job.signal.addEventListener("abort", () => reject(createAbortError()))),
    );
    log.cancel(first().id);
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    expect(first().state).toBe("cancelled");
  });
  it("keeps why a job failed as plain data", async () => {
    const { log, first } = createLog();
    await expect(
      log.run("ifc", "c.ifc", async () => {
        throw new TwinError("ifc.empty", "c.ifc is empty.", { file: "c.ifc" });
      }),
    ).rejects.toThrow();
    expect(first()).toMatchObject({ state: "failed", error: { code: "ifc.empty" } });
    expect(() => structuredClone(first())).not.toThrow();
  });
});
