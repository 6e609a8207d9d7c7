import { peopleAt } from "../../domain/time-of-day.ts";
import { useWords } from "../context.tsx";

const WIDTH = 280;
const HEIGHT = 46;
const BASE = HEIGHT - 1;

/** People by hour of day as a filled line, with the present hour. Read out as its lowest, highest and present numbers. */
export function DayCurve({ byHour, hour }: { byHour: readonly number[]; hour: number }) {
  const { t, format } = useWords();
  const most = Math.max(...byHour);
  if (most === 0) return null;
  const x = (at: number): number => (at / 24) * WIDTH;
  const y = (people: number): number => BASE - (people / most) * (HEIGHT - 8);
  const points = Array.from(
    { length: 25 },
    (_, at) => `${x(at).toFixed(1)},${y(byHour[at % 24]!).toFixed(1)}`,
  );
  const now = peopleAt(byHour, hour);
  const peak = byHour.indexOf(most);
  const least = Math.min(...byHour);
  const label = t("affected.curveLabel", {
    now: format.number(now),
    most: format.number(most),
    mostAt: format.hour(peak),
    least: format.number(least),
    leastAt: format.hour(byHour.indexOf(least)),
  });
  return (
    <figure className="lt-day-curve">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <polygon points={`0,${BASE} ${points.join(" ")} ${WIDTH},${BASE}`} />
        <polyline points={points.join(" ")} />
        <line x1={x(hour)} x2={x(hour)} y1={2} y2={BASE} />
      </svg>
      <figcaption aria-hidden>
        <span>0</span>
        <span>6</span>
        <span>12</span>
        <span>18</span>
        <span>24</span>
      </figcaption>
    </figure>
  );
}
