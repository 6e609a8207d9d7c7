/** Where a shown thing comes from. LIVE is real and now; RECORDED real and then; SIMULATED computed; SAMPLE made up for demonstration. */
export type ProvenanceKind = "LIVE" | "RECORDED" | "SIMULATED" | "SAMPLE";

export interface Provenance {
  readonly kind: ProvenanceKind;
  /** Who says so, in words for the user. */
  readonly source: Words;
  /** Epoch ms of the newest observation, when there is one. */
  readonly observedAtMs?: number;
}

/** What stands as it is in every language, such as a name or an SI unit, or a text in both. */
export type Words = string | LocalText;

/** A text in both interface languages. */
export interface LocalText {
  readonly zh: string;
  readonly en: string;
}
