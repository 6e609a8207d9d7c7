import type { Unit } from "./response.ts";
import type { TwinEvent } from "./twin-event.ts";

type MovesEvent = Extract<TwinEvent, { kind: "moves" }>;
type UnitsEvent = Extract<TwinEvent, { kind: "units" }>;

/** One feed's moves of one span, thinned out to the last place of each row, in the last entry. The state after the span is the same. */
export function thinMoves(events: readonly MovesEvent[]): MovesEvent[] {
  const last = events.at(-1);
  if (!last) return [];
  const newest = new Map<number, readonly [MovesEvent, number]>();
  for (const event of events)
    event.rows.forEach((row, at) => {
      newest.set(row, [event, at]);
    });
  const kept = [...newest].sort(([a], [b]) => a - b);
  return [
    {
      ...last,
      rows: Uint32Array.from(kept, ([row]) => row),
      positions: Float64Array.from(
        kept.flatMap(([, [event, at]]) => [...event.positions.subarray(3 * at, 3 * at + 3)]),
      ),
      headingsDeg: Float32Array.from(kept, ([, [event, at]]) => event.headingsDeg[at]!),
      timesMs: Float64Array.from(kept, ([, [event, at]]) => event.timesMs[at]!),
    },
  ];
}

/**
 * Reports of units of one span, thinned out: each change of status or task stays at its time, the newest place of each unit comes in
 * the last entry. `tasks` are those before the span, by unit, and after it when it returns; a unit that is not in it counts as
 * changed. None of `events` may say `isAll`. The state after the span is the same.
 */
export function thinUnits(
  events: readonly UnitsEvent[],
  tasks: Map<string, string> = new Map(),
): UnitsEvent[] {
  const last = events.at(-1);
  if (!last) return [];
  const newest = new Map<string, Unit>();
  const kept: UnitsEvent[] = [];
  for (const event of events) {
    for (const id of event.gone) {
      newest.delete(id);
      tasks.delete(id);
    }
    const changed = event.put.filter((unit) => {
      newest.set(unit.id, unit);
      const task = `${unit.status} ${unit.incidentId}`;
      if (tasks.get(unit.id) === task) return false;
      tasks.set(unit.id, task);
      return true;
    });
    if (event !== last && changed.length + event.gone.length > 0) kept.push({ ...event, put: changed });
  }
  return [...kept, { ...last, put: [...newest.values()] }];
}
