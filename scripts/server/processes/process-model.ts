import type { LocalText } from "../../../src/domain/provenance.ts";
import { createRandom } from "../random.ts";
import type { LonLat } from "../storm-recording.ts";
import { distanceKm, pointAlong } from "../storm-sensors.ts";
import type { ProcessEffect, ProcessEvent, ProcessRecording, SensorGroup } from "./process-recording.ts";

const SILENT_SHARE = 0.012;
/** Sharpest a plume is across the wind at its source, km, and how it widens with distance. */
const PLUME_WIDTH_KM = 0.06;
const PLUME_WIDENING = 0.16;
const KM_PER_DEG = 111.2;

export interface ProcessSensor {
  readonly code: string;
  readonly datastreamId: number;
  readonly group: SensorGroup;
  readonly name: LocalText;
  readonly at: LonLat;
  /** 0..1 along the line of its group; 0 elsewhere. */
  readonly along: number;
  readonly baseline: number;
  /** Known, but never reports. */
  readonly silent: boolean;
}

/** Sensors and values of a recorded process, minute by minute. Deterministic for a recording; it forecasts nothing. */
export class ProcessModel {
  readonly sensors: readonly ProcessSensor[];
  readonly values: Float64Array;
  readonly #recording: ProcessRecording;
  readonly #random: () => number;
  readonly #wobble: Float64Array;
  #minute = 0;

  constructor(recording: ProcessRecording) {
    this.#recording = recording;
    this.sensors = placeAll(recording);
    this.values = new Float64Array(this.sensors.length);
    this.#wobble = new Float64Array(this.sensors.length);
    this.#random = createRandom(recording.seed ^ 0x2c1b3c6d);
    this.#answer();
  }

  get minute(): number {
    return this.#minute;
  }

  get cycleMinute(): number {
    return this.#minute % this.#recording.cycleMinutes;
  }

  step(): void {
    this.#minute++;
    for (let i = 0; i < this.sensors.length; i++)
      this.#wobble[i] = this.#wobble[i]! * 0.8 + (this.#random() - 0.5) * 0.7;
    this.#answer();
  }

  #answer(): void {
    for (const [i, sensor] of this.sensors.entries()) {
      const { group, baseline } = sensor;
      const change = group.effects.reduce((sum, effect) => sum + this.#effectOn(sensor, effect), 0);
      const value = baseline + this.#wobble[i]! * group.noise + change;
      this.values[i] = Math.max(group.least ?? -Infinity, Math.min(group.most ?? Infinity, value));
    }
  }

  #effectOn(sensor: ProcessSensor, effect: ProcessEffect): number {
    const event = this.#recording.events.find(({ id }) => id === effect.event)!;
    const minute = this.cycleMinute - (effect.lagMinutes ?? 0);
    const strength = strengthAt(event, minute);
    return strength === 0 ? 0 : effect.gain * strength * reachOf(sensor, effect, event, minute);
  }
}

/** 0..1: how far an event has swelled. */
export function strengthAt(event: ProcessEvent, minute: number): number {
  const { fromMinute, riseMinutes, holdMinutes, fallMinutes } = event;
  const since = minute - fromMinute;
  if (since <= 0) return 0;
  if (since < riseMinutes) return smooth(since / riseMinutes);
  const left = riseMinutes + holdMinutes + fallMinutes - since;
  if (left <= 0) return 0;
  return left < fallMinutes ? smooth(left / fallMinutes) : 1;
}

const smooth = (t: number): number => t * t * (3 - 2 * t);

function placeAt(
  { at, to, fromMinute, riseMinutes, holdMinutes, fallMinutes }: ProcessEvent,
  minute: number,
): LonLat {
  if (to === undefined) return at;
  const share = Math.max(0, Math.min(1, (minute - fromMinute) / (riseMinutes + holdMinutes + fallMinutes)));
  return [at[0] + (to[0] - at[0]) * share, at[1] + (to[1] - at[1]) * share];
}

