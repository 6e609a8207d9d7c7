import { useStore, useTwin, useWords } from "../context.tsx";
import { Empty } from "../kit/section.tsx";
import { FeedRow } from "./feed-row.tsx";
import { SensorRow } from "./sensor-row.tsx";
import { useSteadyOrder } from "./steady-order.ts";
import "./feed-table.css";

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
            <th scope="col">{t("feed.observed")}</th>
            <th scope="col">{t("feed.age")}</th>
            <th scope="col" className="lt-number">
              {t("feed.rate")}
            </th>
            <th scope="col" className="lt-number">
              {t("feed.received")}
            </th>
            <th scope="col">{t("feed.note")}</th>
            <td />
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
