import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Format } from "../../i18n/format.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { axisRange, type Threshold } from "./thresholds.ts";
import "./series-chart.css";

interface SeriesChartProps {
  readonly timesMs: readonly number[];
  readonly values: readonly number[];
  readonly thresholds: readonly Threshold[];
  readonly unit: string;
  readonly decimals: number;
}

const HEIGHT = 150;

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Threshold lines in the level's colour, with a dash of their own, behind the series. */
function drawThresholds(plot: uPlot, thresholds: readonly Threshold[]): void {
  const { ctx, bbox } = plot;
  const { min = 0, max = 0 } = plot.scales.y ?? {};
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  for (const { level, value } of thresholds) {
    if (value < (min ?? 0) || value > (max ?? 0)) continue;
    const y = Math.round(plot.valToPos(value, "y", true)) + 0.5;
    ctx.strokeStyle = token(`--level-${level}`);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.restore();
}

function chartOptions(width: number, format: Format, read: () => SeriesChartProps): uPlot.Options {
  const small = `${token("--size-small")} ${token("--font")}`;
  const axis = {
    stroke: token("--text-3"),
    font: small,
    grid: { stroke: token("--line"), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height: HEIGHT,
    padding: [8, 6, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { size: 7, fill: token("--accent"), stroke: token("--panel-solid") } },
    scales: { x: { time: true }, y: { range: () => [...axisRange(read().values, read().thresholds)] } },
    axes: [
      {
        ...axis,
        size: 26,
        space: 64,
        grid: { show: false },
        values: (_, ticks) => ticks.map((s) => format.shortTime(s * 1000)),
      },
      {
        ...axis,
        size: 44,
        space: 28,
        values: (_, ticks) => ticks.map((value) => format.number(value, Math.min(2, read().decimals))),
      },
    ],
    series: [{}, { stroke: token("--accent"), width: 1.75, points: { show: false } }],
    hooks: { drawAxes: [(plot) => drawThresholds(plot, read().thresholds)] },
  };
}

/** Recent values of one sensor with its threshold lines. Times are Beijing time. */
export function SeriesChart(props: SeriesChartProps) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const theme = useStore(stores.ui, (state) => `${state.theme}${state.largeType}${state.mode}`);
  const host = useRef<HTMLDivElement>(null);
  const reading = useRef<HTMLOutputElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the tokens, which change with the theme
  useEffect(() => {
    const place = host.current;
    if (!place) return;
    const options = chartOptions(place.clientWidth, format, () => latest.current);
    const showAt = (chart: uPlot) => {
      const at = chart.cursor.idx;
      const { values, timesMs, unit, decimals } = latest.current;
      const value = at === null || at === undefined ? undefined : values[at];
      if (reading.current)
        reading.current.textContent =
          value === undefined
            ? ""
            : `${format.time(timesMs[at as number] ?? 0)}  ${format.measure(value, unit, decimals)}`;
    };
    const chart = new uPlot(
      { ...options, hooks: { ...options.hooks, setCursor: [showAt] } },
      [[], []],
      place,
    );
    plot.current = chart;
    const resize = new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height: HEIGHT }));
    resize.observe(place);
    return () => {
      resize.disconnect();
      chart.destroy();
      plot.current = null;
    };
  }, [format, theme]);
  const { timesMs, values } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a chart made anew needs its data anew
  useEffect(() => {
    plot.current?.setData([timesMs.map((ms) => ms / 1000), [...values]]);
  }, [timesMs, values, format, theme]);
  return (
    <div className="lt-chart-frame">
      <div ref={host} className="lt-chart" role="img" aria-label={t("sensor.series")} />
      <output ref={reading} className="lt-chart-reading" />
    </div>
  );
}
