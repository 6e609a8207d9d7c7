import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../root.ts";

/** How packets lie in WebSocket frames: one in each, as most brokers do, or all that are due at a tick in one, as MQTT allows. */
export type Packing = "frame-a-message" | "packets-together";

export interface LoadOrder {
  /** Messages a second. */
  readonly rate: number;
  readonly seconds: number;
  readonly packing: Packing;
}

export type LoadReport =
  | { readonly kind: "ready"; readonly url: string }
  | { readonly kind: "encoded"; readonly startMs: number }
  | { readonly kind: "poured"; readonly sent: number };

/** A process that pours MQTT messages, seen from the bench. */
export interface LoadSource {
  /** `ws://…`. */
  readonly url: string;
  /** Encodes a load for the subscribed reader; resolves with the time of the first message, epoch ms, and when the last was handed over. */
  pour(order: LoadOrder): Promise<{ readonly startMs: number; readonly poured: Promise<number> }>;
  close(): void;
}

/** Starts the process; its retained messages describe `sensors` gauges. Rejects when it ends before it is ready. */
export async function startLoadSource(sensors: number): Promise<LoadSource> {
  const child = fork(join(ROOT, "scripts/bench/load-process.ts"), [String(sensors)], {
    execArgv: process.execArgv,
  });
  const { url } = await report(child, "ready");
  return {
    url,
    async pour(order) {
      const encoded = report(child, "encoded");
      const poured = report(child, "poured").then(({ sent }) => sent);
      // who waits for the first only must not meet an unhandled rejection of the second
      poured.catch(() => {});
      child.send(order);
      return { startMs: (await encoded).startMs, poured };
    },
    close: () => void child.kill(),
  };
}

function report<K extends LoadReport["kind"]>(
  child: ChildProcess,
  kind: K,
): Promise<Extract<LoadReport, { kind: K }>> {
  return new Promise((resolve, reject) => {
    const hear = (message: LoadReport) => {
      if (message.kind !== kind) return;
      child.off("message", hear);
      resolve(message as Extract<LoadReport, { kind: K }>);
    };
    child.on("message", hear);
    child.once("exit", (code) => reject(new Error(`the source of load ended with ${code}`)));
  });
}
