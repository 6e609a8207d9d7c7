import { ChevronLeft, ChevronRight, Gauge, Pause, Play, Repeat, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useStore, useTwin, useWords } from "../context.tsx";
import { IconButton } from "../kit/button.tsx";
import { useRun } from "../use-run.ts";

/** What the speed button goes through. */
const SPEEDS: readonly number[] = [1, 1.5, 2, 0.5];

/** Runs from the step's start to its end in the step's own time; stands still while paused. */
function StoryProgress() {
  const { stores } = useTwin();
  const line = useRef<HTMLDivElement>(null);
  const { progress, status } = useStore(stores.story, (state) => state);
  const animation = useRef<Animation | null>(null);
  useEffect(() => {
    const { from, to, durationS } = progress;
    const moving = line.current?.animate([{ transform: `scaleX(${from})` }, { transform: `scaleX(${to})` }], {
      duration: durationS * 1000,
      fill: "both",
      easing: "linear",
    });
    animation.current = moving ?? null;
    return () => moving?.cancel();
  }, [progress]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step's animation takes the state in force
  useEffect(() => {
    if (status === "paused") animation.current?.pause();
    else if (animation.current?.playState === "paused") animation.current.play();
  }, [status, progress]);
  return (
    <div className="lt-story-progress" aria-hidden>
      <div ref={line} />
    </div>
  );
}

function speedAfter(speed: number): number {
  return SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length]!;
}

export function StoryControls() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const { status, step, steps, loop, speed } = useStore(stores.story, (state) => state);
  const isPlaying = status === "playing";
  return (
    <>
      <StoryProgress />
      <div className="lt-story-controls lt-glass" role="toolbar" aria-label={t("story.controls")}>
        <IconButton
          side="top"
          label={t("story.previous")}
          hint="PageUp"
          icon={ChevronLeft}
          onPress={() => run({ type: "previous-step" })}
        />
        <IconButton
          side="top"
          label={t(isPlaying ? "story.pause" : "story.play")}
          icon={isPlaying ? Pause : Play}
          onPress={() => run({ type: isPlaying ? "pause-story" : "resume-story" })}
        />
        <IconButton
          side="top"
          label={t("story.next")}
          hint="PageDown"
          icon={ChevronRight}
          onPress={() => run({ type: "next-step" })}
        />
        <IconButton
          side="top"
          label={t("story.loop")}
          icon={Repeat}
          pressed={loop}
          onPress={() => run({ type: "set-story-loop", loop: !loop })}
        />
        <IconButton
          side="top"
          label={t("story.speed", { speed })}
          icon={Gauge}
          pressed={speed !== 1}
          onPress={() => run({ type: "set-story-speed", speed: speedAfter(speed) })}
        />
        <span className="lt-top-rule" />
        <IconButton
          side="top"
          label={t("story.exit")}
          hint="Esc"
          icon={X}
          onPress={() => run({ type: "stop-story" })}
        />
      </div>
      <p className="lt-story-step" title={t("story.step", { step: step + 1, steps })}>
        <b>{step + 1}</b> / {steps}
        {speed !== 1 && ` · ${speed}×`}
      </p>
    </>
  );
}
