import { Bell, BellOff, Volume2, VolumeX } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Announcement } from "../../domain/announcement.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { LevelMark } from "../kit/marks.tsx";
import { useRun } from "../use-run.ts";
import "./announce.css";

/** What a screen reader is told: each announcement once, its repeats not at all. */
function useSaid(first: Announcement | undefined): string {
  const { t } = useWords();
  const said = useRef(new Set<string>());
  const [text, setText] = useState("");
  useEffect(() => {
    if (!first) return;
    const key = `${first.id}/${first.level}`;
    if (said.current.has(key)) return;
    said.current.add(key);
    setText(`${t(`level.${first.level as 1}`)}：${t.text(first.text)}`);
  }, [first, t]);
  return text;
}

function Controls() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const { isMuted, notifications } = useStore(stores.announcements, (state) => state);
  const isOn = notifications === "on";
  return (
    <>
      <IconButton
        label={t(isMuted ? "announce.unmute" : "announce.mute")}
        icon={isMuted ? VolumeX : Volume2}
        pressed={isMuted}
        onPress={() => run({ type: "set-muted", on: !isMuted })}
      />
      <IconButton
        label={t(
          notifications === "denied" ? "announce.denied" : isOn ? "announce.notifyOff" : "announce.notify",
        )}
        icon={isOn ? Bell : BellOff}
        pressed={isOn}
        onPress={() => run({ type: "set-notifications", on: !isOn })}
      />
    </>
  );
}

/** The worst of what waits to be seen, at the top, one at a time. */
export function AnnounceBanner() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const mode = useStore(stores.ui, (state) => state.mode);
  const isLive = useStore(stores.timeline, (state) => state.mode === "live");
  // over the past there is only what happens in the present meanwhile
  const waiting = useStore(stores.announcements, (state) => (isLive ? state.waiting : state.behind));
  const first = waiting[0];
  const said = useSaid(first);
  const isShown = first !== undefined && mode !== "present" && mode !== "wall";
  return (
    <>
      <div className="lt-hidden" role="alert" aria-live="assertive">
        {said}
      </div>
      {isShown && (
        <section
          className={`lt-announce lt-glass lt-announce-${first.level}`}
          aria-label={t("announce.label")}
          data-region="first"
          data-over={first.endedMs !== null}
        >
          <LevelMark level={first.level} size={28} />
          <div className="lt-announce-words">
            <p className="lt-announce-meta">
              <b>{t(`level.${first.level as 1}`)}</b>
              <time title={t("clock.zone")}>{format.time(first.atMs)}</time>
              {first.repeats > 0 && <span>{t("announce.repeats", { count: first.repeats + 1 })}</span>}
              {first.endedMs !== null && (
                <span>{t("announce.over", { time: format.time(first.endedMs) })}</span>
              )}
            </p>
            <p className="lt-announce-text">{t.text(first.text)}</p>
          </div>
          <Button tone="main" onPress={() => run({ type: "show-announcement", id: first.id })}>
            {t(isLive ? "announce.show" : "incident.goLive")}
          </Button>
          <Button onPress={() => run({ type: "dismiss-announcement", id: first.id })}>
            {t("announce.known")}
          </Button>
          {waiting.length > 1 && (
            <Button tone="quiet" onPress={() => run({ type: "dismiss-announcement", id: "all" })}>
              {t("announce.all", { count: waiting.length })}
            </Button>
          )}
          <Controls />
          {waiting.length > 1 && (
            <span className="lt-announce-more">{t("announce.more", { count: waiting.length - 1 })}</span>
          )}
        </section>
      )}
    </>
  );
}
