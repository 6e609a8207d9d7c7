import { BUILDING_USES, type BuildingUse } from "./city.ts";

/**
 * Share of the way from the night's to the day's number of people in a building, by hour of the local clock, 0 to 23:
 * people(h) = night + (day − night) × share(h). Demonstration curves, from memory of how such buildings fill; to be replaced by
 * counts (mobile phones, gates) where an operator has them.
 */
export const DAY_SHARE: Readonly<Record<BuildingUse, readonly number[]>> = {
  residential: curve([0, 0], [5, 0], [7, 0.35], [9, 0.9], [10, 1], [16, 1], [18, 0.55], [20, 0.15], [22, 0]),
  commercial: curve(
    [0, 0],
    [8, 0.05],
    [10, 0.6],
    [12, 1],
    [14, 0.9],
    [18, 1],
    [20, 0.85],
    [22, 0.2],
    [23, 0],
  ),
  office: curve(
    [5, 0],
    [7, 0.05],
    [8, 0.4],
    [9, 0.95],
    [10, 1],
    [12, 0.85],
    [14, 1],
    [17, 0.9],
    [18, 0.45],
    [20, 0.1],
    [22, 0],
  ),
  industrial: curve([0, 0.1], [6, 0.2], [8, 0.9], [9, 1], [17, 1], [19, 0.4], [22, 0.15], [23, 0.1]),
  education: curve([0, 0], [6, 0.05], [8, 0.95], [9, 1], [16, 1], [17, 0.5], [19, 0.15], [22, 0]),
  medical: curve(
    [0, 0],
    [6, 0.1],
    [8, 0.8],
    [9, 1],
    [11, 1],
    [13, 0.7],
    [15, 0.9],
    [17, 0.5],
    [20, 0.15],
    [23, 0],
  ),
  public: curve([0, 0], [8, 0.1], [10, 0.9], [11, 1], [17, 0.9], [19, 0.5], [22, 0]),
  transport: curve([0, 0], [5, 0.15], [8, 1], [10, 0.7], [16, 0.75], [18, 1], [21, 0.5], [23, 0.1]),
};

/** People by hour of day of a set of buildings: sums of day and night numbers by use code. */
export function residentsByHour(dayOfUse: Float64Array, nightOfUse: Float64Array): number[] {
  return Array.from({ length: 24 }, (_, hour) => {
    let people = 0;
    for (const [code, use] of BUILDING_USES.entries())
      people += nightOfUse[code]! + (dayOfUse[code]! - nightOfUse[code]!) * DAY_SHARE[use][hour]!;
    return Math.round(people);
  });
}

/** Between two full hours by a straight line; `hour` 0-24 of the local clock. */
export function peopleAt(byHour: readonly number[], hour: number): number {
  const at = ((hour % 24) + 24) % 24;
  const before = Math.floor(at);
  const share = at - before;
  return Math.round(byHour[before]! * (1 - share) + byHour[(before + 1) % 24]! * share);
}

/** Hour of day 0-24 in China (UTC+8, without summer time). */
export function chinaHour(timeMs: number): number {
  return (((timeMs / 3_600_000 + 8) % 24) + 24) % 24;
}

function curve(...points: readonly (readonly [hour: number, share: number])[]): readonly number[] {
  return Array.from({ length: 24 }, (_, hour) => {
    const next = points.findIndex(([at]) => at >= hour);
    if (next < 0) return points.at(-1)![1];
    const [toHour, to] = points[next]!;
    const [fromHour, from] = points[Math.max(0, next - 1)]!;
    return toHour === fromHour ? to : from + ((to - from) * (hour - fromHour)) / (toHour - fromHour);
  });
}
