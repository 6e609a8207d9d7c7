import { ChevronDown, ChevronUp } from "lucide-react";
import { lazy, Suspense } from "react";
import { useNow, useStore, useTwin, useWords } from "../context.tsx";
import { IconButton } from "../kit/button.tsx";
import { FeedStateBadge, LevelMark, ProvenanceMark } from "../kit/marks.tsx";
import { useRun } from "../use-run.ts";
import { clockMark } from "./feed-health.ts";
import "./bottom-strip.css";

const FeedPanel = lazy(() => import("./feed-panel.tsx").then((m) => ({ default: m.FeedPanel })));
/** Order of `sensorCounts`: index 0 normal, 1-4 warning levels, 5 no data; shown worst first. */
const COUNT_LEVELS = [1, 2, 3, 4, 0, 255] as const;

function LevelCounts() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const counts = useStore(stores.risk, (state) => state.sensorCounts);
  if (counts.every((count) => count === 0)) return null;
  return (
    <ul className="lt-level-counts" aria-label={t("feed.counts")}>
      {COUNT_LEVELS.map((level) => (
        <li key={level} title={t(`level.${level}`)}>
          <LevelMark level={level} size={12} />
          <span className="lt-level-word">{t(`level.${level}`)}</span>
          {format.number(counts[level === 255 ? 5 : level] ?? 0)}
        </li>
      ))}
    </ul>
  );
}

function FeedSummary() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const now = useNow(1000);
  const feeds = useStore(stores.feeds, (state) => state.feeds);
  if (feeds.length === 0) return <p className="lt-strip-empty lt-ellipsis">{t("feed.empty")}</p>;
  return (
    <ul className="lt-strip-feeds">
      {feeds.slice(0, 3).map((feed) => (
        <li key={feed.id}>
          <ProvenanceMark kind={feed.provenance.kind} />
          <span>
            {t.text(feed.title)} {clockMark(feed.clock)}
          </span>
          <FeedStateBadge state={feed.state} />
          <span className="lt-strip-age">
            {feed.lastMessageMs === null ? t("feed.never") : format.age(feed.lastMessageMs, now)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** 40 px of feeds and counts; opens to 220 px. */
export function BottomStrip() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const isOpen = useStore(stores.ui, (state) => state.panels.bottom);
  return (
    <section className="lt-strip" aria-label={t("panel.bottom")}>
      <div className="lt-strip-bar">
        <h2>{t("feed.title")}</h2>
        <FeedSummary />
        <LevelCounts />
        <IconButton
          label={t(isOpen ? "panel.collapse" : "panel.expand")}
          hint={"\\"}
          icon={isOpen ? ChevronDown : ChevronUp}
          side="top"
          onPress={() => run({ type: "show-panel", side: "bottom", open: !isOpen })}
        />
      </div>
      {isOpen && (
        <Suspense fallback={<div className="lt-strip-panel" />}>
          <FeedPanel />
        </Suspense>
      )}
    </section>
  );
}
