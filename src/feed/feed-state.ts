import type { FeedState } from "../domain/risk.ts";

/** What the connection itself is doing. */
export type LinkPhase = "connecting" | "open" | "lost" | "refused" | "off";

/**
 * State of a feed: the connection's own phase, and once it is open the age of the newest message, counted from the
 * opening when none has come. Open without a first message is still connecting.
 */
export function feedState(input: {
  readonly phase: LinkPhase;
  readonly openedMs: number;
  readonly lastMessageMs: number | null;
  readonly nowMs: number;
  readonly lateAfterS: number;
  readonly staleAfterS: number;
}): FeedState {
  if (input.phase !== "open") return input.phase;
  const heardSinceOpening = input.lastMessageMs !== null && input.lastMessageMs >= input.openedMs;
  const since = heardSinceOpening ? input.lastMessageMs! : input.openedMs;
  const silentS = (input.nowMs - since) / 1000;
  if (silentS >= input.staleAfterS) return "stale";
  if (silentS >= input.lateAfterS) return "late";
  return heardSinceOpening ? "live" : "connecting";
}
