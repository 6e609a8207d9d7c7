import { readRecordIssue } from "../../domain/record-issue.ts";
import type { FeedState, FeedStatus, SimulationClock } from "../../domain/risk.ts";

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

/** Records that came twice, late or with a time ahead, silences and bursts, all together. */
export function irregularities({ tally }: FeedStatus): number {
  if (!tally) return 0;
  const { duplicates, late, ahead, gaps = 0, bursts = 0 } = tally;
  return duplicates + late + ahead + gaps + bursts;
}

/** Whether trying again now could change something. */
export function mayRetry({ state }: FeedStatus): boolean {
  return state === "lost" || state === "refused" || state === "stale";
}

/** `×10` for a simulation that does not run at its own speed; empty for one that does and for what is none. */
export function clockMark(clock: SimulationClock | undefined): string {
  return clock && clock.speed !== 1 ? `×${clock.speed}` : "";
}

export interface IssueGroup {
  /** As the feed says it. */
  readonly place: string;
  /** Key of its sentence and what stands in it; null for one that has none. */
  readonly key: string | null;
  readonly params: Readonly<Record<string, string | number>>;
  /** In English, for one without a sentence. */
  readonly problem: string;
  /** Of the newest. */
  readonly atMs: number;
  readonly count: number;
}

/** Issues newest first, those of the same place with the same problem as one. */
export function issuesByPlace(issues: FeedStatus["issues"]): readonly IssueGroup[] {
  const groups = new Map<string, IssueGroup>();
  for (const issue of issues) {
    const known = groups.get(issue.message);
    groups.set(issue.message, known ? { ...known, count: known.count + 1 } : groupOf(issue));
  }
  return [...groups.values()];
}

/** The place is what the sentence stands behind; of an unknown sentence, what stands before the first `: `. */
function groupOf({ atMs, message, problem }: FeedStatus["issues"][number]): IssueGroup {
  const cut = message.indexOf(": ");
  const [place, rest] = cut < 0 ? ["", message] : [message.slice(0, cut), message.slice(cut + 2)];
  const own = { atMs, count: 1, problem: rest };
  if (problem) return { ...own, place, key: `error.${problem.code}`, params: problem.params };
  const read = readRecordIssue(message);
  if (!read) return { ...own, place, key: null, params: {} };
  return { ...own, place: read.place, key: `record.${read.code}`, params: read.params };
}
