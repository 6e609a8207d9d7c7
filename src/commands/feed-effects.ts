import type { Effects } from "./effect.ts";

/** Effects of the commands about feeds. */
export const FEED_EFFECTS: Effects<"retry-feed" | "set-feed-clock"> = {
  "retry-feed": ({ id }, { ports }) => ports.retryFeed(id),
  "set-feed-clock": ({ id, paused, speed }, { ports }) =>
    ports.setFeedClock(id, {
      ...(paused !== undefined && { paused }),
      ...(speed !== undefined && { speed }),
    }),
};
