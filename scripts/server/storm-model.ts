import { createRandom } from "./random.ts";
import type { StormCell, StormRecording } from "./storm-recording.ts";
import { distanceKm, type StormSensor } from "./storm-sensors.ts";

/** Rain that drains take at once, mm/h. */
const DRAIN_CAPACITY = 22;
/** How far a drop of the excess runs together at the lowest place: depth gained per depth of excess rain. */
const CONVERGENCE = 17;
/** Share of standing water that leaves each minute. */
const RECESSION = 0.011;
const DRAIN_LAG_MINUTES = 11;
/** Catchment as two linear reservoirs in a row (Nash cascade, n = 2), minutes each. */
const CATCHMENT_MINUTES = 46;
/** River level per millimetre stored in the second reservoir, m. */
const RIVER_GAIN = 0.105;
const TRAVEL_MINUTES = 35;
const MEAN_TIDE = 1.9;
const TIDE_AMPLITUDE = 1.1;
/** Half a tide fits one storm of 360 minutes, so that the level does not jump when the next one begins (M2 has 745). */
const TIDE_PERIOD_MINUTES = 720;

/**
 * A demonstration storm over placed sensors, stepped minute by minute. Plain conceptual hydrology (moving Gaussian cells,
 * Nash cascade, linear recession): it behaves like a storm, it forecasts nothing. Deterministic for a recording.
 */
export class StormModel {
  readonly sensors: readonly StormSensor[];
  /** Value per sensor, in the unit of its kind. */
  readonly values: Float64Array;
  readonly #recording: StormRecording;
  readonly #random: () => number;
  readonly #wobble: Float64Array;
  readonly #rain: Float64Array;
  readonly #pumpOn: Uint8Array;
  readonly #riverHistory: number[] = [0];
  #stored: [number, number] = [0, 0];
  #minute = 0;

  constructor(recording: StormRecording, sensors: readonly StormSensor[]) {
    this.#recording = recording;
    this.sensors = sensors;
    this.values = new Float64Array(sensors.length);
    this.#wobble = new Float64Array(sensors.length);
    this.#rain = new Float64Array(sensors.length);
    this.#pumpOn = new Uint8Array(sensors.length);
    this.#random = createRandom(recording.seed ^ 0x5bd1e995);
    for (const [i, sensor] of sensors.entries()) this.values[i] = this.#answer(sensor, i);
  }

  /** Minutes since the first storm began. */
  get minute(): number {
    return this.#minute;
  }

  /** Minute within the storm that now plays. */
  get cycleMinute(): number {
    return this.#minute % this.#recording.cycleMinutes;
  }

  /** Moves one minute on. */
  step(): void {
    this.#minute++;
    let sum = 0;
    for (const [i, sensor] of this.sensors.entries()) {
      this.#wobble[i] = this.#wobble[i]! * 0.86 + (this.#random() - 0.5) * 0.28;
      const rain = rainAt(this.#recording.cells, this.cycleMinute, sensor.longitudeDeg, sensor.latitudeDeg);
      this.#rain[i] = rain;
      sum += rain;
    }
    this.#routeCatchment(sum / Math.max(1, this.sensors.length));
    for (const [i, sensor] of this.sensors.entries()) this.values[i] = this.#answer(sensor, i);
  }

  #routeCatchment(meanRain: number): void {
    const [first, second] = this.#stored;
    const between = first / CATCHMENT_MINUTES;
    this.#stored = [first + meanRain / 60 - between, second + between - second / CATCHMENT_MINUTES];
    this.#riverHistory.push(RIVER_GAIN * this.#stored[1]);
    if (this.#riverHistory.length > TRAVEL_MINUTES + 1) this.#riverHistory.shift();
  }

  #answer(sensor: StormSensor, i: number): number {
    const rain = this.#rain[i]!;
    const wobble = this.#wobble[i]!;
    const before = this.values[i]!;
    switch (sensor.kind) {
      case "rain":
        return Math.max(0, rain * (0.82 + 0.36 * sensor.response) * (1 + 0.3 * wobble));
      case "waterlogging": {
        const excess = (Math.max(0, rain - DRAIN_CAPACITY) / 600) * CONVERGENCE * sensor.response;
        return Math.max(0, before * (1 - RECESSION) + excess);
      }
      case "drainage": {
        const empty = 16 + 8 * sensor.response;
        const full = empty + (100 - empty) * (1 - Math.exp(-rain / (95 - 45 * sensor.response)));
        return clamp(before + (full - before) / DRAIN_LAG_MINUTES + wobble * 0.8, 0, 100);
      }
      case "pump": {
        const on = rain > 14 || (this.#pumpOn[i] === 1 && rain > 3);
        this.#pumpOn[i] = on ? 1 : 0;
        return on ? (90 + 230 * sensor.response) * (0.92 + 0.1 * wobble) : 0.6;
      }
      case "river": {
        const late = Math.floor(sensor.along * TRAVEL_MINUTES);
        const history = this.#riverHistory;
        const routed = history[Math.max(0, history.length - 1 - late)]!;
        return 0.12 + routed * (0.86 + 0.28 * sensor.response) + wobble * 0.04;
      }
      case "tide":
        return this.#tide() * (0.96 + 0.08 * sensor.response) + wobble * 0.05;
      case "gas":
        return Math.max(0, 0.5 + 0.7 * sensor.response + wobble * 0.5 + this.#leak(sensor));
    }
  }

  #tide(): number {
    const astronomic =
      MEAN_TIDE + TIDE_AMPLITUDE * Math.sin((2 * Math.PI * this.cycleMinute) / TIDE_PERIOD_MINUTES);
    const surge = this.#recording.surge;
    if (surge === undefined) return astronomic;
    const away = (this.cycleMinute - surge.minute) / surge.widthMinutes;
    return astronomic + surge.peak * Math.exp(-0.5 * away * away);
  }

  /** One detector low in the building smells a small leak late in the storm. */
  #leak(sensor: StormSensor): number {
    if (!sensor.code.endsWith("-0002")) return 0;
    const away = (this.cycleMinute - 170) / 26;
    return 15 * Math.exp(-0.5 * away * away);
  }
}

/** Intensity in mm/h at a place and a minute of the storm. */
export function rainAt(
  cells: readonly StormCell[],
  minute: number,
  longitudeDeg: number,
  latitudeDeg: number,
): number {
  let rain = 0;
  for (const cell of cells) {
    const t = (minute - cell.fromMinute) / (cell.toMinute - cell.fromMinute);
    if (t <= 0 || t >= 1) continue;
    const heart: [number, number] = [
      cell.from[0] + (cell.to[0] - cell.from[0]) * t,
      cell.from[1] + (cell.to[1] - cell.from[1]) * t,
    ];
    const away = distanceKm(heart, [longitudeDeg, latitudeDeg]) / cell.sigmaKm;
    rain += cell.peak * Math.sin(Math.PI * t) ** 0.7 * Math.exp(-0.5 * away * away);
  }
  return rain;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
