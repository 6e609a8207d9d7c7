import type { PlainError } from "../base/errors.ts";

/** Progress of a long piece of work. `total` 0 means not known yet. */
export interface Progress {
  /** i18n key suffix: `job.stage.<stage>`. */
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

export interface Job extends Progress {
  readonly id: string;
  readonly kind: "ifc" | "tileset" | "analysis" | "data";
  /** File name or URL: data, never HTML. */
  readonly subject: string;
  readonly state: "running" | "done" | "failed" | "cancelled";
  readonly startedAtMs: number;
  readonly endedAtMs?: number;
  readonly error?: PlainError;
  /** Parts of a model that are in the city while the rest is made. */
  readonly partsShown?: number;
}
