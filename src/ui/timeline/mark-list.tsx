import { Button } from "react-aria-components";
import type { TimelineMark } from "../../domain/twin-event.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { useArrowList } from "../focus/use-arrow-list.ts";
import { LevelMark } from "../kit/marks.tsx";
import { Empty } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";

/** More lines than this nobody reads here. */
const SHOWN = 200;

function MarkRow({ mark, isPast }: { mark: TimelineMark; isPast: boolean }) {
  const { t, format } = useWords();
  const run = useRun();
  return (
    <li>
      <Button
        className="lt-mark-row"
        data-past={isPast}
        onPress={() => run({ type: "go-to-time", timeMs: mark.timeMs })}
      >
        <time title={`${format.dateTime(mark.timeMs)} ${t("timeline.zone")}`}>
          {format.time(mark.timeMs)}
        </time>
        {mark.level > 0 ? <LevelMark level={mark.level} size={12} /> : <span />}
        <span className="lt-mark-kind">{t(`timeline.mark.${mark.kind}`)}</span>
        <span className="lt-ellipsis">{t.text(mark.text)}</span>
      </Button>
    </li>
  );
}

/** What happened, newest first; choosing a line goes there. */
export function MarkList() {
  const { stores } = useTwin();
  const { t } = useWords();
  const marks = useStore(stores.timeline, (state) => state.marks);
  const atMs = useStore(stores.timeline, (state) => state.atMs);
  const list = useArrowList<HTMLUListElement>();
  if (marks.length === 0) return <Empty>{t("timeline.empty")}</Empty>;
  const newest = marks.slice(-SHOWN).toReversed();
  return (
    <ul
      {...list}
      className="lt-mark-list lt-scroll"
      aria-description={t("list.keys")}
      aria-label={t("timeline.tab.marks")}
    >
      {newest.map((mark) => (
        <MarkRow
          key={`${mark.timeMs}/${mark.kind}/${mark.text.zh}`}
          mark={mark}
          isPast={atMs === null || mark.timeMs <= atMs}
        />
      ))}
    </ul>
  );
}
