import { metersPerDegree } from "../geo/ellipsoid.ts";
import type {
  AbsenceCondition,
  AgreementCondition,
  RateCondition,
  RuleObservation,
  RuleSensor,
  ThresholdCondition,
} from "./alert-rule.ts";
import { Latch, MAX_EVIDENCE } from "./rule-latch.ts";

/** A sensor as a rule sees it. */
export interface WatchedSensor extends RuleSensor {
  /** Silent since: time of its newest observation, or of its description before there was one. */
  lastMs: number;
  /** Time of its newest observation; absent before the first. */
  heardMs?: number;
}

/** What a rule found. `members` are the sensors that it is about. */
export type Finding =
  | {
      readonly type: "raise";
      readonly subject: string;
      readonly members: readonly WatchedSensor[];
      readonly evidence: readonly RuleObservation[];
    }
  | { readonly type: "clear"; readonly subject: string };

/** One rule's memory. `observe` gets observations in order of time; `tick` once a second of event time. */
export interface Watcher {
  observe(sensor: WatchedSensor, observation: RuleObservation): readonly Finding[];
  tick(timeMs: number, sensors: readonly WatchedSensor[]): readonly Finding[];
  /** The sensor has gone: what it held up is over. */
  forget(sensor: WatchedSensor): readonly Finding[];
  /** Plain data for the state hash. */
  state(): unknown;
}

const NONE: readonly Finding[] = [];
/** No degree of latitude is shorter, metres (110 574 at the equator). */
const SHORTEST_DEGREE_M = 110_000;

/** A latch for each sensor; also of rates, whose values are changes an hour. */
export class ThresholdWatcher implements Watcher {
  readonly #condition: ThresholdCondition;
  readonly #latches = new Map<string, Latch>();

  constructor(condition: ThresholdCondition) {
    this.#condition = condition;
  }

