import type { FeedStatus } from "../../domain/risk.ts";
import { useNow, useStore, useTwin, useWords } from "../context.tsx";
import { FeedStateBadge, ProvenanceBadge } from "../kit/marks.tsx";
import { Empty } from "../kit/section.tsx";
import { rateDecimals, retrySeconds } from "./feed-health.ts";
import { SensorRow } from "./sensor-row.tsx";
import { useSteadyOrder } from "./steady-order.ts";

function useFeedNote(feed: FeedStatus, nowMs: number): string {
  const { t } = useWords();
  const seconds = retrySeconds(feed, nowMs);
  const retry =
    seconds === null
      ? ""
      : seconds === 0
        ? t("feed.retrying", { attempt: feed.attempt })
        : t("feed.retryIn", { seconds, attempt: feed.attempt });
  return [feed.error ?? "", retry, feed.error ? "" : (feed.issues[0]?.message ?? "")]
    .filter(Boolean)
    .join(" · ");
}

function FeedRow({ feed }: { feed: FeedStatus }) {
  const { t, format } = useWords();
  const now = useNow(1000);
  const { lastMessageMs } = feed;
  return (
    <tr>
      <td>
        {t.text(feed.title)}
        <small>
          {t.text(feed.provenance.source)} · {feed.url}
        </small>
      </td>
      <td>
        <ProvenanceBadge provenance={feed.provenance} />
      </td>
      <td>
        <FeedStateBadge state={feed.state} />
      </td>
      <td title={lastMessageMs === null ? undefined : `${format.dateTime(lastMessageMs)} ${t("clock.zone")}`}>
        {lastMessageMs === null ? t("feed.never") : format.age(lastMessageMs, now)}
      </td>
      <td className="lt-number">
        {t("feed.ratePerS", { rate: format.number(feed.ratePerS, rateDecimals(feed.ratePerS)) })}
      </td>
      <td className="lt-number">{format.number(feed.received)}</td>
      <td className="lt-number">{format.number(feed.rejected)}</td>
      <td className="lt-feed-note">{useFeedNote(feed, now)}</td>
    </tr>
  );
}

function FeedTable() {
  const { stores } = useTwin();
  const { t } = useWords();
  const feeds = useStore(stores.feeds, (state) => state.feeds);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="lt-scroll" aria-label={t("feed.list")} tabIndex={0}>
      <table className="lt-feed-table">
        <thead>
          <tr>
            <th scope="col">{t("feed.source")}</th>
            <th scope="col">{t("feed.provenance")}</th>
            <th scope="col">{t("feed.state")}</th>
            <th scope="col">{t("feed.age")}</th>
            <th scope="col" className="lt-number">
              {t("feed.rate")}
            </th>
            <th scope="col" className="lt-number">
              {t("feed.received")}
            </th>
            <th scope="col" className="lt-number">
              {t("feed.rejected")}
            </th>
            <th scope="col">{t("feed.note")}</th>
          </tr>
        </thead>
        <tbody>
          {feeds.map((feed) => (
            <FeedRow key={feed.id} feed={feed} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Feeds as a table, and beside it the worst sensors, which the command mode has in its own column. */
export function FeedPanel() {
  const { stores } = useTwin();
  const { t } = useWords();
  const worst = useStore(stores.risk, (state) => state.worst);
  const mode = useStore(stores.ui, (state) => state.mode);
  const { items, handlers } = useSteadyOrder(worst, (item) => item.row);
  return (
    <div className="lt-strip-panel">
      <FeedTable />
      {mode !== "command" && (
        <section className="lt-worst" aria-label={t("feed.worst")}>
          <h3>{t("feed.worst")}</h3>
          {worst.length === 0 && <Empty>{t("feed.worstEmpty")}</Empty>}
          <ul className="lt-scroll" {...handlers}>
            {items.map((item) => (
              <SensorRow key={item.row} item={item} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
