import { Play } from "lucide-react";
import { useEffect, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useStore, useTwin, useWords } from "../context.tsx";
import { HoverTip } from "../furniture/hover-tip.tsx";
import { Button } from "../kit/button.tsx";
import { Empty } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";
import { Captions } from "./captions.tsx";
import { StoryControls } from "./story-controls.tsx";
import "./story.css";

/** The controls stay this long after the pointer has rested. */
const REST_MS = 2600;

function useRecentMotion(): boolean {
  const [isRecent, setRecent] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wake = () => {
      setRecent(true);
      clearTimeout(timer);
      timer = setTimeout(() => setRecent(false), REST_MS);
    };
    addEventListener("pointermove", wake);
    return () => {
      clearTimeout(timer);
      removeEventListener("pointermove", wake);
    };
  }, []);
  return isRecent;
}

function StoryChooser() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const stories = useStore(stores.story, (state) => state.available);
  return (
    <section className="lt-story-chooser lt-glass" aria-label={t("story.choose")}>
      <h2>{t("story.choose")}</h2>
      {stories.length === 0 && <Empty>{t("story.empty")}</Empty>}
      {stories.map(({ id, title }) => (
        <AriaButton key={id} className="lt-story-choice" onPress={() => run({ type: "play-story", id })}>
          <Play className="lt-icon" aria-hidden />
          <span>
            {t.text(title)}
            <small>{t.locale === "en" ? title.zh : title.en}</small>
          </span>
        </AriaButton>
      ))}
      <Button tone="quiet" onPress={() => run({ type: "set-mode", mode: "explore" })}>
        {t("story.exit")}
      </Button>
    </section>
  );
}

/** Presentation: the city alone, captions in the lower third, controls only while somebody reaches for them. */
export function PresentScreen() {
  const { stores } = useTwin();
  const isPlaying = useStore(stores.story, (state) => state.playing !== null);
  const isAwake = useRecentMotion();
  return (
    <main className="lt-present" data-awake={isAwake}>
      {isPlaying ? (
        <>
          <Captions />
          <StoryControls />
        </>
      ) : (
        <StoryChooser />
      )}
      <HoverTip />
    </main>
  );
}
