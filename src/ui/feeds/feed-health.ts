import type { FeedState, FeedStatus } from "../../domain/risk.ts";

/** Worst first. `off` is a choice of the user, so it is the least. */
const WORST_FIRST: readonly FeedState[] = ["lost", "refused", "stale", "late", "connecting", "live", "off"];

/** All feeds in one word: the worst state and the sum of rates (messages a second). `state` null without feeds. */
export function feedHealth(feeds: readonly FeedStatus[]): { state: FeedState | null; ratePerS: number } {
  const states = new Set(feeds.map((feed) => feed.state));
  return {
    state: WORST_FIRST.find((state) => states.has(state)) ?? null,
    ratePerS: feeds.reduce((sum, feed) => sum + feed.ratePerS, 0),
  };
}

/** Seconds until the next attempt, rounded up, never negative; null when none is planned. */
export function retrySeconds(feed: FeedStatus, nowMs: number): number | null {
  return feed.retryAtMs === null ? null : Math.max(0, Math.ceil((feed.retryAtMs - nowMs) / 1000));
}

/** One decimal for slow feeds, none for zero and for fast ones. */
export function rateDecimals(ratePerS: number): number {
  return ratePerS > 0 && ratePerS < 10 ? 1 : 0;
}
