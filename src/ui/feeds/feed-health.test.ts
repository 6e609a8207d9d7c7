import { expect, it } from "vitest";
import type { FeedState, FeedStatus } from "../../domain/risk.ts";
import {
  clockMark,
  feedHealth,
  irregularities,
  issuesByPlace,
  mayRetry,
  rateDecimals,
  retrySeconds,
} from "./feed-health.ts";

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

it("adds up what was irregular", () => {
  const tally = { duplicates: 1, late: 2, ahead: 4, skewS: 99, gaps: 8, bursts: 16 };
  expect(irregularities(feed("live", { tally }))).toBe(31);
  expect(irregularities(feed("live"))).toBe(0);
});

it("offers a new try where one could help", () => {
  const states = ["connecting", "live", "late", "stale", "lost", "refused", "off"] as const;
  expect(states.filter((state) => mayRetry(feed(state)))).toEqual(["stale", "lost", "refused"]);
});

it("marks a simulation that is not at its own speed", () => {
  const clock = { paused: false, speed: 10, seed: 1 };
  expect([clockMark(clock), clockMark({ ...clock, speed: 1 }), clockMark(undefined)]).toEqual([
    "×10",
    "",
    "",
  ]);
});

it("gathers issues of one place, newest first, and knows their sentences", () => {
  const problem = { code: "feed.payload", message: "no", params: { problem: "x" } };
  const issues = [
    { atMs: 30, message: "a/b: it is cut: at 7" },
    { atMs: 20, message: "clock" },
    { atMs: 15, message: "t/1: no", problem },
    { atMs: 12, message: "Feature 3 has no Point geometry" },
    { atMs: 10, message: "a/b: it is cut: at 7" },
  ];
  expect(issuesByPlace(issues)).toMatchObject([
    { place: "a/b", problem: "it is cut: at 7", key: null, atMs: 30, count: 2 },
    { place: "", problem: "clock", key: null, atMs: 20, count: 1 },
    { place: "t/1", key: "error.feed.payload", params: { problem: "x" } },
    { place: "Feature 3", key: "record.noPoint" },
  ]);
});
