const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/**
 * Wait before the n-th new attempt (n from 1): doubling from 1 s to 30 s, of which a random half to whole is taken, so
 * that a hundred pages do not come back to a restarted broker in the same instant.
 */
export function backoffMs(attempt: number, random: () => number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(20, Math.max(0, attempt - 1)));
  return Math.round(whole * (0.5 + 0.5 * random()));
}
