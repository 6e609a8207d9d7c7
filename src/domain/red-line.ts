import type { LocalText, Provenance } from "./provenance.ts";

/** What a building does that the plan does not allow. */
export type RedLineRule = "height" | "urban" | "farmland" | "ecology";

/** A finding about one building or model. */
export interface RedLineFinding {
  readonly rule: RedLineRule;
  readonly subject: "building" | "model";
  /** Building id, or id of the model. */
  readonly id: string;
  readonly name: string;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** Metres above ground. */
  readonly height: number;
  /** Metres that the block's plan allows; null for a line. */
  readonly limit: number | null;
  /** The block or the line's piece. */
  readonly planId: string;
}

/** A block that is built denser than its plan. */
export interface BlockFinding {
  readonly planId: string;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly measure: "far" | "density";
  readonly built: number;
  readonly allowed: number;
}

export interface RedLineReport {
  /** Worst first: metres too high, then lines. */
  readonly findings: readonly RedLineFinding[];
  readonly blocks: readonly BlockFinding[];
  readonly counts: Readonly<Record<RedLineRule, number>>;
  readonly buildings: number;
  readonly models: number;
  readonly plannedBlocks: number;
  readonly provenance: Provenance;
  /** What was compared with what, shown beside the result. */
  readonly method: LocalText;
}

/** A placed IFC model as the check takes it: its outline on the ground and how high it is. */
export interface CheckedModel {
  readonly id: string;
  readonly name: string;
  /** lon, lat pairs, degrees. */
  readonly ring: readonly (readonly [number, number])[];
  /** Metres above its lowest point. */
  readonly height: number;
}
