import { type FormEvent, useId, useState } from "react";
import type { FeedStatus } from "../../domain/risk.ts";
import { useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { Field } from "../kit/field.tsx";
import { Empty, Facts } from "../kit/section.tsx";
import { FeedClock } from "./feed-clock.tsx";
import { issuesByPlace } from "./feed-health.ts";

function FeedFacts({ feed }: { feed: FeedStatus }) {
  const { t, format } = useWords();
  const { tally, lateAfterS, staleAfterS } = feed;
  const count = (value = 0) => format.number(value);
  return (
    <div className="lt-feed-facts">
      <Facts
        rows={[
          [t("feed.link"), feed.link ?? "—"],
          [
            t("feed.thresholds"),
            lateAfterS === undefined || staleAfterS === undefined
              ? "—"
              : t("feed.seconds", { late: format.number(lateAfterS), stale: format.number(staleAfterS) }),
          ],
          [t("feed.received"), count(feed.received)],
          [t("feed.rejected"), count(feed.rejected)],
        ]}
      />
      <Facts
        rows={[
          [t("feed.duplicates"), count(tally?.duplicates)],
          [t("feed.late"), count(tally?.late)],
          [t("feed.ahead"), count(tally?.ahead)],
          [t("feed.skew"), format.measure(tally?.skewS ?? 0, "s", 0)],
        ]}
      />
      <Facts
        rows={[
          [
            t("feed.gaps"),
            <span key="gaps" title={t("feed.gapsAbout")}>
              {count(tally?.gaps)}
            </span>,
          ],
          [
            t("feed.bursts"),
            <span key="bursts" title={t("feed.burstsAbout")}>
              {count(tally?.bursts)}
            </span>,
          ],
        ]}
      />
    </div>
  );
}

/** Asked for where a feed was refused; kept for this session only. */
function FeedPassword({ feed }: { feed: FeedStatus }) {
  const { t } = useWords();
  const { run } = useTwin();
  const [password, setPassword] = useState("");
  const form = useId();
  const send = (event: FormEvent) => {
    event.preventDefault();
    run({ type: "set-secret", name: `feed:${feed.id}`, value: password || null }).then(
      () => run({ type: "retry-feed", id: feed.id }).catch(() => {}),
      () => {},
    );
    setPassword("");
  };
  return (
    <form id={form} className="lt-feed-password" onSubmit={send}>
      <Field
        label={t("feed.password")}
        hint={t("feed.passwordHint")}
        value={password}
        onChange={setPassword}
        secret
      />
      <Button submits={form}>{t("feed.connect")}</Button>
    </form>
  );
}

function FeedIssues({ feed }: { feed: FeedStatus }) {
  const { t, format } = useWords();
  const groups = issuesByPlace(feed.issues);
  return (
    <section className="lt-feed-issues" aria-label={t("feed.issues")}>
      <h4 className="lt-feed-quiet">{t("feed.issues")}</h4>
      {groups.length === 0 && <Empty>{t("feed.issuesNone")}</Empty>}
      <ul>
        {groups.map(({ place, key, params, problem, atMs, count }) => (
          <li key={`${place} ${problem}`}>
            <time className="lt-feed-quiet">{format.time(atMs)}</time>
            <span>{place}</span>
            <span>{key === null ? problem : t.maybe(key, problem, params)}</span>
            {count > 1 && <span className="lt-feed-quiet">×{format.number(count)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What stands behind a feed's line: connection, thresholds, what was irregular, the last bad records, its clock. */
export function FeedDetail({ feed }: { feed: FeedStatus }) {
  return (
    <div className="lt-feed-detail">
      {feed.clock && <FeedClock feedId={feed.id} clock={feed.clock} />}
      {feed.state === "refused" && <FeedPassword feed={feed} />}
      <FeedFacts feed={feed} />
      <FeedIssues feed={feed} />
    </div>
  );
}
