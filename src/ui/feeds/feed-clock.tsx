import { Pause, Play } from "lucide-react";
import type { SimulationClock } from "../../domain/risk.ts";
import { useWords } from "../context.tsx";
import { IconButton } from "../kit/button.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { useRun } from "../use-run.ts";

const SPEEDS = ["1", "2", "5", "10", "30", "60"] as const;

/** Stops, starts and speeds up the simulation that a feed comes from. */
export function FeedClock({ feedId, clock }: { feedId: string; clock: SimulationClock }) {
  const { t } = useWords();
  const run = useRun();
  const own = String(clock.speed);
  const speeds = (SPEEDS as readonly string[]).includes(own) ? SPEEDS : [own, ...SPEEDS];
  return (
    <fieldset className="lt-feed-clock" aria-label={t("feed.clock")}>
      <span className="lt-feed-quiet">{t("feed.clock")}</span>
      <IconButton
        label={t(clock.paused ? "feed.play" : "feed.pause")}
        icon={clock.paused ? Play : Pause}
        onPress={() => run({ type: "set-feed-clock", id: feedId, paused: !clock.paused })}
      />
      <Segmented
        label={t("feed.speed")}
        options={speeds.map((speed) => ({ id: speed, label: `×${speed}` }))}
        value={own}
        onChange={(speed) => run({ type: "set-feed-clock", id: feedId, speed: Number(speed) })}
      />
      <span className="lt-feed-quiet">{t("feed.seed", { seed: clock.seed })}</span>
    </fieldset>
  );
}
