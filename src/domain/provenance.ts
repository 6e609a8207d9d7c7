/** Where a shown thing comes from. LIVE is real and now; RECORDED real and then; SIMULATED computed; SAMPLE made up for demonstration. */
export type ProvenanceKind = "LIVE" | "RECORDED" | "SIMULATED" | "SAMPLE";

export interface Provenance {
  readonly kind: ProvenanceKind;
  /** Who says so, in words for the user. */
  readonly source: string;
  /** Epoch ms of the newest observation, when there is one. */
  readonly observedAtMs?: number;
}

/** A text in both interface languages. */
export interface LocalText {
  readonly zh: string;
  readonly en: string;
}