function reachOf(sensor: ProcessSensor, effect: ProcessEffect, event: ProcessEvent, minute: number): number {
  const reach = effect.reachKm ?? 1;
  const place = placeAt(event, minute);
  if (effect.shape === "all") return 1;
  if (effect.shape === "near") return Math.exp(-((distanceKm(sensor.at, place) / reach) ** 2) / 2);
  if (effect.shape === "beyond") return beyond(sensor, effect, event.at);
  const [down, across] = windFrame(sensor.at, place, event.windFromDeg ?? 0);
  if (down < 0) return Math.exp(-((Math.hypot(down, across) / PLUME_WIDTH_KM) ** 2) / 2);
  const width = PLUME_WIDTH_KM + PLUME_WIDENING * down;
  return Math.exp(-((across / width) ** 2) / 2) * Math.exp(-down / reach) * (PLUME_WIDTH_KM / width) ** 0.5;
}

/** What flows along a line is missing past a break, and a little before it. */
function beyond({ group, along }: ProcessSensor, effect: ProcessEffect, place: LonLat): number {
  const { layout } = group;
  if (layout.type !== "line") return 0;
  let at = breakShares.get(effect);
  if (at === undefined) {
    at = nearestShare(layout.path, place);
    breakShares.set(effect, at);
  }
  return 1 / (1 + Math.exp((at - along) / 0.06));
}

/** Breaks do not move: where each lies on its line. */
const breakShares = new WeakMap<ProcessEffect, number>();

function nearestShare(path: readonly LonLat[], place: LonLat): number {
  let [best, at] = [Infinity, 0];
  for (let i = 0; i <= 100; i++) {
    const distance = distanceKm(pointAlong(path, i / 100), place);
    if (distance < best) [best, at] = [distance, i / 100];
  }
  return at;
}

/** Kilometres with the wind and across it from a place. */
function windFrame(point: LonLat, from: LonLat, windFromDeg: number): readonly [number, number] {
  const toward = ((windFromDeg + 180) * Math.PI) / 180;
  const east = (point[0] - from[0]) * Math.cos((from[1] * Math.PI) / 180) * KM_PER_DEG;
  const north = (point[1] - from[1]) * KM_PER_DEG;
  return [
    east * Math.sin(toward) + north * Math.cos(toward),
    east * Math.cos(toward) - north * Math.sin(toward),
  ];
}

function placeAll(recording: ProcessRecording): readonly ProcessSensor[] {
  const random = createRandom(recording.seed);
  const sensors: ProcessSensor[] = [];
  for (const group of recording.groups)
    for (const [n, { at, along, name }] of spotsOf(group, random).entries()) {
      const number = String(n + 1).padStart(3, "0");
      sensors.push({
        code: `${recording.codePrefix}-${group.code}-${number}`,
        datastreamId: recording.firstDatastream + sensors.length,
        group,
        name: name ?? { zh: `${group.name.zh} ${number}`, en: `${group.name.en} ${number}` },
        at: [round6(at[0]), round6(at[1])],
        along,
        baseline: group.baseline + (random() - 0.5) * group.spread,
        silent: random() < SILENT_SHARE,
      });
    }
  return sensors;
}

interface Spot {
  readonly at: LonLat;
  readonly along: number;
  readonly name?: LocalText | undefined;
}

function spotsOf({ layout }: SensorGroup, random: () => number): readonly Spot[] {
  if (layout.type === "points") return layout.at.map((at, i) => ({ at, along: 0, name: layout.names?.[i] }));
  return Array.from({ length: layout.count }, (_, n): Spot => {
    if (layout.type === "line") {
      const along = (n + 0.5) / layout.count;
      return { at: pointAlong(layout.path, along), along };
    }
    const angle = random() * 2 * Math.PI;
    const radius = (layout.radiusKm * Math.sqrt(random())) / KM_PER_DEG;
    const [lon, lat] = layout.center;
    return {
      at: [
        lon + (radius * Math.cos(angle)) / Math.cos((lat * Math.PI) / 180),
        lat + radius * Math.sin(angle),
      ],
      along: 0,
    };
  });
}

const round6 = (value: number): number => Math.round(value * 1e6) / 1e6;
