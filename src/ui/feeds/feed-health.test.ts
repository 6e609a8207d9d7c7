import { expect, it } from "vitest";
import type { FeedState, FeedStatus } from "../../domain/risk.ts";
import { feedHealth, rateDecimals, retrySeconds } from "./feed-health.ts";

const feed = (state: FeedState, part: Partial<FeedStatus> = {}): FeedStatus => ({
  id: state,
  title: { zh: "流", en: "Feed" },
  url: "/mqtt",
  state,
  provenance: { kind: "SIMULATED", source: "s" },
  ratePerS: 10,
  received: 0,
  rejected: 0,
  lastMessageMs: null,
  retryAtMs: null,
  attempt: 0,
  error: null,
  issues: [],
  ...part,
});

it("is as bad as the worst feed and as fast as all together", () => {
  expect(feedHealth([feed("live"), feed("late"), feed("off")])).toEqual({ state: "late", ratePerS: 30 });
  expect(feedHealth([feed("live"), feed("lost"), feed("stale")]).state).toBe("lost");
  expect(feedHealth([feed("live"), feed("off")]).state).toBe("live");
  expect(feedHealth([])).toEqual({ state: null, ratePerS: 0 });
});

it("counts down to the next attempt and stops at zero", () => {
  expect(retrySeconds(feed("lost", { retryAtMs: 10_500 }), 8000)).toBe(3);
  expect(retrySeconds(feed("lost", { retryAtMs: 10_500 }), 12_000)).toBe(0);
  expect(retrySeconds(feed("lost"), 0)).toBeNull();
});

it("shows a decimal for slow feeds only", () => {
  expect([0, 0.4, 9.9, 10, 412].map(rateDecimals)).toEqual([0, 1, 1, 0, 0]);
});
