import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from "react";
import type { TimelineMark } from "../../domain/twin-event.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { LevelMark } from "../kit/marks.tsx";
import { useRun } from "../use-run.ts";
import {
  laneOf,
  type PlacedMark,
  placeMarks,
  type Span,
  shareOf,
  type TimeWindow,
  ticksOf,
  timeForKey,
  windowOf,
} from "./time-window.ts";

/** Marks closer than this share of the scale stand together. */
const GAP = 1 / 90;

const SHAPES: Readonly<Record<Exclude<TimelineMark["kind"], "alert" | "warning">, string>> = {
  incident: "M3.5 3.5h9v9h-9z",
  view: "M8 13.5 3.5 6.2a5.2 5.2 0 0 1 9 0z",
  feed: "M4 4l8 8M12 4l-8 8",
};

function MarkShape({ mark }: { mark: TimelineMark }) {
  if (mark.kind === "alert" || mark.kind === "warning") return <LevelMark level={mark.level} size={11} />;
  return (
    <svg viewBox="0 0 16 16" width={11} height={11} aria-hidden="true">
      <path d={SHAPES[mark.kind]} fill="none" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}

function Mark({ placed }: { placed: PlacedMark }) {
  const { t, format } = useWords();
  const { mark, share, count } = placed;
  const more = count > 1 ? ` · ${t("timeline.marks", { count })}` : "";
  return (
    <span
      className="lt-track-mark"
      data-kind={mark.kind}
      data-lane={laneOf(mark)}
      style={{ left: `${share * 100}%` }}
      title={`${format.time(mark.timeMs)} ${t(`timeline.mark.${mark.kind}`)} · ${t.text(mark.text)}${more}`}
    >
      <MarkShape mark={mark} />
    </span>
  );
}

function Ticks({ window }: { window: TimeWindow }) {
  const { format } = useWords();
  const ticks = ticksOf(window, 6);
  const isFine = (ticks[1] ?? 0) - (ticks[0] ?? 0) < 60_000;
  return ticks.map((timeMs) => (
    <span key={timeMs} className="lt-track-tick" style={{ left: `${shareOf(window, timeMs) * 100}%` }}>
      {isFine ? format.time(timeMs) : format.shortTime(timeMs)}
    </span>
  ));
}

/** Moves the playhead by pointer and keys; the newest place wins while the page still works on an older one. */
function useScrub(window: TimeWindow | null, range: TimeWindow | null) {
  const { stores } = useTwin();
  const run = useRun();
  const isDown = useRef(false);
  const at = (event: PointerEvent<HTMLElement>) => {
    if (!window) return;
    const box = event.currentTarget.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    run({ type: "go-to-time", timeMs: window.fromMs + share * (window.toMs - window.fromMs) });
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      isDown.current = true;
      if (stores.timeline.get().isPlaying) run({ type: "pause-timeline" });
      at(event);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (isDown.current) at(event);
    },
    onPointerUp: () => {
      isDown.current = false;
    },
    onPointerCancel: () => {
      isDown.current = false;
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (!range) return;
      const { atMs, marks } = stores.timeline.get();
      const press = { key: event.key, withShift: event.shiftKey };
      const timeMs = timeForKey(press, atMs ?? range.toMs, range, marks);
      if (timeMs === null) return;
      event.preventDefault();
      run({ type: "go-to-time", timeMs });
    },
  };
}

/** The scale of the log with what happened on it, and the playhead. */
export function Track({ span }: { span: Span }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const range = useStore(stores.timeline, (state) => state.range);
  const atMs = useStore(stores.timeline, (state) => state.atMs);
  const marks = useStore(stores.timeline, (state) => state.marks);
  const before = useRef<TimeWindow | null>(null);
  const window = range && windowOf(range, span, atMs, before.current);
  before.current = window;
  const scrub = useScrub(window, range);
  const placed = useMemo(() => (window ? placeMarks(marks, window, GAP) : []), [marks, window]);
  if (!window || !range) return <p className="lt-track-empty">{t("timeline.empty")}</p>;
  const shown = atMs ?? range.toMs;
  const text = `${format.dateTime(shown)} ${t("timeline.zone")}`;
  return (
    <div
      className="lt-track"
      role="slider"
      tabIndex={0}
      aria-label={t("timeline.playhead")}
      aria-description={t("timeline.keys")}
      aria-valuemin={range.fromMs}
      aria-valuemax={range.toMs}
      aria-valuenow={shown}
      aria-valuetext={atMs === null ? t("timeline.live") : text}
      data-live={atMs === null}
      {...scrub}
    >
      <span className="lt-track-line" />
      <Ticks window={window} />
      {placed.map((one) => (
        <Mark key={`${laneOf(one.mark)}/${one.share}`} placed={one} />
      ))}
      <span
        className="lt-track-head"
        style={{ left: `${Math.min(1, Math.max(0, shareOf(window, shown))) * 100}%` }}
      />
    </div>
  );
}