  observe(sensor: WatchedSensor, observation: RuleObservation): readonly Finding[] {
    const latch = latchOf(this.#latches, sensor.key);
    const change = latch.update(this.#condition, observation);
    if (change === null) return NONE;
    if (change === "cleared") return [{ type: "clear", subject: sensor.id }];
    return [{ type: "raise", subject: sensor.id, members: [sensor], evidence: latch.evidence }];
  }

  tick(): readonly Finding[] {
    return NONE;
  }

  forget(sensor: WatchedSensor): readonly Finding[] {
    return forgetLatch(this.#latches, sensor);
  }

  state(): unknown {
    return [...this.#latches].map(([key, latch]) => [key, latch.state()]);
  }
}

export class RateWatcher implements Watcher {
  readonly #condition: RateCondition;
  readonly #windows = new Map<string, RuleObservation[]>();
  readonly #latches = new Map<string, Latch>();

  constructor(condition: RateCondition) {
    this.#condition = condition;
  }

  observe(sensor: WatchedSensor, observation: RuleObservation): readonly Finding[] {
    const { direction, perHour, clearPerHour, overS } = this.#condition;
    const window = this.#windows.get(sensor.key) ?? [];
    window.push(observation);
    while (window[0]!.timeMs < observation.timeMs - overS * 1000) window.shift();
    this.#windows.set(sensor.key, window);
    const first = window[0]!;
    const spanMs = observation.timeMs - first.timeMs;
    if (spanMs < overS * 500) return NONE;
    const change = ((observation.value - first.value) / spanMs) * 3_600_000;
    const rate = direction === "rising" ? change : -change;
    const latch = latchOf(this.#latches, sensor.key);
    const spec = { direction: "above", raise: perHour, clear: clearPerHour, holdS: 0 } as const;
    const switched = latch.update(spec, { ...observation, value: rate });
    if (switched === null) return NONE;
    if (switched === "cleared") return [{ type: "clear", subject: sensor.id }];
    const evidence = [first, ...window.slice(1).slice(1 - MAX_EVIDENCE)];
    return [{ type: "raise", subject: sensor.id, members: [sensor], evidence }];
  }

  tick(): readonly Finding[] {
    return NONE;
  }

  forget(sensor: WatchedSensor): readonly Finding[] {
    this.#windows.delete(sensor.key);
    return forgetLatch(this.#latches, sensor);
  }

  state(): unknown {
    return [[...this.#windows], [...this.#latches].map(([key, latch]) => [key, latch.state()])];
  }
}

export class AbsenceWatcher implements Watcher {
  readonly #condition: AbsenceCondition;
  readonly #kind: string;
  /** Subjects that are silent now. */
  readonly #silent = new Set<string>();

  constructor(condition: AbsenceCondition, kind: string) {
    this.#condition = condition;
    this.#kind = kind;
  }

  observe(sensor: WatchedSensor): readonly Finding[] {
    // one voice ends one sensor's silence at once; that of a kind is counted at the next tick
    return this.#condition.share === undefined ? this.#end(sensor.id) : NONE;
  }

  tick(timeMs: number, sensors: readonly WatchedSensor[]): readonly Finding[] {
    const { silentS, share } = this.#condition;
    const silent = sensors.filter((sensor) => timeMs - sensor.lastMs >= silentS * 1000);
    if (share === undefined) return silent.flatMap((sensor) => this.#begin(sensor.id, [sensor]));
    const isMany = sensors.length > 0 && silent.length >= share * sensors.length;
    return isMany ? this.#begin(this.#kind, silent) : this.#end(this.#kind);
  }

  forget(sensor: WatchedSensor): readonly Finding[] {
    return this.#end(sensor.id);
  }

  state(): unknown {
    return [...this.#silent].sort();
  }

  #begin(subject: string, members: readonly WatchedSensor[]): readonly Finding[] {
    if (this.#silent.has(subject)) return NONE;
    this.#silent.add(subject);
    return [{ type: "raise", subject, members, evidence: [] }];
  }

  #end(subject: string): readonly Finding[] {
    return this.#silent.delete(subject) ? [{ type: "clear", subject }] : NONE;
  }
}

/** Several sensors near one another: a group begins round the sensor that completes it and takes in neighbours that follow. */
export class AgreementWatcher implements Watcher {
  readonly #condition: AgreementCondition;
  readonly #latches = new Map<string, Latch>();
  readonly #on = new Map<string, { readonly sensor: WatchedSensor; readonly newest: RuleObservation }>();
  /** Keys of the sensors of each group, by the group's subject. */
  readonly #groups = new Map<string, Set<string>>();

  constructor(condition: AgreementCondition) {
    this.#condition = condition;
  }

  observe(sensor: WatchedSensor, observation: RuleObservation): readonly Finding[] {
    const latch = latchOf(this.#latches, sensor.key);
    latch.update(this.#condition, observation);
    if (!latch.isOn) {
      this.#on.delete(sensor.key);
      return this.#endGroups();
    }
    this.#on.set(sensor.key, { sensor, newest: observation });
    // most that are on belong to a group already: a city's storm would compare each with all the others
    if (this.#groupOf(sensor.key) !== undefined) return NONE;
    const near = [...this.#on.values()].filter(
      (other) =>
        observation.timeMs - other.newest.timeMs <= this.#condition.withinS * 1000 &&
        Math.abs(sensor.latitudeDeg - other.sensor.latitudeDeg) * SHORTEST_DEGREE_M <=
          this.#condition.radius &&
        distance(sensor, other.sensor) <= this.#condition.radius,
    );
    const group = near.map((one) => this.#groupOf(one.sensor.key)).find((found) => found !== undefined);
    if (group !== undefined) {
      group.add(sensor.key);
      return NONE;
    }
    if (near.length < this.#condition.count) return NONE;
    this.#groups.set(sensor.id, new Set(near.map((one) => one.sensor.key)));
    const evidence = near.map((one) => one.newest).sort((a, b) => a.timeMs - b.timeMs);
    return [
      {
        type: "raise",
        subject: sensor.id,
        members: near.map((one) => one.sensor),
        evidence: evidence.slice(-MAX_EVIDENCE),
      },
    ];
  }

  tick(): readonly Finding[] {
    return NONE;
  }

  forget(sensor: WatchedSensor): readonly Finding[] {
    this.#latches.delete(sensor.key);
    return this.#on.delete(sensor.key) ? this.#endGroups() : NONE;
  }

  state(): unknown {
    const latches = [...this.#latches].map(([key, latch]) => [key, latch.state()]);
    return [latches, [...this.#on.keys()], [...this.#groups].map(([subject, keys]) => [subject, [...keys]])];
  }

  #groupOf(key: string): Set<string> | undefined {
    return [...this.#groups.values()].find((keys) => keys.has(key));
  }

  #endGroups(): readonly Finding[] {
    const over: Finding[] = [];
    for (const [subject, keys] of this.#groups) {
      const left = [...keys].filter((key) => this.#on.has(key)).length;
      if (left >= this.#condition.count) continue;
      this.#groups.delete(subject);
      over.push({ type: "clear", subject });
    }
    return over;
  }
}

function latchOf(latches: Map<string, Latch>, key: string): Latch {
  const known = latches.get(key);
  if (known) return known;
  const latch = new Latch();
  latches.set(key, latch);
  return latch;
}

function forgetLatch(latches: Map<string, Latch>, sensor: WatchedSensor): readonly Finding[] {
  const isOn = latches.get(sensor.key)?.isOn === true;
  latches.delete(sensor.key);
  return isOn ? [{ type: "clear", subject: sensor.id }] : NONE;
}

/** Metres on the ground, flat: right within a thousandth over the few kilometres between neighbours. */
function distance(a: RuleSensor, b: RuleSensor): number {
  const { east, north } = metersPerDegree(a.latitudeDeg);
  return Math.hypot((a.longitudeDeg - b.longitudeDeg) * east, (a.latitudeDeg - b.latitudeDeg) * north);
}
