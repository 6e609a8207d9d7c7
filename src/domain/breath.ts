/** Work between two breaths of the page, milliseconds. */
export const SLICE_MS = 12;

/** How long work lets others in between two slices of its own. */
export interface Breath {
  readonly pause: () => Promise<void>;
  readonly nowMs: () => number;
}

export const BREATH: Breath = {
  pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
  nowMs: () => performance.now(),
};
