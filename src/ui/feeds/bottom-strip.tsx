import { ChevronDown, ChevronUp } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { useNow, useStore, useTwin, useWords } from "../context.tsx";
import { IconButton } from "../kit/button.tsx";
import { FeedStateBadge, LevelMark, ProvenanceMark } from "../kit/marks.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { MarkList } from "../timeline/mark-list.tsx";
import type { Span } from "../timeline/time-window.ts";
import { TimelineBar } from "../timeline/timeline-bar.tsx";
import { useRun } from "../use-run.ts";
import { clockMark } from "./feed-health.ts";
import "./bottom-strip.css";

const TablePanel = lazy(() => import("../table/table-panel.tsx").then((m) => ({ default: m.TablePanel })));
const RedLinePanel = lazy(() =>
  import("../table/red-line-panel.tsx").then((m) => ({ default: m.RedLinePanel })),
);
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
      {feeds.slice(0, 1).map((feed) => (
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

type Tab = "feeds" | "marks" | "table" | "redLines";

/** The newest of the lists that come and go is in front. */
function useStripTab(): readonly [tab: Tab, setTab: (tab: Tab) => void, extra: readonly Tab[]] {
  const { stores } = useTwin();
  const table = useStore(stores.table, (state) => state.open?.layerId ?? null);
  const isChecking = useStore(stores.redLines, (state) => state.status !== "off");
  const [tab, setTab] = useState<Tab>("feeds");
  useEffect(() => setTab(table === null ? "feeds" : "table"), [table]);
  useEffect(() => {
    if (isChecking) setTab("redLines");
  }, [isChecking]);
  const extra: Tab[] = [
    ...(table === null ? [] : (["table"] as const)),
    ...(isChecking ? (["redLines"] as const) : []),
  ];
  const isThere = tab === "feeds" || tab === "marks" || extra.includes(tab);
  return [isThere ? tab : (extra[0] ?? "feeds"), setTab, extra];
}

function Tabs({ tab, onTab, extra }: { tab: Tab; onTab: (tab: Tab) => void; extra: readonly Tab[] }) {
  const { t } = useWords();
  return (
    <Segmented
      label={t("panel.bottom")}
      value={tab}
      options={[
        { id: "feeds", label: t("feed.title") },
        { id: "marks", label: t("timeline.tab.marks") },
        ...extra.map((id) => ({ id, label: t(id === "table" ? "table.title" : "redLine.title") })),
      ]}
      onChange={onTab}
    />
  );
}

/** 40 px: worst feed, timeline, counts; opens to 220 px with all feeds, or with what happened. */
export function BottomStrip() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const isOpen = useStore(stores.ui, (state) => state.panels.bottom);
  const [tab, setTab, extra] = useStripTab();
  const [span, setSpan] = useState<Span>("1h");
  return (
    <section className="lt-strip lt-strip-room" data-region aria-label={t("panel.bottom")}>
      <div className="lt-strip-bar">
        {isOpen ? <Tabs tab={tab} onTab={setTab} extra={extra} /> : <FeedSummary />}
        <TimelineBar span={span} onSpan={setSpan} />
        <LevelCounts />
        <IconButton
          label={t(isOpen ? "panel.collapse" : "panel.expand")}
          hint={"\\"}
          icon={isOpen ? ChevronDown : ChevronUp}
          side="top"
          onPress={() => run({ type: "show-panel", side: "bottom", open: !isOpen })}
        />
      </div>
      {isOpen && tab === "marks" && (
        <div className="lt-strip-panel lt-strip-marks">
          <MarkList />
        </div>
      )}
      {isOpen && (tab === "table" || tab === "redLines") && (
        <Suspense fallback={<div className="lt-strip-panel" />}>
          {tab === "table" ? <TablePanel /> : <RedLinePanel />}
        </Suspense>
      )}
      {isOpen && tab === "feeds" && (
        <Suspense fallback={<div className="lt-strip-panel" />}>
          <FeedPanel />
        </Suspense>
      )}
    </section>
  );
}
