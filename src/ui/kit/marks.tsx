import type { Provenance, ProvenanceKind } from "../../domain/provenance.ts";
import type { FeedState, SensorLevel } from "../../domain/risk.ts";
import { useWords } from "../context.tsx";
import "./marks.css";

const LEVEL_SHAPES: Readonly<Record<SensorLevel, string>> = {
  0: "M8 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z",
  1: "M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z",
  2: "M8 .7 15.3 8 8 15.3.7 8z",
  3: "M8 1.4 15.4 14.2H.6z",
  4: "M8 1.3a6.7 6.7 0 1 1 0 13.4A6.7 6.7 0 0 1 8 1.3z",
  255: "M8 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8z",
};

/** Any number from a store as a level: what is not known is no data, never normal. */
export function asLevel(level: number): SensorLevel {
  return level === 0 || level === 1 || level === 2 || level === 3 || level === 4 ? level : 255;
}

/** Warning level by shape: red octagon, orange diamond, yellow triangle, blue circle. Purely visual. */
export function LevelMark({ level, size = 14 }: { level: number; size?: number }) {
  const known = asLevel(level);
  return (
    <svg
      className={`lt-level lt-level-${known}`}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
    >
      <path d={LEVEL_SHAPES[known]} />
    </svg>
  );
}

/** Shape and word. */
export function LevelBadge({ level, warning = false }: { level: number; warning?: boolean }) {
  const { t } = useWords();
  const known = asLevel(level);
  const word = warning && known !== 0 && known !== 255 ? t(`warning.level.${known}`) : t(`level.${known}`);
  return (
    <span className={`lt-badge lt-badge-${known}`}>
      <LevelMark level={known} size={12} />
      {word}
    </span>
  );
}

function ProvenanceShape({ kind }: { kind: ProvenanceKind }) {
  if (kind === "LIVE") return <circle cx="8" cy="8" r="4.5" fill="currentColor" />;
  if (kind === "RECORDED")
    return (
      <>
        <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M8 5v6" stroke="currentColor" strokeWidth="1.8" />
      </>
    );
  if (kind === "SIMULATED")
    return (
      <circle
        cx="8"
        cy="8"
        r="5.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.7"
        strokeDasharray="2.9 2.86"
      />
    );
  return (
    <>
      <rect x="2.5" y="2.5" width="11" height="11" fill="none" stroke="currentColor" strokeWidth="1.3" />
      <path d="m3 9 6-6M3 13 13 3M7 13l6-6" stroke="currentColor" strokeWidth="1.2" />
    </>
  );
}

export function ProvenanceMark({ kind, size = 13 }: { kind: ProvenanceKind; size?: number }) {
  return (
    <svg
      className={`lt-provenance-mark lt-provenance-${kind}`}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
    >
      <ProvenanceShape kind={kind} />
    </svg>
  );
}

/** Shape and word; the source as title. */
export function ProvenanceBadge({ provenance }: { provenance: Provenance }) {
  const { t } = useWords();
  return (
    <span
      className={`lt-provenance lt-provenance-${provenance.kind}`}
      title={t(`provenance.about.${provenance.kind}`, { source: t.text(provenance.source) })}
    >
      <ProvenanceMark kind={provenance.kind} />
      {t(`provenance.${provenance.kind}`)}
    </span>
  );
}

const FEED_SHAPES: Readonly<Record<FeedState, string>> = {
  connecting: "M8 2.5A5.5 5.5 0 1 1 2.5 8",
  live: "M8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6zM8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11z",
  late: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM8 5v3l2 1.8",
  stale: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM5.5 8h5",
  lost: "M4 4l8 8M12 4l-8 8",
  refused: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM4.2 11.8l7.6-7.6",
  off: "M4 8h8",
};

/** Shape and word of a feed's state. Neutral on purpose: warning colours belong to warnings. */
export function FeedStateBadge({ state, label }: { state: FeedState; label?: string }) {
  const { t } = useWords();
  return (
    <span className={`lt-feed-state lt-feed-${state}`}>
      <svg viewBox="0 0 16 16" width={13} height={13} aria-hidden="true">
        <path
          d={FEED_SHAPES[state]}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.7"
          strokeLinecap="round"
        />
      </svg>
      {label ?? t(`feed.state.${state}`)}
    </span>
  );
}
