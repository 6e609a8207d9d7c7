import type { PlainError } from "../base/errors.ts";
import type { Clock } from "./clock.ts";
import type { Link } from "./mqtt-link.ts";
import type { Message } from "./payload.ts";

/** What an adapter tells of its feed. Nothing else ever leaves it: a bad record is a `message` whose `read` throws. */
export interface FeedEvents {
  /** Connected. `problem` says what of the feed will not come, in one English sentence. */
  opened(problem: string | null, how?: LinkDescription): void;
  /**
   * Something came. `place` names it among all (a topic, an address); `read` gives what it holds and may throw, which
   * makes it a rejected record with that place.
   */
  message(place: string, read: () => Message): void;
  /** A record that is known to be there but cannot be had. */
  rejected(place: string, problem: string): void;
  /**
   * Called once, at the end of an attempt. `refused` says that trying again would change nothing; `retryAfterMs` is what
   * the other side asks to wait at least; `problem` is the reason for people who do not read English.
   */
  closed(reason: string, refused: boolean, retryAfterMs?: number, problem?: PlainError): void;
}

/** How a feed is connected, for the feed list. */
export interface LinkDescription {
  /** Such as `MQTT 5 TLS`. */
  readonly protocol: string;
  /** The other side kept what came meanwhile. */
  readonly isResumed: boolean;
}

/** One feed's protocol. What helps the next attempt (cursors, what was read already) stays in the adapter. */
export interface FeedAdapter {
  /** One attempt at one connection, or at a round of polls; who calls decides on the next. Closing the link is silent. */
  open(events: FeedEvents): Link;
}

export interface FeedCredentials {
  readonly username?: string;
  readonly password?: string;
}

/** What every adapter over HTTP needs. */
export interface HttpContext {
  /** Absolute. */
  readonly url: string;
  readonly credentials: FeedCredentials | null;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
}
