import { ChevronDown, ChevronRight, RotateCw } from "lucide-react";
import { useState } from "react";
import type { FeedStatus } from "../../domain/risk.ts";
import type { Translator } from "../../i18n/translator.ts";
import { useNow, useTwin, useWords } from "../context.tsx";
import { IconButton } from "../kit/button.tsx";
import { FeedStateBadge, ProvenanceBadge } from "../kit/marks.tsx";
import { FeedDetail } from "./feed-detail.tsx";
import {
  clockMark,
  irregularities,
  issuesByPlace,
  mayRetry,
  rateDecimals,
  retrySeconds,
} from "./feed-health.ts";

export const FEED_COLUMNS = 9;

/** Where and what, in the user's language as far as it is known. */
function newestIssue({ issues }: FeedStatus, t: Translator): string {
  const [newest] = issuesByPlace(issues.slice(0, 1));
  if (!newest) return "";
  const said = newest.key === null ? newest.problem : t.maybe(newest.key, newest.problem, newest.params);
  return [newest.place, said].filter(Boolean).join(" · ");
}

function useFeedNote(feed: FeedStatus, nowMs: number): string {
  const { t } = useWords();
  const seconds = retrySeconds(feed, nowMs);
  const retry =
    seconds === null
      ? ""
      : seconds === 0
        ? t("feed.retrying", { attempt: feed.attempt })
        : t("feed.retryIn", { seconds, attempt: feed.attempt });
  const error = feed.problem ? t.error(feed.problem) : (feed.error ?? "");
  return [error, retry, feed.error ? "" : newestIssue(feed, t)].filter(Boolean).join(" · ");
}

function Age({ atMs, nowMs }: { atMs: number | null; nowMs: number }) {
  const { t, format } = useWords();
  if (atMs === null) return t("feed.never");
  return (
    <time title={`${format.dateTime(atMs)} ${format.time(atMs)} ${t("clock.zone")}`}>
      {format.age(atMs, nowMs)}
    </time>
  );
}

/** A feed as a line of the list; opens to what stands behind its numbers. */
export function FeedRow({ feed }: { feed: FeedStatus }) {
  const { t, format } = useWords();
  const { run } = useTwin();
  const now = useNow(1000);
  const [isOpen, setOpen] = useState(false);
  const name = t.text(feed.title);
  const mark = clockMark(feed.clock);
  return (
    <>
      <tr>
        <td>
          <div className="lt-feed-name">
            <IconButton
              label={t(isOpen ? "feed.detailsClose" : "feed.details", { name })}
              icon={isOpen ? ChevronDown : ChevronRight}
              pressed={isOpen}
              onPress={() => setOpen(!isOpen)}
            />
            <div>
              {name}
              <small>
                {t.text(feed.provenance.source)} · {feed.url}
              </small>
            </div>
          </div>
        </td>
        <td>
          <ProvenanceBadge provenance={feed.provenance} />
          {mark && <span className="lt-feed-speed">{mark}</span>}
          {feed.clock?.paused && <span className="lt-feed-speed">{t("feed.paused")}</span>}
        </td>
        <td>
          <FeedStateBadge state={feed.state} />
        </td>
        <td>
          <Age atMs={feed.newestMs ?? null} nowMs={now} />
        </td>
        <td>
          <Age atMs={feed.lastMessageMs} nowMs={now} />
        </td>
        <td className="lt-number">
          {t("feed.ratePerS", { rate: format.number(feed.ratePerS, rateDecimals(feed.ratePerS)) })}
        </td>
        <td className="lt-number">
          {format.count(feed.received)}
          <small>
            {t("feed.rejectedShort", { count: format.count(feed.rejected) })} ·{" "}
            {t("feed.irregularShort", { count: format.count(irregularities(feed)) })}
          </small>
        </td>
        <td className="lt-feed-note">{useFeedNote(feed, now)}</td>
        <td>
          {mayRetry(feed) && (
            <IconButton
              label={t("feed.retryNow", { name })}
              icon={RotateCw}
              side="left"
              onPress={() => void run({ type: "retry-feed", id: feed.id }).catch(() => {})}
            />
          )}
        </td>
      </tr>
      {isOpen && (
        <tr className="lt-feed-open">
          <td colSpan={FEED_COLUMNS}>
            <FeedDetail feed={feed} />
          </td>
        </tr>
      )}
    </>
  );
}
