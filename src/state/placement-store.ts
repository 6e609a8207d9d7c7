import type { ModelPlace } from "../domain/model-place.ts";
import type { PlaceEvidence } from "../domain/place-candidate.ts";
import { createTwinStore } from "./create-store.ts";

/** A model whose place is examined. */
export interface PlacementState {
  readonly modelId: string | null;
  /** What the file says; null until a model is examined. */
  readonly evidence: PlaceEvidence | null;
  /** Where it stands now; null while it has no place. */
  readonly standing: ModelPlace | null;
  /** Candidate that it follows; null when it was moved by hand. */
  readonly followed: string | null;
  /** Candidate that is looked at. */
  readonly pointed: string | null;
  /** Middle of the model in its own frame, metres: what it turns about. */
  readonly middle: readonly [number, number];
  /** Places before the last changes, newest last; null is the file's own. */
  readonly past: readonly (ModelPlace | null)[];
}

export const NOT_EXAMINED: PlacementState = {
  modelId: null,
  evidence: null,
  standing: null,
  followed: null,
  pointed: null,
  middle: [0, 0],
  past: [],
};

export function createPlacementStore() {
  return createTwinStore<PlacementState>("placement", NOT_EXAMINED, {
    modelId: "none",
    evidence: "none",
    standing: "none",
    followed: "none",
    pointed: "none",
    middle: "none",
    past: "none",
  });
}
