import { Button } from "react-aria-components";
import { useStore, useTwin, useWords } from "../context.tsx";
import { feedHealth, rateDecimals } from "../feeds/feed-health.ts";
import { FeedStateBadge } from "../kit/marks.tsx";
import { useRun } from "../use-run.ts";

/** The worst state of all feeds and their rate together; opens the feed list. */
export function FeedPill() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const feeds = useStore(stores.feeds, (state) => state.feeds);
  const isOpen = useStore(stores.ui, (state) => state.panels.bottom);
  const health = feedHealth(feeds);
  const word = health.state === null ? t("top.feedsNone") : t(`feed.state.${health.state}`);
  const rate = t("feed.ratePerS", { rate: format.number(health.ratePerS, rateDecimals(health.ratePerS)) });
  return (
    <Button
      className="lt-pill"
      aria-label={`${t("top.feeds", { state: word })} ${rate}`}
      aria-expanded={isOpen}
      onPress={() => run({ type: "show-panel", side: "bottom", open: !isOpen })}
    >
      <FeedStateBadge state={health.state ?? "off"} label={word} />{" "}
      {health.state !== null && <span className="lt-pill-rate">{rate}</span>}
    </Button>
  );
}
