import { Monitor } from "lucide-react";
import { useMemo } from "react";
import { Button as AriaButton } from "react-aria-components";
import type { FeedStatus } from "../../domain/risk.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { SensorRow } from "../feeds/sensor-row.tsx";
import { AlertList } from "../incident/alert-list.tsx";
import { IncidentList } from "../incident/incident-list.tsx";
import { Button } from "../kit/button.tsx";
import { FeedStateBadge, LevelMark } from "../kit/marks.tsx";
import { Section } from "../kit/section.tsx";
import { WarningRow } from "../scenario/warning-row.tsx";
import { useRun } from "../use-run.ts";
import { ChangedBlock, WaitingBlock, WorstBlock } from "./glance-lines.tsx";
import { nowItems } from "./now-items.ts";
import "./now-column.css";

export function LevelTotals() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const warnings = useStore(stores.risk, (state) => state.warnings);
  return (
    <ul className="lt-now-totals" aria-label={t("scenario.warnings")}>
      {([1, 2, 3, 4] as const).map((level) => (
        <li key={level}>
          <LevelMark level={level} size={18} />
          <b>{format.number(warnings.filter((warning) => warning.level === level).length)}</b>
          <small>{t(`level.${level}`)}</small>
        </li>
      ))}
    </ul>
  );
}

function FeedItem({ feed }: { feed: FeedStatus }) {
  const { t } = useWords();
  const run = useRun();
  return (
    <li>
      <AriaButton
        className="lt-now-feed"
        onPress={() => run({ type: "show-panel", side: "bottom", open: true })}
      >
        <FeedStateBadge state={feed.state} />
        <span className="lt-ellipsis">{t("feed.lostItem", { name: t.text(feed.title) })}</span>
      </AriaButton>
    </li>
  );
}

/** 指挥: one column of now, worst first. */
export function NowColumn() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const { warnings, worst, sensors } = useStore(stores.risk, (state) => state);
  const feeds = useStore(stores.feeds, (state) => state.feeds);
  const items = useMemo(
    () => nowItems(warnings, { worst, sensors }, feeds),
    [warnings, worst, sensors, feeds],
  );
  return (
    <aside className="lt-side lt-side-left lt-glass lt-now" aria-label={t("now.title")}>
      <div className="lt-panel-head">
        <h2>{t("now.title")}</h2>
        <span className="lt-aside">{t("now.count", { count: items.length })}</span>
      </div>
      <LevelTotals />
      <div className="lt-panel-body lt-scroll">
        <WorstBlock />
        <WaitingBlock />
        <ChangedBlock />
        <IncidentList />
        <AlertList />
        {items.length > 0 && (
          <Section title={t("glance.all")} startsClosed>
            <ul className="lt-now-items">
              {items.map((item) =>
                item.kind === "warning" ? (
                  <WarningRow key={item.warning.id} warning={item.warning} isTall />
                ) : item.kind === "feed" ? (
                  <FeedItem key={item.feed.id} feed={item.feed} />
                ) : (
                  <SensorRow key={item.sensor.id} item={item.item} isTall />
                ),
              )}
            </ul>
          </Section>
        )}
        <div className="lt-glance-foot">
          <Button icon={Monitor} onPress={() => run({ type: "set-mode", mode: "wall" })}>
            {t("wall.open")}
          </Button>
        </div>
      </div>
    </aside>
  );
}
