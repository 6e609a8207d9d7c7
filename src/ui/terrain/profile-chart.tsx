import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { TerrainProfile } from "../../domain/terrain.ts";
import type { Format } from "../../i18n/format.ts";
import { useStore, useTwin, useWords } from "../context.tsx";

const HEIGHT = 150;
/** Metres of height that the chart shows at least: a plain should look like one. */
const MIN_SPAN = 10;

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function options(width: number, format: Format, onHover: (index: number | null) => void): uPlot.Options {
  const axis = {
    stroke: token("--text-3"),
    font: `${token("--size-small")} ${token("--font")}`,
    grid: { stroke: token("--line"), width: 1 },
    ticks: { show: false },
  };
  const accent = token("--accent");
  return {
    width,
    height: HEIGHT,
    padding: [8, 10, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { size: 8, fill: accent, stroke: token("--panel-solid") } },
    scales: {
      x: { time: false },
      y: {
        range: (_, low, high) => {
          const room = Math.max(MIN_SPAN - (high - low), (high - low) * 0.12) / 2;
          return [low - room, high + room];
        },
      },
    },
    axes: [
      {
        ...axis,
        size: 26,
        space: 70,
        grid: { show: false },
        values: (_, ticks) => ticks.map((m) => format.distance(m)),
      },
      { ...axis, size: 52, space: 28, values: (_, ticks) => ticks.map((m) => format.measure(m, "m")) },
    ],
    series: [{}, { stroke: accent, width: 1.75, fill: `${accent}22`, points: { show: false } }],
    hooks: { setCursor: [(plot) => onHover(plot.cursor.idx ?? null)] },
  };
}

/** Height against distance, metres; the place under the pointer is told, so that the map can show it. */
export function ProfileChart({
  profile,
  onHover,
}: {
  profile: TerrainProfile;
  onHover: (index: number | null) => void;
}) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const look = useStore(stores.ui, (state) => `${state.theme}${state.largeType}${state.locale}`);
  const host = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the tokens, which change with the look
  useEffect(() => {
    const place = host.current;
    if (!place) return;
    const chart = new uPlot(
      options(place.clientWidth, format, onHover),
      [[...profile.distance], [...profile.height]],
      place,
    );
    return () => chart.destroy();
  }, [profile, look, format, onHover]);
  return <div ref={host} role="img" aria-label={t("terrain.profile")} />;
}
