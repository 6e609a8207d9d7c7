/** Time as a session needs it; tests bring their own. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Calls `fn` once after `ms`; returns what calls it off. */
  after(ms: number, fn: () => void): () => void;
}

export const WALL_CLOCK: Clock = {
  now: () => Date.now(),
  after: (ms, fn) => {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};
