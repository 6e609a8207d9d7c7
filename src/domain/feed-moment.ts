import type { RuleAlert } from "./alert-rule.ts";
import type { LocalText } from "./provenance.ts";
import {
  type FeedState,
  type FeedStatus,
  NO_DATA_LEVEL,
  type Sensor,
  type SensorMoves,
  type Warning,
} from "./risk.ts";
import type { StormTrack } from "./storm-track.ts";
import type { TwinEvent } from "./twin-event.ts";

export interface MomentAlert {
  readonly alert: RuleAlert;
  readonly title: LocalText | null;
}

/** Last places of sensors that move: arrays with one place for each sensor, three for `positions` (lon, lat, height). NaN where one never moved. */
export interface MomentPlaces {
  readonly positions: Float64Array;
  readonly headingsDeg: Float32Array;
  /** When they were there, epoch ms; 0 where one never moved. */
  readonly timesMs: Float64Array;
}

/** One feed as the log says it stood. Arrays have one place for each of `sensors`; never write to them. */
export interface FeedMoment {
  readonly feedId: string;
  readonly title: LocalText;
  readonly state: FeedState;
  readonly status: FeedStatus | null;
  /** When anything was last heard of it, epoch ms of the log. */
  readonly heardMs: number;
  /** Id of the entry that described its sensors. */
  readonly sensorsId: string | null;
  readonly sensors: readonly Sensor[];
  /** NaN where nothing was said. */
  readonly values: Float32Array;
  /** phenomenonTime, epoch ms; 0 where nothing was said. */
  readonly timesMs: Float64Array;
  readonly levels: Uint8Array;
  /** In force, by id. */
  readonly warnings: ReadonlyMap<string, Warning>;
  /** That hold, by id. */
  readonly alerts: ReadonlyMap<string, MomentAlert>;
  /** Where its sensors were last; null while none of them has moved. */
  readonly places: MomentPlaces | null;
  readonly tracks: readonly StormTrack[];
}

/** A feed of which the log has said nothing yet. */
export function emptyFeed(feedId: string): FeedMoment {
  return {
    feedId,
    title: { zh: feedId, en: feedId },
    state: "connecting",
    status: null,
    heardMs: 0,
    sensorsId: null,
    sensors: [],
    values: new Float32Array(0),
    timesMs: new Float64Array(0),
    levels: new Uint8Array(0),
    warnings: new Map(),
    alerts: new Map(),
    places: null,
    tracks: [],
  };
}

/** Sensors that were there before keep their newest reading, wherever their row is now. */
export function describedSensors(
  feed: FeedMoment,
  { id, sensors }: Extract<TwinEvent, { kind: "sensors" }>,
): Partial<FeedMoment> {
  const values = new Float32Array(sensors.length).fill(Number.NaN);
  const timesMs = new Float64Array(sensors.length);
  const levels = new Uint8Array(sensors.length).fill(NO_DATA_LEVEL);
  const places = feed.places && noPlaces(sensors.length);
  const rowOf = new Map(feed.sensors.map((sensor, row) => [sensor.id, row]));
  sensors.forEach((sensor, row) => {
    const before = rowOf.get(sensor.id);
    if (before === undefined) return;
    values[row] = feed.values[before]!;
    timesMs[row] = feed.timesMs[before]!;
    levels[row] = feed.levels[before]!;
    if (places && feed.places) copyPlace(feed.places, before, places, row);
  });
  return { sensorsId: id, sensors, values, timesMs, levels, places };
}

/** The places after moves, in fresh arrays unless `owned` are given, which are written to. */
export function movedPlaces(feed: FeedMoment, moves: SensorMoves, owned: MomentPlaces | null): MomentPlaces {
  const count = feed.sensors.length;
  const places = owned ?? copiedPlaces(feed.places, count);
  for (let i = 0; i < moves.rows.length; i++) {
    const row = moves.rows[i]!;
    if (row < count) copyPlace(moves, i, places, row);
  }
  return places;
}

function noPlaces(count: number): MomentPlaces {
  return {
    positions: new Float64Array(3 * count).fill(Number.NaN),
    headingsDeg: new Float32Array(count).fill(Number.NaN),
    timesMs: new Float64Array(count),
  };
}

function copiedPlaces(places: MomentPlaces | null, count: number): MomentPlaces {
  if (!places) return noPlaces(count);
  const { positions, headingsDeg, timesMs } = places;
  return { positions: positions.slice(), headingsDeg: headingsDeg.slice(), timesMs: timesMs.slice() };
}

function copyPlace(from: MomentPlaces, at: number, to: MomentPlaces, row: number): void {
  for (let axis = 0; axis < 3; axis++) to.positions[3 * row + axis] = from.positions[3 * at + axis]!;
  to.headingsDeg[row] = from.headingsDeg[at]!;
  to.timesMs[row] = from.timesMs[at]!;
}

/** Those that are gone leave first. */
export function changedWarnings(
  feed: FeedMoment,
  { put, gone }: Extract<TwinEvent, { kind: "warnings" }>,
): ReadonlyMap<string, Warning> {
  const warnings = new Map(feed.warnings);
  for (const id of gone) warnings.delete(id);
  for (const warning of put) warnings.set(warning.id, warning);
  return warnings;
}

/** An alert that is over leaves. */
export function changedAlerts(
  feed: FeedMoment,
  { alert, title }: Extract<TwinEvent, { kind: "alert" }>,
): ReadonlyMap<string, MomentAlert> {
  const alerts = new Map(feed.alerts);
  if (alert.clearedMs === null) alerts.set(alert.id, { alert, title: title ?? null });
  else alerts.delete(alert.id);
  return alerts;
}

/** Places of the sensors that have moved; null where none has. */
export function movesOfFeed({ places }: FeedMoment): SensorMoves | null {
  if (!places) return null;
  const { positions, headingsDeg, timesMs } = places;
  const rows = Uint32Array.from([...timesMs.keys()].filter((row) => !Number.isNaN(positions[3 * row])));
  return {
    rows,
    positions: Float64Array.from([...rows].flatMap((row) => [...positions.subarray(3 * row, 3 * row + 3)])),
    headingsDeg: Float32Array.from(rows, (row) => headingsDeg[row]!),
    timesMs: Float64Array.from(rows, (row) => timesMs[row]!),
  };
}
