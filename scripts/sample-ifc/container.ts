import type { Ref } from "./step-writer.ts";

/** A place that contains elements: a storey, the site, a room. */
export interface Container {
  readonly ref: Ref;
  readonly placement: Ref;
  readonly code: string;
}
