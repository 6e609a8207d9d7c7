import { lazy, Suspense } from "react";
import type { WarningLevel } from "../../domain/risk.ts";
import type { SensorKind } from "../../domain/scenario.ts";
import { useNow, useStore, useTwin, useWords } from "../context.tsx";
import { LevelBadge, LevelMark, ProvenanceBadge } from "../kit/marks.tsx";
import { Empty, Facts, Section } from "../kit/section.tsx";
import { SensorSurroundings } from "./sensor-surroundings.tsx";
import { sensorThresholds } from "./thresholds.ts";

const SeriesChart = lazy(() => import("./series-chart.tsx").then((m) => ({ default: m.SeriesChart })));

function Thresholds({ kind }: { kind: SensorKind }) {
  const { t, format } = useWords();
  const sign = kind.direction === "above" ? "≥" : "≤";
  return (
    <div>
      <h3 className="lt-subhead">{t("sensor.thresholds")}</h3>
      <ul className="lt-thresholds">
        {sensorThresholds(kind).map(({ level, value }) => (
          <li key={level}>
            <LevelMark level={level} size={12} />
            {t(`level.${level as WarningLevel}`)}
            <span>
              {sign} {format.measure(value, kind.unit, kind.decimals)}
            </span>
          </li>
        ))}
      </ul>
      <Section rank="minor" startsClosed title={t("sensor.thresholdSource")}>
        <p className="lt-note">{t.text(kind.source)}</p>
      </Section>
    </div>
  );
}

const LAST = 8;

interface LastValuesProps {
  readonly timesMs: readonly number[];
  readonly values: readonly number[];
  readonly unit: string;
  readonly decimals: number;
}

/** The newest readings with the moments at which they were observed. */
function LastValues({ timesMs, values, unit, decimals }: LastValuesProps) {
  const { format } = useWords();
  const rows = timesMs
    .map((timeMs, i) => ({ timeMs, value: values[i] ?? Number.NaN }))
    .slice(-LAST)
    .reverse();
  return (
    <ul className="lt-last-values">
      {rows.map(({ timeMs, value }) => (
        <li key={timeMs}>
          <time>{format.time(timeMs)}</time>
          <span>{format.measure(value, unit, decimals)}</span>
        </li>
      ))}
    </ul>
  );
}

/** A sensor: value now, level, age, its last minutes with thresholds. */
export function SensorDetail({ sensorId }: { sensorId: string }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const now = useNow(1000);
  const sensor = useStore(stores.risk, (state) => state.sensors.find((one) => one.id === sensorId));
  const series = useStore(stores.risk, (state) =>
    state.series?.sensorId === sensorId ? state.series : null,
  );
  const scenario = useStore(stores.scenario, (state) => state.active);
  const layer = useStore(stores.layers, (state) => state.layers.find((one) => one.kind === "sensors"));
  if (!sensor)
    return (
      <div className="lt-detail">
        <Empty>{t("sensor.unknown")}</Empty>
      </div>
    );
  const kind = scenario?.sensorKinds[sensor.kind] ?? null;
  const value = series?.values.at(-1) ?? null;
  const timeMs = series?.timesMs.at(-1) ?? null;
  return (
    <div className="lt-detail">
      <div className="lt-detail-title">
        <h3>{t.text(sensor.name)}</h3>
        <p>
          {kind ? t.text(kind.title) : sensor.kind} · {sensor.id}
        </p>
      </div>
      <div className="lt-reading">
        <strong>
          {format.measure(value, "", kind?.decimals ?? 1)}
          <small>{sensor.unit}</small>
        </strong>
        <LevelBadge level={series?.level ?? 255} />
        {timeMs !== null && (
          <time title={`${format.dateTime(timeMs)} ${t("clock.zone")}`}>{format.age(timeMs, now)}</time>
        )}
      </div>
      {series && series.values.length > 1 ? (
        <div>
          <h3 className="lt-subhead">{t("sensor.series")}</h3>
          <Suspense fallback={<div className="lt-chart" />}>
            <SeriesChart
              timesMs={series.timesMs}
              values={series.values}
              thresholds={kind ? sensorThresholds(kind) : []}
              unit={sensor.unit}
              decimals={kind?.decimals ?? 1}
            />
          </Suspense>
        </div>
      ) : (
        <Empty>{t("sensor.seriesEmpty")}</Empty>
      )}
      <SensorSurroundings sensorId={sensorId} kind={kind} />
      {kind && <Thresholds kind={kind} />}
      {series && series.values.length > 0 && (
        <Section rank="minor" startsClosed title={t("sensor.lastValues")}>
          <LastValues
            timesMs={series.timesMs}
            values={series.values}
            unit={sensor.unit}
            decimals={kind?.decimals ?? 1}
          />
        </Section>
      )}
      <Facts
        rows={[
          [
            t("sensor.place"),
            `${format.number(sensor.longitudeDeg, 5)}, ${format.number(sensor.latitudeDeg, 5)}`,
          ],
          ...(layer
            ? [[t("feed.provenance"), <ProvenanceBadge key="p" provenance={layer.provenance} />] as const]
            : []),
        ]}
      />
    </div>
  );
}
