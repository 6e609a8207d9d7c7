import { Pause, Play, Power } from "lucide-react";
import { useEffect, useState } from "react";
import type { ScenarioAnalysis } from "../../domain/scenario.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { Range } from "../kit/range.tsx";
import { useRun } from "../use-run.ts";
import { AffectedList } from "./affected-list.tsx";
import { nextLevel } from "./rising.ts";
import "./water-level.css";

/** Milliseconds between two levels while the water rises: the analysis answers well within it. */
const RISE_MS = 700;

/** Raises the level step by step until the top. */
function useRising(analysis: ScenarioAnalysis, level: number | null): [boolean, (on: boolean) => void] {
  const run = useRun();
  const [isRising, setRising] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: run is made anew on each render and does the same
  useEffect(() => {
    if (!isRising || level === null) return;
    const next = nextLevel(level, analysis);
    if (next === null) {
      setRising(false);
      return;
    }
    const timer = setTimeout(() => run({ type: "set-water-level", level: next }), RISE_MS);
    return () => clearTimeout(timer);
  }, [isRising, level, analysis]);
  return [isRising && level !== null, setRising];
}

function Method({ analysis }: { analysis: ScenarioAnalysis }) {
  const { t } = useWords();
  return (
    <div className="lt-method">
      <h3>{t("scenario.method")}</h3>
      <p className="lt-note">{t.text(analysis.method)}</p>
    </div>
  );
}

/** The inundation analysis: level, play, result, and what it is not. */
export function WaterLevel({ analysis }: { analysis: ScenarioAnalysis }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const { waterLevel, inundation } = useStore(stores.scenario, (state) => state);
  const [isRising, setRising] = useRising(analysis, waterLevel);
  const set = (level: number | null) => run({ type: "set-water-level", level });
  if (waterLevel === null)
    return (
      <div className="lt-water">
        <Method analysis={analysis} />
        <div className="lt-row-buttons">
          <Button icon={Power} onPress={() => set(analysis.min + analysis.step)}>
            {t("scenario.waterOn")}
          </Button>
        </div>
      </div>
    );
  return (
    <div className="lt-water">
      <div className="lt-water-row">
        <p className="lt-water-value">
          <strong>{format.measure(waterLevel, analysis.unit, 1)}</strong>
          <span>{t("scenario.waterAbove")}</span>
        </p>
      </div>
      <div className="lt-water-row">
        <IconButton
          label={t(isRising ? "scenario.waterPause" : "scenario.waterPlay")}
          icon={isRising ? Pause : Play}
          onPress={() => setRising(!isRising)}
        />
        <Range
          quiet
          label={t("scenario.water")}
          value={waterLevel}
          min={analysis.min}
          max={analysis.max}
          step={analysis.step}
          onChange={(level) => {
            setRising(false);
            set(level);
          }}
          show={(level) => format.measure(level, analysis.unit, 1)}
        />
        <IconButton label={t("scenario.waterStop")} icon={Power} pressed onPress={() => set(null)} />
      </div>
      <div className="lt-water-ends" aria-hidden>
        <span>{format.measure(analysis.min, analysis.unit)}</span>
        <span>{format.measure(analysis.max, analysis.unit)}</span>
      </div>
      <Method analysis={analysis} />
      <AffectedList affected={inundation} />
    </div>
  );
}
