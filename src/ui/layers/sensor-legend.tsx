import type { HeatScale } from "../../domain/sensor-display.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { LevelMark } from "../kit/marks.tsx";
import "./sensor-display.css";

const LEVELS = [1, 2, 3, 4] as const;

/** Ramp of the heat map with the values at which levels begin, and the hatch of what is not known. */
function HeatLegend({ scale }: { scale: HeatScale }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const kind = useStore(stores.scenario, (state) => state.active?.sensorKinds[scale.kind]);
  const unit = kind?.unit ?? "";
  const decimals = kind?.decimals ?? 0;
  const share = (value: number) => (100 * (value - scale.min)) / (scale.max - scale.min);
  const inside = scale.thresholds.filter(({ value }) => value >= scale.min && value <= scale.max);
  return (
    <div className="lt-heat-legend">
      <b>{kind && t.text(kind.title)}</b>
      <div className="lt-heat-ramp">
        {inside.map(({ level, value }) => (
          <span key={level} className="lt-heat-tick" style={{ insetInlineStart: `${share(value)}%` }}>
            <LevelMark level={level} size={12} />
            <i>{format.number(value, decimals)}</i>
          </span>
        ))}
      </div>
      <div className="lt-heat-ends">
        <span>{format.number(scale.min, decimals)}</span>
        <span>{format.measure(scale.max, unit, decimals)}</span>
      </div>
      <p>
        <span className="lt-swatch-hatch" aria-hidden />
        {t("display.nothingKnown", { reach: format.distance(scale.reach) })}
      </p>
    </div>
  );
}

function LevelRow() {
  const { t } = useWords();
  return (
    <ul className="lt-level-row">
      {LEVELS.map((level) => (
        <li key={level}>
          <LevelMark level={level} size={13} />
          {t(`level.${level}`)}
        </li>
      ))}
    </ul>
  );
}

function Silent() {
  const { t } = useWords();
  return (
    <>
      <li>
        <span className="lt-dot lt-dot-calm" aria-hidden />
        {t("level.0")}
      </li>
      <li>
        <span className="lt-dot lt-dot-stale" aria-hidden />
        {t("display.stale")}
      </li>
      <li>
        <span className="lt-dot lt-dot-silent" aria-hidden />
        {t("level.255")}
      </li>
    </>
  );
}

/** What the drawing of the sensors means, in the mode of the moment. */
export function SensorLegend() {
  const { stores } = useTwin();
  const { t } = useWords();
  const { mode } = useStore(stores.display, (state) => state.sensors);
  const scale = useStore(stores.display, (state) => state.heatScale);
  if (mode === "none") return null;
  if (mode === "heat") return scale ? <HeatLegend scale={scale} /> : null;
  return (
    <div className="lt-sensor-legend">
      <LevelRow />
      {mode === "marks" ? (
        <>
          <ul className="lt-level-row">
            <Silent />
          </ul>
          <p>{t("display.aboutClusters")}</p>
        </>
      ) : (
        <>
          <ul className="lt-level-row">
            <li>
              <span className="lt-swatch-calm" aria-hidden />
              {t("level.0")}
            </li>
            <li>
              <span className="lt-swatch-hatch" aria-hidden />
              {t("level.255")}
            </li>
          </ul>
          <p>{t("display.aboutHexagons")}</p>
        </>
      )}
    </div>
  );
}
