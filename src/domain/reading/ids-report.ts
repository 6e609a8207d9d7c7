import type { Rows } from "./row-set.ts";

/** One requirement of a specification, as it went. */
export interface IdsRequirementReport {
  /** In words, from the file: `Pset_DoorCommon.FireRating = *`. */
  readonly text: string;
  readonly failed: Rows;
}

export interface IdsSpecificationReport {
  readonly name: string;
  readonly description: string;
  /** `required` fails when nothing is applicable, `prohibited` when anything is. */
  readonly cardinality: "required" | "optional" | "prohibited";
  readonly status: "pass" | "fail" | "skipped";
  readonly applicable: Rows;
  readonly failed: Rows;
  readonly requirements: readonly IdsRequirementReport[];
  /** What of the specification could not be checked, in English. */
  readonly notes: readonly string[];
}

export interface IdsReport {
  readonly title: string;
  readonly specifications: readonly IdsSpecificationReport[];
  readonly ms: number;
}
