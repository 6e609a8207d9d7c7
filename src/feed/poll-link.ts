import type { Clock } from "./clock.ts";
import type { FeedEvents } from "./feed-adapter.ts";
import { isRefusal, problemOf, retryAfterMsOf } from "./http-get.ts";
import type { Link } from "./mqtt-link.ts";

/** One round of questions. Calls `opened` when the server has answered; throws when the round cannot be used. */
export type PollRound = (events: FeedEvents, signal: AbortSignal) => Promise<void>;

/** Asks, waits, asks again, until a round throws: that ends the attempt. The wait begins when the round has ended. */
export function openPoll(clock: Clock, intervalS: number, events: FeedEvents, round: PollRound): Link {
  const abort = new AbortController();
  let stopTimer: () => void = () => {};
  let isOpen = false;
  const guarded: FeedEvents = {
    opened: (problem) => {
      if (isOpen || abort.signal.aborted) return;
      isOpen = true;
      events.opened(problem);
    },
    message: (place, read) => {
      if (!abort.signal.aborted) events.message(place, read);
    },
    rejected: (place, problem) => {
      if (!abort.signal.aborted) events.rejected(place, problem);
    },
    closed: () => {},
  };
  const turn = async (): Promise<void> => {
    try {
      await round(guarded, abort.signal);
    } catch (error) {
      if (abort.signal.aborted) return;
      abort.abort();
      const reason = error instanceof Error ? error.message : String(error);
      events.closed(reason, isRefusal(error), retryAfterMsOf(error), problemOf(error));
      return;
    }
    if (!abort.signal.aborted) stopTimer = clock.after(intervalS * 1000, () => void turn());
  };
  void turn();
  return {
    close: () => {
      stopTimer();
      abort.abort();
    },
  };
}
