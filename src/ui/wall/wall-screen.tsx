import { useEffect, useRef } from "react";
import { CITIES } from "../../domain/city.ts";
import type { ProvenanceKind } from "../../domain/provenance.ts";
import { Line, useChangeWords, useWorst, WorstNote } from "../command/glance-lines.tsx";
import { LevelTotals } from "../command/now-column.tsx";
import { useNow, useStore, useTwin, useWords } from "../context.tsx";
import { feedHealth } from "../feeds/feed-health.ts";
import { FeedStateBadge, LevelMark, ProvenanceMark } from "../kit/marks.tsx";
import { useRun } from "../use-run.ts";
import { wallViews } from "./wall-views.ts";
import "./wall.css";

/** How long each place is looked at. */
const STAY_MS = 20_000;
const MOST_WORST = 5;
const MOST_CHANGES = 6;

/** Keeps the screen awake while it is shown, and again when the page comes back. */
function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let isOver = false;
    const ask = async () => {
      if (document.hidden || lock) return;
      try {
        const held = await navigator.wakeLock?.request("screen");
        if (isOver) await held?.release();
        else lock = held ?? null;
        held?.addEventListener("release", () => {
          lock = null;
        });
      } catch {
        // a browser or a battery that refuses: the screen then sleeps as it is told
      }
    };
    const wake = () => void ask();
    wake();
    document.addEventListener("visibilitychange", wake);
    return () => {
      isOver = true;
      document.removeEventListener("visibilitychange", wake);
      void lock?.release();
    };
  }, []);
}

/** Goes round: the city, then the worst places. */
function useRound(): void {
  const { stores, attempt } = useTwin();
  const worst = useWorst();
  const latest = useRef(worst);
  latest.current = worst;
  useEffect(() => {
    let step = 0;
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const go = () => {
      if (document.hidden) return;
      const known = {
        warnings: stores.risk.get().warnings,
        groups: stores.alerts.get().groups,
        incidents: stores.incidents.get().incidents,
      };
      const views = wallViews(latest.current, known, isStill);
      const view = views[step++ % views.length]!;
      attempt(view.command).catch(() => {});
    };
    go();
    const timer = setInterval(go, STAY_MS);
    return () => clearInterval(timer);
  }, [stores, attempt]);
}

function Head() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const now = useNow(1000);
  const city = useStore(stores.city, (state) => state.city);
  const scenario = useStore(stores.scenario, (state) => state.active);
  const feeds = useStore(stores.feeds, (state) => state.feeds);
  const profile = useStore(stores.cap, (state) => state.profile);
  const health = feedHealth(feeds);
  const kinds = [...new Set(feeds.map((feed) => feed.provenance.kind))] as readonly ProvenanceKind[];
  return (
    <header className="lt-wall-head">
      <h1>
        {t.text(CITIES[city].name)}
        {scenario && <span>{t.text(scenario.title)}</span>}
      </h1>
      <p className="lt-wall-badges">
        {health.state !== null && <FeedStateBadge state={health.state} />}
        {kinds.map((kind) => (
          <span key={kind} className="lt-wall-provenance">
            <ProvenanceMark kind={kind} size={22} />
            {t(`provenance.${kind}`)}
          </span>
        ))}
        {profile.status !== "Actual" && <span>{t(`warning.status.${profile.status}`)}</span>}
      </p>
      <time className="lt-wall-clock" dateTime={new Date(now).toISOString()}>
        {format.time(now)} <small>{t("clock.zone")}</small>
      </time>
    </header>
  );
}

function Waiting() {
  const { stores } = useTwin();
  const { t } = useWords();
  const first = useStore(stores.announcements, (state) => state.waiting[0]);
  const isNew = useNow(1000) - (first?.atMs ?? 0) < 60_000;
  if (!first || !isNew || first.endedMs !== null) return null;
  return (
    <p className="lt-wall-news" role="status">
      <LevelMark level={first.level} size={40} />
      {t.text(first.text)}
    </p>
  );
}

/** 大屏: the city, what is worst, what changed. Nothing on it can be pressed; any press or Escape leaves it. */
export function WallScreen() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const worst = useWorst();
  const words = useChangeWords();
  const changes = useStore(stores.changes, (state) => state.items);
  useAwake();
  useRound();
  // biome-ignore lint/correctness/useExhaustiveDependencies: run is made anew on each render and does the same
  useEffect(() => {
    const leave = () => run({ type: "set-mode", mode: "command" });
    addEventListener("pointerdown", leave, { capture: true });
    return () => removeEventListener("pointerdown", leave, { capture: true });
  }, []);
  return (
    <main className="lt-wall">
      <Head />
      <div className="lt-wall-side" inert>
        <LevelTotals />
        <section aria-label={t("glance.worst")}>
          <h2>{t("glance.worst")}</h2>
          {worst.length === 0 && <p>{t("now.empty")}</p>}
          <ul>
            {worst.slice(0, MOST_WORST).map((line) => (
              <Line
                key={line.id}
                level={line.level}
                text={line.text}
                target={line.target}
                note={<WorstNote line={line} />}
                isLarge
              />
            ))}
          </ul>
        </section>
        <section aria-label={t("glance.changed")}>
          <h2>{t("glance.changed")}</h2>
          {changes.length === 0 && <p>{t("glance.changedNone")}</p>}
          <ul>
            {changes.slice(0, MOST_CHANGES).map((change) => (
              <Line
                key={change.id}
                level={change.level}
                text={change.text}
                note={`${format.shortTime(change.atMs)} · ${words(change)}`}
                target={change.target}
              />
            ))}
          </ul>
        </section>
      </div>
      <Waiting />
    </main>
  );
}
